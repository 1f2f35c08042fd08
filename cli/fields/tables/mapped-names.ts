import type { Field, FieldType } from '../mapping.ts';
import { CATALOGUE } from './catalogue.ts';
import type { FieldSource } from './source.ts';
import { sourcesOfIndex, type Sources } from './sources.ts';

const OF_TEXT: ReadonlySet<FieldType> = new Set([
  'keyword', 'constant_keyword', 'wildcard', 'text', 'match_only_text', 'flattened',
]); // prettier-ignore

/** Whether a field takes whatever is asked of it: without values, it makes no difference then whether an index has it. */
export const takesAnything = ({ type, indexed, docValues }: Field): boolean =>
  OF_TEXT.has(type) && (indexed !== false || docValues !== false);

/**
 * The fields that the templates of some indices list, which are there without a document: an index whose template does not
 * list a date knows nothing of it, and refuses no text for it. Of a pattern over every package nobody knows which of them
 * are installed.
 */
export class ListedNames {
  readonly #ecs: FieldSource | undefined;
  readonly #templates: ReadonlySet<FieldSource>;

  /** `indices`: those that there are; undefined: all that the sources stand for. */
  constructor(sources: Sources, indices: Iterable<string> = ['']) {
    this.#ecs = sources.list[0];
    const found = new Set<FieldSource>();
    for (const index of indices)
      // An event that does not say where it lies may be in any of them.
      for (const template of (index === '' ? sources : sourcesOfIndex(index, sources.stack)).templates)
        if (template !== CATALOGUE) found.add(template);
    this.#templates = found;
  }

  has(name: string): boolean {
    if (name === '@timestamp') return true;
    const inEcs = this.#ecs?.find(name) !== undefined;
    for (const template of this.#templates)
      if (template.find(name) !== undefined || (inEcs && listsOfEcs(template, name))) return true;
    return false;
  }
}

/** The templates of the Beats hold all of ECS, a package what it needs. */
const listsOfEcs = (template: FieldSource, name: string): boolean =>
  template.kind !== 'package' || template.declares(name).includes(true);
