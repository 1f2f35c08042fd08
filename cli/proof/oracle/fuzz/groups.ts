import { bucketSource, sameKey, type BucketKey, type BucketSource } from '../../../engine/aggregations/bucket-keys.ts';
import { compositeBuckets } from '../../../engine/aggregations/composite.ts';
import type { Event } from '../../../fields/event.ts';
import type { Mapping } from '../../../fields/mapping.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { isRefused, type Refused } from '../answer.ts';

/** The aggregations over one field whose buckets are compared. */
export const AGGREGATIONS = ['composite', 'terms', 'cardinality'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

/** Buckets of one field, a line each with its key and number of documents; or why the search fails. */
export type Buckets = readonly string[] | Refused;

const SIZE = 1000;

/** The search that asks for the buckets of some documents, as JSON text. */
export function groupRequest(aggregation: Aggregation, field: string, ids: readonly string[]): string {
  const bodies: Readonly<Record<Aggregation, JsonObject>> = {
    composite: { composite: { size: SIZE, sources: [{ k: { terms: { field, missing_bucket: true, missing_order: 'last' } } }] } },
    terms: { terms: { field, size: SIZE } },
    cardinality: { cardinality: { field, precision_threshold: 40_000 } },
  }; // prettier-ignore
  return JSON.stringify({ size: 0, query: { ids: { values: ids } }, aggs: { a: bodies[aggregation] } });
}

/** The buckets of the aggregations that a server answered to that search. */
export function bucketsOf(aggregation: Aggregation, answer: JsonObject): readonly string[] {
  const one = own(answer, 'a');
  if (!isJsonObject(one)) return [];
  if (aggregation === 'cardinality') return [shown(own(one, 'value') ?? null)];
  return elements(own(one, 'buckets')).map((bucket) => {
    const key = isJsonObject(bucket) ? (own(bucket, 'key') ?? null) : null;
    const count = isJsonObject(bucket) ? (own(bucket, 'doc_count') ?? null) : null;
    return `${shown(aggregation === 'composite' && isJsonObject(key) ? (own(key, 'k') ?? null) : key)} ${shown(count)}`;
  });
}

/** A key without the quotes that keep the digits of a whole number beyond 2^53. */
const shown = (value: Json): string =>
  Object.is(value, -0) ? '-0' : JSON.stringify(value).replace(/^"(-?\d{16,})"$/, '$1');

/** The buckets that this engine makes of the same documents. */
export function ourBuckets(
  aggregation: Aggregation,
  field: string,
  mapping: Mapping,
  events: readonly Event[],
): Buckets {
  let source: BucketSource;
  try {
    source = bucketSource(field, mapping);
  } catch (error) {
    if (error instanceof KnownError) return { refused: error.message };
    throw error;
  }
  const buckets = compositeBuckets(events, [source]).map(({ keys: [key = null], events: held }) => ({ key, count: held.length })); // prettier-ignore
  const line = ({ key, count }: { readonly key: BucketKey | null; readonly count: number }): string =>
    `${keyText(key, source)} ${count}`;
  if (aggregation === 'composite') return buckets.map(line);
  // Each key on its own: unlike a composite these have a document with both zeros in two buckets
  const named: { readonly key: BucketKey; count: number }[] = [];
  for (const key of events.flatMap((event) => source.keys(event))) {
    const there = named.find((one) => sameKey(one.key, key));
    if (there === undefined) named.push({ key, count: 1 });
    else there.count++;
  }
  if (aggregation === 'cardinality') return [String(named.length)];
  // Most documents first, then by key; a boolean is 0 or 1 there
  return [...named]
    .sort((a, b) => b.count - a.count || source.compare(a.key, b.key))
    .map(({ key, count }) => (typeof key === 'boolean' ? `${key ? 1 : 0} ${count}` : line({ key, count })));
}

/** Whole numbers to the last digit, which JavaScript's reading of an answer would round. */
function keyText(key: BucketKey | null, source: BucketSource): string {
  if (key === null) return 'null';
  const json = source.json(key);
  return typeof key === 'bigint' && typeof json === 'number' ? String(key) : shown(json);
}

/** Whether two lists of buckets are the same, or both fail. */
export const sameBuckets = (a: Buckets, b: Buckets): boolean =>
  isRefused(a) || isRefused(b) ? isRefused(a) && isRefused(b) : a.join('\n') === b.join('\n');
