import { readsOtherwise } from '../stack-differences.ts';
import type { Event } from '../event.ts';
import type { AnalyzerDefinition, Field, GrowingMapping, Mapping } from '../mapping.ts';
import { familyOf } from '../merge-mappings.ts';
import { metadataField } from '../metadata-fields.ts';
import { compileStars } from '../patterns/wildcard.ts';
import { textOf } from '../values/value.ts';
import { CATALOGUE } from './catalogue.ts';
import { DynamicNames, factIn, parents, type Unlisted } from './dynamic-names.ts';
import { CONTAINERS, runAs } from './field-types.ts';
import { growingFrom, objectOf, type Growable } from './growing.ts';
import { limitsOf } from './limits.ts';
import { ListedNames, takesAnything } from './mapped-names.ts';
import { SeenNames } from './seen-names.ts';
import type { FieldFact, FieldSource } from './source.ts';
import { sourcesOfIndex, type Sources } from './sources.ts';

/** Of the scaled floats of ECS and of the packages (percentages mostly). */
const SCALING_FACTOR = 1000;

/** The analyzer that the PowerShell data streams declare: script text is split at everything but word characters and `-`. */
const SCRIPT_BLOCK = 'powershell.file.script_block_text';
const SCRIPT_ANALYZER = 'powershell_script_analyzer';
const POWERSHELL: AnalyzerDefinition = {
  type: 'pattern',
  lowercase: true,
  pattern: '[\\W&&[^-]]+',
  typeName: 'pattern',
};

const undeclared = new WeakMap<Sources, TableMapping>();

/**
 * Whether an index surely has a field by its template. What `array` and `object` without members become is left to the documents.
 */
function lists(source: FieldSource, name: string, type: string): boolean {
  if (type === 'array') return false;
  return CONTAINERS.has(type) && type !== 'nested' ? source.hasBelow(name) : true;
}

/**
 * The mapping of a rule's indices, made from the field tables. A name is looked up in the suite's own declarations, then
 * in each table in order; then come the names that the events bring and dynamic mapping makes fields of, and those that a
 * table has a dynamic template for (`labels`, `winlog.event_data`, names with stars). Where an index pattern has no table, an
 * unknown name is *assumed* to be a keyword, and says so in its origin; where a pattern reaches all data (`logs-*`), so is a
 * name outside of ECS's field sets.
 */
export class TableMapping implements Growable {
  readonly #sources: Sources;
  readonly #declared: Mapping | undefined;
  readonly #seen: SeenNames | undefined;
  readonly #dynamic: DynamicNames;
  readonly #known = new Map<string, Field | undefined>();
  readonly #facts = new Map<string, FieldFact | undefined>();
  /** Fields that a dynamic template gave a sub-field `text`. */
  readonly #withText = new Set<string>();
  readonly #ofIndex: WeakMap<Sources, TableMapping>;
  #names: readonly string[] | undefined;

  constructor(sources: Sources, declared?: Mapping, seen?: SeenNames) {
    this.#sources = sources;
    this.#declared = declared;
    // What a suite declares is its own; else the mapping of an index is the same for all rules
    this.#ofIndex = declared === undefined ? undeclared : new WeakMap();
    this.#seen = seen;
    this.#dynamic = new DynamicNames(sources, seen);
  }

  observing(events: readonly Event[]): TableMapping {
    return events.length === 0 ? this : this.with(new SeenNames(events));
  }

  growing(): GrowingMapping {
    return growingFrom(this);
  }

  with(seen: SeenNames): TableMapping {
    return new TableMapping(this.#sources, this.#declared, seen);
  }

  /** The templates of one index; those of an event that does not say where it lies are not known. */
  at(index: string): TableMapping {
    if (index === '') return this;
    const sources = sourcesOfIndex(index, this.#sources.stack);
    let mapping = this.#ofIndex.get(sources);
    if (mapping === undefined) this.#ofIndex.set(sources, (mapping = new TableMapping(sources, this.#declared)));
    return mapping;
  }

  lists(name: string): boolean {
    if (metadataField(name) !== undefined || this.#declared?.field(name) !== undefined) return true;
    return (this.#fact(name) !== undefined || this.#above(name) !== undefined) && !this.#isOfSomePackage(name);
  }

  field(name: string): Field | undefined {
    let field = this.#known.get(name);
    if (field === undefined && !this.#known.has(name)) this.#known.set(name, (field = this.#find(name)));
    return field;
  }

  #find(name: string): Field | undefined {
    const declared = this.#declared?.field(name);
    if (declared !== undefined && declared.type !== 'object')
      return {
        ...declared,
        ...readsOtherwise(declared.type, this.#sources.stack),
        ...(declared.origin === undefined ? { origin: { source: 'suite', version: '' } } : {}),
      };
    const metadata = metadataField(name);
    if (metadata !== undefined) return metadata;
    const exact = this.#fact(name);
    const above = exact === undefined ? this.#above(name) : undefined;
    const isSettled = (exact ?? above) !== undefined && !this.#isOfSomePackage(name);
    const brought = isSettled ? undefined : this.#ofEvents(name);
    if (brought !== undefined) return brought;
    if (exact !== undefined) return this.#make(exact);
    if (above !== undefined) {
      const key = { ...above, name, typeName: 'flattened key', flattenedRoot: above.flattenedRoot ?? above.name };
      return above.type === 'flattened' ? key : this.#textOf(name);
    }
    const below = this.#sources.list.find((source) => source.hasBelow(name));
    if (below !== undefined)
      return {
        name,
        type: 'object',
        typeName: 'object',
        ...(this.#isListed((source) => source.hasBelow(name)) ? {} : { open: true }),
        origin: { source: below.name, version: below.version },
      };
    const open = this.#dynamic.inOpen(name);
    if (open !== undefined) return this.#unlisted(open);
    return this.#textOf(name) ?? declared ?? this.#assumed(name);
  }

  /**
   * Whether a name, or the field that it lies below, is only known as that of some package of all there are. Of several, the
   * one that the documents are of counts.
   */
  #isOfSomePackage(name: string): boolean {
    const { list, open } = this.#sources;
    if (!open) return false;
    const named = list.filter((source) => source !== CATALOGUE);
    return ![name, ...parents(name)].some((one) => !CONTAINERS.has(factIn(named, one)?.type ?? 'object'));
  }

  /** The field of a table that a name lies below, if that is none that others stand below. */
  #above(name: string): Field | undefined {
    for (const parent of parents(name)) {
      const fact = this.#fact(parent);
      if (fact !== undefined && !CONTAINERS.has(fact.type)) return this.field(parent);
    }
    return undefined;
  }

  #ofEvents(name: string): Field | undefined {
    const [first, ...others] = this.#dynamic.ofEvents(name).map((one) => this.#unlisted(one));
    if (first === undefined) return undefined;
    const types = others.map(({ type }) => type).filter((type) => familyOf(type) !== familyOf(first.type));
    return types.length === 0 ? first : { ...first, conflictsWith: types };
  }

  #unlisted({ fact, template, flattenedRoot }: Unlisted): Field {
    if (template?.text === true) this.#withText.add(fact.name);
    return {
      ...this.#make(fact),
      open: true,
      ...(template?.unindexed === true ? { indexed: false, docValues: false } : {}),
      ...(flattenedRoot === undefined ? {} : { typeName: 'flattened key', flattenedRoot }),
    };
  }

  /** The sub-field `text` that a dynamic template gives along with a field. */
  #textOf(name: string): Field | undefined {
    const parent = name.endsWith('.text') ? name.slice(0, -'.text'.length) : '';
    const origin = parent === '' ? undefined : this.field(parent)?.origin;
    if (origin === undefined || !this.#withText.has(parent)) return undefined;
    return { ...this.#make({ name, type: 'match_only_text', origin }), multiFieldOf: parent };
  }

  /** What stands for a field that no table can know; undefined where the tables are complete. */
  #assumed(name: string): Field | undefined {
    const { unknown, open, list } = this.#sources;
    const root = name.split('.', 1)[0] ?? '';
    const inEcs = list[0]?.hasBelow(root) === true || list[0]?.find(root) !== undefined;
    if (unknown.length === 0 && (!open || inEcs)) return undefined;
    const source = unknown.length === 0 ? 'assumed: in no package' : `assumed: no table for ${unknown[0] ?? ''}`;
    return this.#unlisted(this.#dynamic.asText(name, { name: source, version: '' }));
  }

  #fact(name: string): FieldFact | undefined {
    let fact = this.#facts.get(name);
    if (fact === undefined && !this.#facts.has(name)) this.#facts.set(name, (fact = factIn(this.#sources.list, name)));
    return fact;
  }

  #make({ name, type: typeName, origin }: FieldFact): Field {
    const type = typeName === 'array' && this.#hasBelow(name) ? 'object' : runAs(typeName);
    const above = parents(name);
    const parent = above[0];
    // The table that lists the field decides: that some other package has a plain field `process` makes no multi-field
    // of process.name.
    const own = this.#sources.list.find((source) => source.name === origin.source);
    const parentType = parent === undefined ? undefined : (own?.find(parent) ?? this.#ofMulti(name, parent))?.type;
    const multi = parentType !== undefined && !CONTAINERS.has(parentType) && parentType !== 'flattened';
    const nested = above.find((one) => this.#fact(one)?.type === 'nested');
    return {
      name,
      type,
      typeName,
      ...(type === 'keyword' || type === 'wildcard' ? limitsOf(this.#sources, name, type) : {}),
      ...(type === 'constant_keyword' ? { constants: (index: string) => this.#constant(name, index) } : {}),
      ...(type === 'scaled_float' ? { scalingFactor: SCALING_FACTOR } : {}),
      ...(multi && parent !== undefined ? { multiFieldOf: parent } : {}),
      ...(multi && name.endsWith('.caseless') ? { normalizer: 'lowercase' } : {}),
      ...(nested === undefined ? {} : { nestedPath: nested }),
      ...(name === SCRIPT_BLOCK && type === 'text' ? { analyzer: SCRIPT_ANALYZER } : {}),
      // @timestamp alone has to be a date in every template of Elastic's
      ...(name === '@timestamp' ? {} : { ignoreMalformed: true }),
      ...readsOtherwise(type, this.#sources.stack),
      ...this.#apart(name),
      ...(name === '@timestamp' || this.#isListed((source) => lists(source, name, typeName)) ? {} : { open: true }),
      origin,
    };
  }

  /** Whether the template of the one index that is searched lists a name; over several indices, nobody knows. */
  #isListed(by: (source: FieldSource) => boolean): boolean {
    const { templates } = this.#sources;
    const [only] = templates;
    return templates.length === 1 && only !== undefined && by(only);
  }

  /** The constant of an index: the tables do not know it, and the first document that has a value sets it. */
  #constant(name: string, index: string): string | undefined {
    const first = index === '' ? undefined : this.#seen?.in(index, name);
    return first === undefined ? undefined : textOf(first.value);
  }

  #hasBelow(name: string): boolean {
    return this.#sources.list.some((source) => source.hasBelow(name));
  }

  /** Parameters of a field that is kept without being searchable. */
  #apart(name: string): Pick<Field, 'indexed' | 'docValues' | 'disabled'> {
    for (const source of this.#sources.list) {
      const apart = source.apart?.(name);
      if (apart !== undefined) return apart === 'disabled' ? { disabled: true } : { indexed: false, docValues: false };
    }
    return {};
  }

  /** The parent of a multi-field that a table lists alone; ECS and Elastic Defend have these two kinds. */
  #ofMulti(name: string, parent: string): FieldFact | undefined {
    return /\.(?:text|caseless)$/.test(name) ? this.#fact(parent) : undefined;
  }

  /** What each table says of a name, in the order in which they are asked: the first one counts. */
  facts(name: string): readonly FieldFact[] {
    return this.#sources.list.map((source) => source.find(name)).filter((fact) => fact !== undefined);
  }

  matching(pattern: string): readonly Field[] {
    const fits = compileStars(pattern);
    // An event holds some values as objects: a geo_point, a range.
    const brought = new Set(
      this.#dynamic
        .ofEventsBelow(objectOf(pattern))
        .flatMap((name) => (this.#dynamic.ofEvents(name).length > 0 ? [name] : (this.#above(name)?.name ?? []))),
    );
    // A sub-field stands behind the field that it belongs to.
    const more = [...brought]
      .flatMap((name) => [name, ...this.multiFields(name).map((field) => field.name)])
      .filter(fits);
    const listed = new ListedNames(this.#sources, this.#dynamic.indices);
    const isThere = (field: Field): boolean =>
      takesAnything(field) ||
      brought.has(field.name) ||
      listed.has(field.name) ||
      this.#declared?.field(field.name) !== undefined;
    return [...new Set([...this.#listed(pattern, fits), ...more])].flatMap((name) => {
      const field = this.field(name);
      return field === undefined || CONTAINERS.has(field.type) || !isThere(field) ? [] : [field];
    });
  }

  mayFit(pattern: string): boolean {
    return this.#dynamic.mayFit(pattern) || this.#listed(pattern, compileStars(pattern)).length > 0;
  }

  /** Names of leaves that begin so and fit, sorted: the tables behind a rule hold tens of thousands. */
  #listed(pattern: string, fits: (name: string) => boolean): readonly string[] {
    const prefix = /^[^*]*/.exec(pattern)?.[0] ?? '';
    const all = new Set<string>(this.#declared?.names().filter(fits) ?? []);
    for (const source of this.#sources.list)
      for (const { name, type } of source.all(prefix)) if (fits(name) && !CONTAINERS.has(type)) all.add(name);
    return [...all].sort();
  }

  names(): readonly string[] {
    return (this.#names ??= this.#listed('*', () => true));
  }

  multiFields(name: string): readonly Field[] {
    const found: Field[] = [...(this.#declared?.multiFields(name) ?? [])];
    // The tables hold no other kinds of multi-fields than these (ECS and Elastic Defend).
    for (const suffix of ['text', 'caseless', 'keyword', 'raw']) {
      const fact = this.#fact(`${name}.${suffix}`);
      const field = fact === undefined ? undefined : this.#make(fact);
      if (field?.multiFieldOf === name && !found.some((one) => one.name === field.name)) found.push(field);
    }
    const text = this.#fact(name) === undefined ? this.#textOf(`${name}.text`) : undefined;
    return text === undefined ? found : [...found, text];
  }

  analyzer(name: string): AnalyzerDefinition | undefined {
    return this.#declared?.analyzer(name) ?? (name === SCRIPT_ANALYZER ? POWERSHELL : undefined);
  }

  describe(): readonly string[] {
    return [...(this.#declared?.describe() ?? []), ...this.#sources.described];
  }
}
