import type { Event } from '../../../fields/event.ts';
import type { Mapping } from '../../../fields/mapping.ts';
import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import { mergeMappings } from '../../../fields/merge-mappings.ts';
import { matchesIndex } from '../../../fields/patterns/index-pattern.ts';
import { mappingForIndices } from '../../../fields/tables/rule-mapping.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';

type Tree = Record<string, Json>;

/** Names of indices that hold events and fit the patterns, sorted. */
export const indicesOf = (events: readonly Event[], patterns: readonly string[]): readonly string[] =>
  [...new Set(events.map((event) => event.index))].filter((index) => matchesIndex(patterns, index)).sort();

/** What dynamic mapping makes of a value (elasticsearch: DynamicFieldsBuilder.java), text as keyword like Elastic's own templates. */
function dynamicType(value: Json): string | undefined {
  if (typeof value === 'string') return 'keyword';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'float';
  return undefined;
}

/** Names of the values in a document, with one value each. */
function* leaves(value: JsonObject, prefix = ''): Generator<readonly [string, Json]> {
  for (const [key, inner] of Object.entries(value)) {
    const first: Json | undefined = Array.isArray(inner) ? (inner as readonly Json[])[0] : inner;
    if (isJsonObject(first)) yield* leaves(first, `${prefix}${key}.`);
    else if (first !== undefined) yield [prefix + key, first];
  }
}

/** The data stream of a backing index, by which the tables know it. */
export const dataStreamOf = (index: string): string => /^\.ds-(.+)-\d{4}\.\d\d\.\d\d-\d{6}$/.exec(index)?.[1] ?? index;

function typesOf(index: string, events: readonly Event[]): Json {
  const table = mappingForIndices([dataStreamOf(index)]);
  const properties: Tree = Object.create(null) as Tree;
  const add = (name: string): boolean => {
    const field = table.field(name);
    if (field === undefined || field.multiFieldOf !== undefined || field.flattenedRoot !== undefined)
      return field !== undefined;
    if (field.nestedPath !== undefined) properties[field.nestedPath] ??= { type: 'nested' };
    properties[name] = {
      type: field.typeName,
      ...(field.ignoreAbove === undefined || field.typeName !== 'keyword' ? {} : { ignore_above: field.ignoreAbove }),
      ...(field.scalingFactor === undefined ? {} : { scaling_factor: field.scalingFactor }),
      ...(field.normalizer === undefined ? {} : { normalizer: field.normalizer }),
      ...(field.aliasOf === undefined ? {} : { path: field.aliasOf }),
    };
    return true;
  };
  const names = table.names();
  for (const name of names) add(name);
  for (const name of names) {
    const field = table.field(name);
    const owner = field?.multiFieldOf === undefined ? undefined : properties[field.multiFieldOf];
    if (field?.multiFieldOf === undefined || !isJsonObject(owner)) continue;
    const before = own(owner, 'fields');
    const fields = {
      ...(isJsonObject(before) ? before : {}),
      [name.slice(field.multiFieldOf.length + 1)]: { type: field.typeName },
    };
    properties[field.multiFieldOf] = { ...owner, fields };
  }
  for (const { source } of events)
    for (const [name, value] of leaves(source)) {
      if (properties[name] !== undefined || add(name)) continue;
      const type = dynamicType(value);
      if (type !== undefined) properties[name] = { type };
    }
  return properties;
}

/** What was made for the events of a world, as long as there are no more of them. */
interface Made {
  readonly count: number;
  readonly bodies: Map<string, JsonObject>;
  readonly mappings: Map<string, Mapping>;
}

const made = new WeakMap<readonly Event[], Made>();

function madeFor(events: readonly Event[]): Made {
  let known = made.get(events);
  if (known?.count !== events.length)
    made.set(events, (known = { count: events.length, bodies: new Map(), mappings: new Map() }));
  return known;
}

/** The answer of `GET index` for one index: fields from the tables that dac knows, others as dynamic mapping makes them. */
export function indexBody(events: readonly Event[], index: string): JsonObject {
  const { bodies } = madeFor(events);
  let body = bodies.get(index);
  if (body === undefined) {
    const held = events.filter((event) => event.index === index);
    body = { aliases: {}, mappings: { properties: typesOf(index, held) }, settings: { index: {} } };
    bodies.set(index, body);
  }
  return body;
}

/** The mapping of several indices together. */
export function mappingOf(events: readonly Event[], indices: readonly string[]): Mapping {
  const { mappings } = madeFor(events);
  const key = JSON.stringify(indices);
  let mapping = mappings.get(key);
  if (mapping === undefined) {
    mapping = mergeMappings(indices.map((index) => mappingFromElasticsearch(indexBody(events, index))));
    mappings.set(key, mapping);
  }
  return mapping;
}
