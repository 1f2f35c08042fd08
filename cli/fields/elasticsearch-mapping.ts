import { DEFAULT_FORMAT } from './dates/index.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { builtInAnalyzer } from './analysis/index.ts';
import type { AnalyzerDefinition, Field, FieldType, Mapping } from './mapping.ts';
import { compileWildcard } from './patterns/wildcard.ts';

const LEAVES = new Set<string>([
  'keyword', 'constant_keyword', 'wildcard', 'text', 'match_only_text', 'long', 'integer', 'short', 'byte', 'unsigned_long',
  'double', 'float', 'half_float', 'scaled_float', 'boolean', 'ip', 'date', 'date_nanos', 'version', 'flattened', 'ip_range',
  'date_range', 'integer_range', 'long_range', 'double_range', 'float_range', 'geo_point', 'geo_shape', 'binary', 'histogram',
  'object', 'nested', 'alias',
]); // prettier-ignore

/** Types of other names that mean the same to a search. */
const SAME: Readonly<Record<string, FieldType>> = { counted_keyword: 'keyword', annotated_text: 'text' };

const isLeaf = (type: string): type is FieldType => LEAVES.has(type);

const string = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
const flag = (value: Json | undefined): boolean | undefined =>
  typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;

interface Above {
  readonly nestedPath?: string;
  readonly includeInParent?: boolean;
  readonly includeInRoot?: boolean;
  readonly disabled?: boolean;
}

/** The parameters that are there; `exactOptionalPropertyTypes` knows no undefined members. */
function present<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function fieldOf(name: string, body: JsonObject, above: Above, multiFieldOf?: string): Field {
  const typeName = string(own(body, 'type')) ?? 'object';
  const type: FieldType = isLeaf(typeName) ? typeName : (SAME[typeName] ?? 'unsupported');
  const value = own(body, 'value');
  const parameters: Partial<Field> = present({
    ignoreAbove: number(own(body, 'ignore_above')),
    ignoreMalformed: flag(own(body, 'ignore_malformed')),
    coerce: flag(own(body, 'coerce')),
    nullValue: own(body, 'null_value'),
    normalizer: string(own(body, 'normalizer')),
    analyzer: string(own(body, 'analyzer')),
    format: string(own(body, 'format')),
    scalingFactor: number(own(body, 'scaling_factor')) ?? (typeName === 'scaled_float' ? 1 : undefined),
    constant: value === undefined || value === null || typeof value === 'object' ? undefined : String(value),
    aliasOf: type === 'alias' ? string(own(body, 'path')) : undefined,
    multiFieldOf,
    nestedPath: above.nestedPath,
    includeInParent: above.includeInParent,
    includeInRoot: above.includeInRoot,
    indexed: flag(own(body, 'index')),
    docValues: flag(own(body, 'doc_values')),
    splitQueriesOnWhitespace: flag(own(body, 'split_queries_on_whitespace')),
    disabled: above.disabled === true || own(body, 'enabled') === false ? true : undefined,
  });
  return { name, type, typeName, ...parameters };
}

function walk(properties: Json | undefined, prefix: string, above: Above, out: Map<string, Field>): void {
  if (!isJsonObject(properties)) return;
  for (const [key, body] of Object.entries(properties)) {
    if (!isJsonObject(body)) continue;
    const name = prefix + key;
    addParents(name, above, out);
    const field = fieldOf(name, body, above);
    if (!(field.type === 'object' && out.has(name))) out.set(name, field);
    const below: Above =
      field.type === 'nested'
        ? present({
            nestedPath: name,
            includeInParent: flag(own(body, 'include_in_parent')),
            includeInRoot: flag(own(body, 'include_in_root')),
            disabled: field.disabled,
          })
        : present({ ...above, disabled: field.disabled });
    walk(own(body, 'properties'), `${name}.`, below, out);
    const multi = own(body, 'fields');
    if (isJsonObject(multi))
      for (const [sub, inner] of Object.entries(multi))
        if (isJsonObject(inner)) out.set(`${name}.${sub}`, fieldOf(`${name}.${sub}`, inner, above, name));
  }
}

/** A mapping may write `"a.b": {…}`: the objects above exist all the same. */
function addParents(name: string, above: Above, out: Map<string, Field>): void {
  for (let at = name.indexOf('.'); at > 0; at = name.indexOf('.', at + 1)) {
    const parent = name.slice(0, at);
    if (!out.has(parent)) out.set(parent, { name: parent, type: 'object', typeName: 'object', ...above });
  }
}

function analyzers(settings: Json | undefined): ReadonlyMap<string, AnalyzerDefinition> {
  const found = new Map<string, AnalyzerDefinition>();
  const root = isJsonObject(settings) ? settings : {};
  const index = own(root, 'index');
  const analysis = own(root, 'analysis') ?? (isJsonObject(index) ? own(index, 'analysis') : undefined);
  const declared = isJsonObject(analysis) ? own(analysis, 'analyzer') : undefined;
  if (!isJsonObject(declared)) return found;
  for (const [name, body] of Object.entries(declared)) {
    if (!isJsonObject(body)) continue;
    const typeName = string(own(body, 'type')) ?? 'custom';
    const pattern = string(own(body, 'pattern'));
    const base = builtInAnalyzer(typeName);
    found.set(
      name,
      typeName === 'pattern'
        ? { type: 'pattern', lowercase: flag(own(body, 'lowercase')) ?? true, pattern: pattern ?? '\\W+', typeName }
        : (base ?? { type: 'unsupported', lowercase: false, typeName }),
    );
  }
  return found;
}

const CONTAINERS = new Set<FieldType>(['object', 'nested']);

/** A mapping that is known whole: no dynamic fields. */
class ClosedMapping implements Mapping {
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #analyzers: ReadonlyMap<string, AnalyzerDefinition>;

  constructor(fields: ReadonlyMap<string, Field>, declared: ReadonlyMap<string, AnalyzerDefinition>) {
    this.#fields = fields;
    this.#analyzers = declared;
  }

  field(name: string): Field | undefined {
    const exact = this.#fields.get(name);
    if (exact !== undefined) return exact;
    for (let at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) {
      const above = this.#fields.get(name.slice(0, at));
      if (above?.type === 'flattened') return { ...above, name, typeName: 'flattened key', flattenedRoot: above.name };
      if (above !== undefined) return undefined;
    }
    return name === '_id' || name === '_index' ? { name, type: 'keyword', typeName: name } : undefined;
  }

  matching(pattern: string): readonly Field[] {
    const fits = compileWildcard(pattern.replace(/[?\\]/g, '\\$&'));
    return [...this.#fields.values()].filter((field) => !CONTAINERS.has(field.type) && fits(field.name));
  }

  names(): readonly string[] {
    return [...this.#fields.values()]
      .filter((field) => !CONTAINERS.has(field.type))
      .map((field) => field.name)
      .sort();
  }

  multiFields(name: string): readonly Field[] {
    return [...this.#fields.values()].filter((field) => field.multiFieldOf === name);
  }

  analyzer(name: string): AnalyzerDefinition | undefined {
    return this.#analyzers.get(name);
  }

  describe(): readonly string[] {
    return [`${this.names().length} declared fields`];
  }
}

/**
 * A mapping from the body of Elasticsearch's mappings API (`{"properties": …}`, also wrapped in `{"mappings": …}`) and the
 * index settings, for custom analyzers. What is not listed is unmapped. Runtime fields without a script read the source.
 */
export function mappingFromElasticsearch(body: Json, settings?: Json): Mapping {
  const root = isJsonObject(body) ? body : {};
  const wrapped = own(root, 'mappings');
  const mappings = isJsonObject(wrapped) ? wrapped : root;
  const fields = new Map<string, Field>();
  walk(own(mappings, 'properties'), '', {}, fields);
  const runtime = own(mappings, 'runtime');
  if (isJsonObject(runtime))
    for (const [name, inner] of Object.entries(runtime)) {
      if (!isJsonObject(inner)) continue;
      const scripted = own(inner, 'script') !== undefined;
      const field = fieldOf(name, inner, {});
      fields.set(name, scripted ? { ...field, type: 'unsupported', typeName: 'script runtime field' } : field);
    }
  return new ClosedMapping(fields, analyzers(settings));
}

/** Families of types whose values can be compared with each other (elasticsearch: familyTypeName of the mapper classes). */
export function familyOf(type: FieldType): string {
  if (type === 'keyword' || type === 'wildcard' || type === 'constant_keyword') return 'keyword';
  if (type === 'text' || type === 'match_only_text') return 'text';
  return type;
}

/** Each index reads dates in its own format; over all of them, a date is what one of the formats reads. */
function eitherFormat(a: Field, b: Field): string {
  const formats = [a, b].flatMap(({ format }) => (format ?? DEFAULT_FORMAT).split('||'));
  return [...new Set(formats)].join('||');
}

/**
 * The union of the mappings of several indices, as field caps gives it: a field that has types of different families in
 * them says so in `conflictsWith`.
 */
export function mergeMappings(mappings: readonly Mapping[]): Mapping {
  const merged = new Map<string, Field>();
  for (const mapping of mappings)
    for (const name of mapping.names()) {
      const field = mapping.field(name);
      if (field === undefined) continue;
      const known = merged.get(name);
      if (known === undefined) merged.set(name, field);
      else if (familyOf(known.type) !== familyOf(field.type))
        merged.set(name, { ...known, conflictsWith: [...(known.conflictsWith ?? []), field.type] });
      else if (known.format !== field.format) merged.set(name, { ...known, format: eitherFormat(known, field) });
    }
  for (const name of [...merged.keys()]) {
    for (let at = name.indexOf('.'); at > 0; at = name.indexOf('.', at + 1)) {
      const parent = name.slice(0, at);
      if (merged.has(parent)) continue;
      const container = mappings.map((mapping) => mapping.field(parent)).find((field) => field !== undefined);
      if (container !== undefined) merged.set(parent, container);
    }
  }
  return new ClosedMapping(merged, new Map());
}
