import type { AnalyzerDefinition, Field, FieldType, Mapping } from '../mapping.ts';
import { metadataField } from '../metadata-fields.ts';
import { compileStars } from '../patterns/wildcard.ts';
import type { FieldFact, FieldSource } from './source.ts';
import type { Sources } from './sources.ts';

/**
 * Default of keyword fields in Fleet's templates, in `ecs@mappings` and in the Beats: longer values are kept but cannot be
 * searched (elasticsearch:x-pack/plugin/core/template-resources/src/main/resources/ecs@mappings.json).
 */
const IGNORE_ABOVE = 1024;

/** Of the scaled floats of ECS and of the packages (percentages mostly). */
const SCALING_FACTOR = 1000;

const CONTAINERS = new Set(['object', 'group', 'array', 'nested']);

/** Field types of the tables that the engine runs as another one. */
const RUN_AS: Readonly<Record<string, FieldType>> = {
  // In a data stream each index has its own constant, so over several indices the field behaves like a keyword
  // that is read from the document.
  constant_keyword: 'keyword',
  counted_keyword: 'keyword',
  group: 'object',
  array: 'object',
  // The tables name an alias without its target. Its values are compared as keywords.
  alias: 'keyword',
};

const TYPES = new Set<string>([
  'keyword', 'wildcard', 'text', 'match_only_text', 'long', 'integer', 'short', 'byte', 'unsigned_long', 'double', 'float',
  'half_float', 'scaled_float', 'boolean', 'ip', 'date', 'date_nanos', 'version', 'flattened', 'ip_range', 'date_range',
  'integer_range', 'long_range', 'double_range', 'float_range', 'geo_point', 'geo_shape', 'binary', 'histogram', 'object',
  'nested',
]); // prettier-ignore

const isFieldType = (type: string): type is FieldType => TYPES.has(type);
const runAs = (type: string): FieldType => RUN_AS[type] ?? (isFieldType(type) ? type : 'unsupported');

/** The analyzer that the PowerShell data streams declare: script text is split at everything but word characters and `-`. */
const SCRIPT_BLOCK = 'powershell.file.script_block_text';
const SCRIPT_ANALYZER = 'powershell_script_analyzer';
const POWERSHELL: AnalyzerDefinition = {
  type: 'pattern',
  lowercase: true,
  pattern: '[\\W&&[^-]]+',
  typeName: 'pattern',
};

/** The names above a name, nearest first. */
const parents = (name: string): string[] => {
  const found: string[] = [];
  for (let at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) found.push(name.slice(0, at));
  return found;
};

const matchers = new Map<string, RegExp>();

/** A last `*` of a table's name stands for one or more segments, elsewhere for one. The name is ours, not a user's. */
function fitsTablePattern(pattern: string, name: string): boolean {
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    const escaped = pattern
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\*$/, '.+')
      .replace(/\*/g, '[^.]+');
    matchers.set(pattern, (matcher = new RegExp(`^${escaped}$`)));
  }
  return matcher.test(name);
}

/**
 * The mapping of a rule's indices, made from the field tables. A name is looked up in the suite's own declarations, then
 * in each table in order; below a `flattened` field every key is legal, and so it is below an `object` whose members no
 * table lists (such as `labels`). Where an index pattern has no table, an unknown name is *assumed* to be a keyword, and
 * says so in its origin; where a pattern reaches all data (`logs-*`), so is a name outside of ECS's field sets.
 */
export class TableMapping implements Mapping {
  readonly #sources: Sources;
  readonly #declared: Mapping | undefined;
  readonly #known = new Map<string, Field | undefined>();
  readonly #facts = new Map<string, FieldFact | undefined>();
  #names: readonly string[] | undefined;

  constructor(sources: Sources, declared?: Mapping) {
    this.#sources = sources;
    this.#declared = declared;
  }

  field(name: string): Field | undefined {
    let field = this.#known.get(name);
    if (field === undefined && !this.#known.has(name)) this.#known.set(name, (field = this.#find(name)));
    return field;
  }

  #find(name: string): Field | undefined {
    const declared = this.#declared?.field(name);
    if (declared !== undefined && declared.type !== 'object')
      return declared.origin === undefined ? { ...declared, origin: { source: 'suite', version: '' } } : declared;
    const metadata = metadataField(name);
    if (metadata !== undefined) return metadata;
    const exact = this.#fact(name);
    if (exact !== undefined) return this.#make(exact);
    for (const source of this.#sources.list) {
      const fact = source.patterns(name).find((pattern) => fitsTablePattern(pattern.name, name));
      if (fact !== undefined) {
        const type = CONTAINERS.has(fact.type) ? (source.member(fact.name) ?? 'keyword') : fact.type;
        return this.#make({ ...fact, name, type });
      }
    }
    for (const parent of parents(name)) {
      const above = this.field(parent);
      if (above === undefined) continue;
      if (above.type === 'flattened')
        return { ...above, name, typeName: 'flattened key', flattenedRoot: above.flattenedRoot ?? parent };
      const open = above.type === 'object' ? this.#openObject(parent) : undefined;
      if (open !== undefined) return this.#make({ ...open.fact, name, type: open.source.member(parent) ?? 'keyword' });
      break;
    }
    const below = this.#sources.list.find((source) => source.hasBelow(name));
    if (below !== undefined)
      return { name, type: 'object', typeName: 'object', origin: { source: below.name, version: below.version } };
    return declared ?? this.#assumed(name);
  }

  /** What stands for a field that no table can know; undefined where the tables are complete. */
  #assumed(name: string): Field | undefined {
    const { unknown, open, list } = this.#sources;
    const root = name.split('.', 1)[0] ?? '';
    const inEcs = list[0]?.hasBelow(root) === true || list[0]?.find(root) !== undefined;
    if (unknown.length === 0 && (!open || inEcs)) return undefined;
    const source = unknown.length === 0 ? 'assumed: in no package' : `assumed: no table for ${unknown[0] ?? ''}`;
    return { name, type: 'keyword', typeName: 'keyword', ignoreAbove: IGNORE_ABOVE, origin: { source, version: '' } };
  }

  #fact(name: string): FieldFact | undefined {
    let fact = this.#facts.get(name);
    if (fact === undefined && !this.#facts.has(name)) {
      // The first table that knows a name decides, also when it knows it as an object: some packages have a value at `process`
      for (const source of this.#sources.list)
        if ((fact = source.find(name)) !== undefined || source.hasBelow(name)) break;
      this.#facts.set(name, fact);
    }
    return fact;
  }

  /** The source that lists an object without any member: whatever is below it is mapped dynamically. */
  #openObject(name: string): { readonly fact: FieldFact; readonly source: FieldSource } | undefined {
    if (this.#sources.list.some((source) => source.hasBelow(name))) return undefined;
    for (const source of this.#sources.list) {
      const fact = source.find(name);
      if (fact !== undefined) return { fact, source };
    }
    return undefined;
  }

  #make({ name, type: typeName, origin }: FieldFact): Field {
    const type = runAs(typeName);
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
      ...(type === 'keyword' ? { ignoreAbove: IGNORE_ABOVE } : {}),
      ...(type === 'scaled_float' ? { scalingFactor: SCALING_FACTOR } : {}),
      ...(multi && parent !== undefined ? { multiFieldOf: parent } : {}),
      ...(multi && name.endsWith('.caseless') ? { normalizer: 'lowercase' } : {}),
      ...(nested === undefined ? {} : { nestedPath: nested }),
      ...(name === SCRIPT_BLOCK && type === 'text' ? { analyzer: SCRIPT_ANALYZER } : {}),
      // @timestamp alone has to be a date in every template of Elastic's
      ...(name === '@timestamp' ? {} : { ignoreMalformed: true }),
      origin,
    };
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
    const prefix = /^[^*]*/.exec(pattern)?.[0] ?? '';
    return this.#listed(prefix, fits).flatMap((name) => {
      const field = this.field(name);
      return field === undefined || field.type === 'object' || field.type === 'nested' ? [] : [field];
    });
  }

  /** Names of leaves that begin so and fit, sorted: the tables behind a rule hold tens of thousands. */
  #listed(prefix: string, fits: (name: string) => boolean): readonly string[] {
    const all = new Set<string>(this.#declared?.names().filter(fits) ?? []);
    for (const source of this.#sources.list)
      for (const { name, type } of source.all(prefix))
        if (fits(name) && !CONTAINERS.has(type) && !name.includes('*')) all.add(name);
    return [...all].sort();
  }

  names(): readonly string[] {
    return (this.#names ??= this.#listed('', () => true));
  }

  multiFields(name: string): readonly Field[] {
    const found: Field[] = [...(this.#declared?.multiFields(name) ?? [])];
    // The tables hold no other kinds of multi-fields than these (ECS and Elastic Defend).
    for (const suffix of ['text', 'caseless', 'keyword', 'raw']) {
      const fact = this.#fact(`${name}.${suffix}`);
      const field = fact === undefined ? undefined : this.#make(fact);
      if (field?.multiFieldOf === name && !found.some((one) => one.name === field.name)) found.push(field);
    }
    return found;
  }

  analyzer(name: string): AnalyzerDefinition | undefined {
    return this.#declared?.analyzer(name) ?? (name === SCRIPT_ANALYZER ? POWERSHELL : undefined);
  }

  describe(): readonly string[] {
    return [...(this.#declared?.describe() ?? []), ...this.#sources.described];
  }
}
