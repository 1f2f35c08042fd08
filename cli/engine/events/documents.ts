import type { Event } from '../../fields/event.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';

/** Members that Elasticsearch and Kibana put beside a document; they are not fields of it. */
const META = new Set([
  '_index', '_id', '_score', '_version', '_seq_no', '_primary_term', '_type', '_routing', '_ignored', '_nested', '_node',
  '_shard', '_explanation', 'sort', 'highlight', 'fields', 'ignored_field_values', 'matched_queries', 'inner_hits', 'found',
]); // prettier-ignore

/** The documents of one JSON value: itself, the items of a list, the hits of a search response, the docs of `_mget`. */
export function documentsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return [value];
  const hits = own(value, 'hits');
  if (isJsonObject(hits)) {
    const inner = own(hits, 'hits') ?? own(hits, 'events');
    if (Array.isArray(inner)) return inner;
    const sequences = own(hits, 'sequences');
    if (Array.isArray(sequences))
      return sequences.flatMap((one: Json) => {
        const events = isJsonObject(one) ? own(one, 'events') : undefined;
        return Array.isArray(events) ? (events as readonly Json[]) : [];
      });
  }
  const docs = own(value, 'docs');
  return Array.isArray(docs) && Object.keys(value).length === 1 ? docs : [value];
}

const isMetaOnly = (document: JsonObject): boolean => Object.keys(document).every((key) => META.has(key));

/**
 * A document as copied from Kibana without `_source`: its `fields`, each a list. Elasticsearch reads a list of one value
 * like the value, but an alert field compares as it is written, so such lists are opened.
 */
function fromFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === 1 ? ((value as readonly Json[])[0] ?? null) : value,
    ]),
  );
}

/** The document of a hit; undefined when the hit carries none. */
function sourceOf(value: JsonObject): JsonObject | undefined {
  const source = own(value, '_source');
  if (isJsonObject(source)) return source;
  const marked = Object.hasOwn(value, '_index') || Object.hasOwn(value, '_id');
  if (!marked) return value;
  // Beats put an object of their own under `fields`; only together with nothing but meta members is it a copy from Kibana.
  if (!isMetaOnly(value))
    return Object.fromEntries(Object.entries(value).filter(([key]) => !(key.startsWith('_') && META.has(key))));
  const fields = own(value, 'fields');
  return isJsonObject(fields) && Object.values(fields).every((one) => Array.isArray(one))
    ? fromFields(fields)
    : undefined;
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/**
 * An event from a bare document, which may carry `_index` and `_id` beside its fields, from a hit with `_source`, or from
 * a document copied from Kibana with `fields`. Undefined: a hit without a document.
 */
export function toEvent(
  value: JsonObject,
  place: { readonly path: string; readonly line: number; readonly ordinal: number },
): Event | undefined {
  const source = sourceOf(value);
  if (source === undefined) return undefined;
  const { path, line, ordinal } = place;
  return {
    index: textOf(own(value, '_index')) ?? '',
    id: textOf(own(value, '_id')) ?? `${path.slice(path.lastIndexOf('/') + 1)}#${ordinal + 1}`,
    source,
    ordinal,
    path,
    line,
  };
}
