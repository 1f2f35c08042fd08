import type { SeenNames } from './seen-names.ts';
import type { FieldFact, FieldSource } from './source.ts';
import { CONTAINERS } from './field-types.ts';
import { dynamicRulesOf, sourcesOfIndex, type Sources } from './sources.ts';
import { patternsOverlap } from './overlap.ts';
import { DEFAULT_TYPE, templateFor, type Kind, type Template } from './templates.ts';

/** What a name stands for in an index whose documents bring it, or by a dynamic template. */
export interface Unlisted {
  readonly fact: FieldFact;
  readonly template?: Template;
  /** Of a key of a flattened field: that field. */
  readonly flattenedRoot?: string;
}

/** The names above a name, nearest first. */
export const parents = (name: string): string[] => {
  const found: string[] = [];
  for (let at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) found.push(name.slice(0, at));
  return found;
};

/**
 * What tables say of a name. The first one that knows it decides, also when it knows it as an object: some packages have a
 * value at `process`.
 */
export function factIn(list: readonly FieldSource[], name: string): FieldFact | undefined {
  for (const source of list) {
    const fact = source.find(name);
    if (fact !== undefined || source.hasBelow(name)) return fact;
  }
  return undefined;
}

const unlisted = (name: string, type: string, source: FieldFact['origin'], template?: Template): Unlisted => ({
  fact: { name, type, origin: source },
  ...(template === undefined ? {} : { template }),
});

/**
 * Names that the templates of some indices do not list. Elasticsearch makes a field of one when a document brings it, by the
 * first dynamic template that fits, unless the template says `dynamic: false`.
 */
export class DynamicNames {
  readonly #sources: Sources;
  readonly #seen: SeenNames | undefined;

  constructor(sources: Sources, seen: SeenNames | undefined) {
    this.#sources = sources;
    this.#seen = seen;
  }

  /** The indices that documents lie in; undefined: there are none. */
  get indices(): ReadonlySet<string> | undefined {
    return this.#seen?.indices;
  }

  /** What a name is in each index whose documents bring it. */
  ofEvents(name: string): readonly Unlisted[] {
    return (this.#seen?.at(name) ?? [])
      .map(({ index, kind }) => this.#mapped(name, index, kind))
      .filter((one) => one !== undefined);
  }

  #mapped(name: string, index: string, kind: Kind): Unlisted | undefined {
    const { list } = index === '' ? this.#sources : sourcesOfIndex(index, this.#sources.stack);
    const rules = dynamicRulesOf(index, this.#sources);
    const listed = factIn(list, name);
    if (listed !== undefined) return rules === 'fixed' && listed.origin.source === 'ecs' ? undefined : { fact: listed };
    for (const parent of parents(name)) {
      const above = factIn(list, parent);
      if (above !== undefined && !CONTAINERS.has(above.type))
        return above.type === 'flattened' ? { fact: { ...above, name }, flattenedRoot: parent } : undefined;
    }
    if (rules === 'fixed' || kind === 'object') return undefined;
    const templates = list.filter((source) => source.kind !== 'ecs').flatMap((source) => source.templates(name));
    const origin = { source: 'dynamic mapping', version: '' };
    for (const parent of parents(name)) {
      const object = templateFor(parent, 'object', templates, rules);
      if (object?.type === 'flattened') return { ...unlisted(name, 'flattened', origin), flattenedRoot: parent };
      if (object !== undefined) return undefined;
    }
    const template = templateFor(name, kind, templates, rules);
    return unlisted(name, template?.type ?? DEFAULT_TYPE[kind], origin, template);
  }

  /** The names of values that events bring below an object (`a.b.`), and that of the object should it be a value. */
  ofEventsBelow(prefix: string): readonly string[] {
    const itself = prefix.slice(0, -1);
    const below = this.#seen?.beginning(prefix) ?? [];
    return itself === '' || this.ofEvents(itself).length === 0 ? below : [itself, ...below];
  }

  /** What a table has a dynamic template for, as it maps values of the kind that the template is meant for. */
  inOpen(name: string): Unlisted | undefined {
    // A template with `dynamic: false` makes no field of any name
    if (dynamicRulesOf('', this.#sources) === 'fixed') return undefined;
    for (const source of this.#sources.list) {
      const fitting = source.templates(name).filter((one) => one.fits(name));
      if (fitting.length === 0) continue;
      return this.asText(
        name,
        source,
        fitting.find((one) => one.type !== 'dynamic'),
      );
    }
    return undefined;
  }

  /** A name as texts are mapped there. */
  asText(name: string, { name: source, version }: Pick<FieldSource, 'name' | 'version'>, own?: Template): Unlisted {
    const template = own ?? templateFor(name, 'string', [], dynamicRulesOf('', this.#sources));
    return unlisted(name, template?.type ?? DEFAULT_TYPE.string, { source, version }, template);
  }

  /** Whether a table has a dynamic template for some name that fits. */
  mayFit(pattern: string): boolean {
    return this.#sources.list.some((source) =>
      source.templates(pattern).some((one) => patternsOverlap(one.pattern, pattern)),
    );
  }
}
