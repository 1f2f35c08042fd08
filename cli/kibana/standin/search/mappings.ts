import type { Event } from '../../../fields/event.ts';
import type { Mapping } from '../../../fields/mapping.ts';
import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import { mergeMappings } from '../../../fields/merge-mappings.ts';
import { matchesIndex } from '../../../fields/patterns/index-pattern.ts';
import { parents } from '../../../fields/tables/dynamic-names.ts';
import { mappingForIndices } from '../../../fields/tables/rule-mapping.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';

type Tree = Record<string, Json>;

/** Names of indices that hold events and fit the patterns, sorted. */
export const indicesOf = (events: readonly Event[], patterns: readonly string[]): readonly string[] =>
  [...new Set(events.map((event) => event.index))].filter((index) => matchesIndex(patterns, index)).sort();

/** The data stream of a backing index, by which the tables know it. */
export const dataStreamOf = (index: string): string => /^\.ds-(.+)-\d{4}\.\d\d\.\d\d-\d{6}$/.exec(index)?.[1] ?? index;

/** Types that have an `ignore_above`. */
const LIMITED = new Set(['keyword', 'wildcard']);

function typesOf(index: string, events: readonly Event[]): Json {
  const table = mappingForIndices([dataStreamOf(index)]).observing(events);
  const properties: Tree = Object.create(null) as Tree;
  const add = (name: string): void => {
    const field = table.field(name);
    if (field?.flattenedRoot !== undefined) properties[field.flattenedRoot] ??= { type: 'flattened' };
    if (field === undefined || field.multiFieldOf !== undefined || field.flattenedRoot !== undefined) return;
    if (field.nestedPath !== undefined) properties[field.nestedPath] ??= { type: 'nested' };
    properties[name] = {
      type: field.typeName,
      ...(field.ignoreAbove === undefined || !LIMITED.has(field.typeName) ? {} : { ignore_above: field.ignoreAbove }),
      ...(field.scalingFactor === undefined ? {} : { scaling_factor: field.scalingFactor }),
      ...(field.normalizer === undefined ? {} : { normalizer: field.normalizer }),
      ...(field.aliasOf === undefined ? {} : { path: field.aliasOf }),
      ...(field.indexed === undefined ? {} : { index: field.indexed }),
      ...(field.docValues === undefined ? {} : { doc_values: field.docValues }),
    };
  };
  const fields = table.matching('*');
  const names = fields.map(({ name }) => name);
  // A name that one table has as a value and another as an object is an object.
  const objects = new Set(fields.flatMap((field) => (field.multiFieldOf === undefined ? parents(field.name) : [])));
  for (const name of names) if (!objects.has(name)) add(name);
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
    mapping = mergeMappings(
      indices.map((index) => mappingFromElasticsearch(indexBody(events, index))),
      indices,
    );
    mappings.set(key, mapping);
  }
  return mapping;
}
