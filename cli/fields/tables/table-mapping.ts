import type { AnalyzerDefinition, Field, FieldType, Mapping } from '../mapping.ts';
import type { FieldSource, Sources } from './sources.ts';

/** Fleet's default for keyword fields, and ECS's own: longer values are kept but cannot be searched. */
const IGNORE_ABOVE = 1024;

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

const parents = (name: string): string[] => {
  const found: string[] = [];
  for (let at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) found.push(name.slice(0, at));
  return found;
};

/** All names and their prefixes of one source, made when a name is not found at once. */
interface Shape {
  readonly prefixes: ReadonlySet<string>;
  /** Names with `*`: dynamic mappings, as matchers. */
  readonly patterns: readonly { readonly test: RegExp; readonly type: string }[];
}

const shapes = new WeakMap<FieldSource, Shape>();

function shapeOf(source: FieldSource): Shape {
  let shape = shapes.get(source);
  if (shape === undefined) {
    const prefixes = new Set<string>();
    const patterns: { test: RegExp; type: string }[] = [];
    for (const [name, type] of source.fields) {
      for (const parent of parents(name)) {
        if (prefixes.has(parent)) break;
        prefixes.add(parent);
      }
      if (name.includes('*')) {
        // A last `*` stands for one or more segments, elsewhere for one. The name is ours, not a user's.
        const escaped = name
          .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
          .replace(/\*$/, '.+')
          .replace(/\*/g, '[^.]+');
        patterns.push({ test: new RegExp(`^${escaped}$`), type });
      }
    }
    shapes.set(source, (shape = { prefixes, patterns }));
  }
  return shape;
}

/**
 * The mapping of a rule's indices, made from the field tables. A name is looked up in the suite's own declarations, then
 * in each table in order; below a `flattened` field every key is legal, and so it is below an `object` whose members no
 * table lists (such as `labels`). Where an index pattern has no table, an unknown name is *assumed* to be a keyword, and
 * says so in its origin.
 */
export class TableMapping implements Mapping {
  readonly #sources: Sources;
  readonly #declared: Mapping | undefined;
  readonly #known = new Map<string, Field | undefined>();
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
    if (declared !== undefined && !(declared.type === 'object' && declared.origin === undefined)) return declared;
    if (name === '_id' || name === '_index') return { name, type: 'keyword', typeName: name };
    const exact = this.#exact(name);
    if (exact !== undefined) return exact;
    for (const source of this.#sources.list)
      for (const { test, type } of shapeOf(source).patterns)
        if (test.test(name))
          return this.#make(name, CONTAINERS.has(type) ? (source.member(name) ?? 'keyword') : type, source);
    for (const parent of parents(name)) {
      const above = this.field(parent);
      if (above === undefined) continue;
      if (above.type === 'flattened')
        return { ...above, name, typeName: 'flattened key', flattenedRoot: above.flattenedRoot ?? parent };
      const open = above.type === 'object' ? this.#openObject(parent) : undefined;
      if (open !== undefined) return this.#make(name, open.member(parent) ?? 'keyword', open);
      break;
    }
    for (const source of this.#sources.list)
      if (shapeOf(source).prefixes.has(name))
        return { name, type: 'object', typeName: 'object', origin: { source: source.name, version: source.version } };
    if (declared !== undefined) return declared;
    if (this.#sources.unknown.length === 0) return undefined;
    return {
      name,
      type: 'keyword',
      typeName: 'keyword',
      ignoreAbove: IGNORE_ABOVE,
      origin: { source: `assumed: no table for ${this.#sources.unknown[0] ?? ''}`, version: '' },
    };
  }

  #exact(name: string): Field | undefined {
    for (const source of this.#sources.list) {
      const type = source.fields.get(name);
      if (type !== undefined) return this.#make(name, type, source);
    }
    return undefined;
  }

  /** The source that lists an object without any member: whatever is below it is mapped dynamically. */
  #openObject(name: string): FieldSource | undefined {
    const listing = this.#sources.list.find((source) => source.fields.has(name));
    if (listing === undefined || this.#sources.list.some((source) => shapeOf(source).prefixes.has(name)))
      return undefined;
    return listing;
  }

  #make(name: string, typeName: string, source: FieldSource): Field {
    const type = runAs(typeName);
    const parent = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    const parentType = parent === '' ? undefined : this.#typeOf(parent);
    const multi = parentType !== undefined && !CONTAINERS.has(parentType) && parentType !== 'flattened';
    const nested = parents(name).find((above) => this.#typeOf(above) === 'nested');
    return {
      name,
      type,
      typeName,
      ...(type === 'keyword' || type === 'flattened' ? { ignoreAbove: IGNORE_ABOVE } : {}),
      ...(multi ? { multiFieldOf: parent } : {}),
      ...(multi && name.endsWith('.caseless') ? { normalizer: 'lowercase' } : {}),
      ...(nested === undefined ? {} : { nestedPath: nested }),
      ...(name === SCRIPT_BLOCK && type === 'text' ? { analyzer: SCRIPT_ANALYZER } : {}),
      origin: { source: source.name, version: source.version },
    };
  }

  #typeOf(name: string): string | undefined {
    for (const source of this.#sources.list) {
      const type = source.fields.get(name);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  matching(pattern: string): readonly Field[] {
    const parts = pattern.split('*');
    const fits = (name: string): boolean => {
      let at = (parts[0] ?? '').length;
      if (!name.startsWith(parts[0] ?? '')) return false;
      for (let i = 1; i < parts.length - 1; i++) {
        const found = name.indexOf(parts[i] ?? '', at);
        if (found < 0) return false;
        at = found + (parts[i] ?? '').length;
      }
      const last = parts.at(-1) ?? '';
      return parts.length === 1 ? name === pattern : name.length - last.length >= at && name.endsWith(last);
    };
    // Only the names that fit are sorted: the tables behind a rule hold tens of thousands.
    const names = new Set((this.#declared?.names() ?? []).filter(fits));
    for (const source of this.#sources.list)
      for (const name of source.fields.keys()) if (fits(name) && !name.includes('*')) names.add(name);
    return [...names].sort().flatMap((name) => {
      const field = this.field(name);
      return field === undefined || field.type === 'object' || field.type === 'nested' ? [] : [field];
    });
  }

  names(): readonly string[] {
    if (this.#names === undefined) {
      const all = new Set<string>(this.#declared?.names() ?? []);
      for (const source of this.#sources.list)
        for (const [name, type] of source.fields) if (!CONTAINERS.has(type) && !name.includes('*')) all.add(name);
      this.#names = [...all].sort();
    }
    return this.#names;
  }

  multiFields(name: string): readonly Field[] {
    const found: Field[] = [...(this.#declared?.multiFields(name) ?? [])];
    // The tables hold no other kinds of multi-fields than these (ECS and Elastic Defend).
    for (const suffix of ['text', 'caseless', 'keyword', 'raw']) {
      const field = this.#exact(`${name}.${suffix}`);
      if (field?.multiFieldOf === name && !found.some((one) => one.name === field.name)) found.push(field);
    }
    return found;
  }

  analyzer(name: string): AnalyzerDefinition | undefined {
    return name === SCRIPT_ANALYZER ? POWERSHELL : this.#declared?.analyzer(name);
  }

  describe(): readonly string[] {
    return [...(this.#declared?.describe() ?? []), ...this.#sources.described];
  }
}
