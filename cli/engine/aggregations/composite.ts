import type { Event } from '../../fields/event.ts';
import { type BucketKey, type BucketSource } from './bucket-keys.ts';

/** A bucket of a composite aggregation: one key for each source, null where its documents have no value. */
export interface Bucket {
  readonly keys: readonly (BucketKey | null)[];
  /** In the order in which they were given. */
  readonly events: readonly Event[];
}

/**
 * The buckets of a composite aggregation with `missing_bucket` and `missing_order: last`, in the order of their keys. A
 * document is once in the bucket of each combination of its distinct values
 * (elasticsearch:server/src/main/java/org/elasticsearch/search/aggregations/bucket/composite/CompositeAggregator.java).
 */
export function compositeBuckets(events: readonly Event[], sources: readonly BucketSource[]): readonly Bucket[] {
  const buckets = new Map<string, { readonly keys: readonly (BucketKey | null)[]; readonly events: Event[] }>();
  for (const event of events)
    for (const keys of combinations(sources.map((source) => withoutZero(source.keys(event))))) {
      const id = JSON.stringify(keys, (_, key: unknown) => identity(key));
      const bucket = buckets.get(id);
      if (bucket === undefined) buckets.set(id, { keys, events: [event] });
      else bucket.events.push(event);
    }
  return [...buckets.values()].sort((a, b) => compareBuckets(a, b, sources));
}

/** Of both zeros in one document only minus zero counts, which is the first of them in order. */
const withoutZero = (keys: readonly BucketKey[]): readonly BucketKey[] =>
  keys.some((key) => Object.is(key, -0)) ? keys.filter((key) => !Object.is(key, 0)) : keys;

/** JSON knows neither 64-bit numbers nor minus zero. */
const identity = (key: unknown): unknown =>
  typeof key === 'bigint' ? `n${key}` : Object.is(key, -0) ? 'z' : typeof key === 'string' ? `t${key}` : key;

function combinations(lists: readonly (readonly BucketKey[])[]): (BucketKey | null)[][] {
  let found: (BucketKey | null)[][] = [[]];
  for (const list of lists) {
    const each: readonly (BucketKey | null)[] = list.length === 0 ? [null] : list;
    found = found.flatMap((before) => each.map((key) => [...before, key]));
  }
  return found;
}

function compareBuckets(a: Bucket, b: Bucket, sources: readonly BucketSource[]): number {
  for (const [at, source] of sources.entries()) {
    const [one, other] = [a.keys[at] ?? null, b.keys[at] ?? null];
    if (one === null || other === null) {
      if (one === other) continue;
      return one === null ? 1 : -1;
    }
    const order = source.compare(one, other);
    if (order !== 0) return order;
  }
  return 0;
}
