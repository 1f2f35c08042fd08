import type { Event } from '../../../fields/event.ts';
import type { RunContext } from '../context.ts';
import { compilePredicate } from '../predicate.ts';
import { compileJoinKeys, keyIdentity, type KeyValue, type KeyValues } from '../sequence/join-keys.ts';
import type { SamplePlan } from '../sequence/plan.ts';
import { chooseDifferent } from './choose.ts';
import { compareBuckets } from './order.ts';

/** Events that fit the terms of a sample, one for each, all different, with one key. */
export interface SampleMatch {
  readonly key: KeyValues;
  readonly events: readonly Event[];
}

interface Bucket {
  readonly key: KeyValues;
  /** By term, in the order of the index, as many as can be needed. */
  readonly events: readonly Event[][];
}

/**
 * Finds samples: for each key that has an event for every term, in ascending order of keys, up to `maxPerKey` choices of
 * different events (elasticsearch: x-pack/plugin/eql/.../execution/sample/SampleIterator.java). Time plays no part.
 */
export function compileSamples(
  plan: SamplePlan,
  context: RunContext,
): (events: readonly Event[]) => readonly SampleMatch[] {
  const tests = plan.terms.map((term) => compilePredicate(term.query, context));
  const keys = plan.terms.map((term) => compileJoinKeys(term.keys));
  const order = compareBuckets(plan.terms[0]?.keys ?? []);
  // Elasticsearch asks for no more events of a term and key than this; with them an answer is found if there is one.
  const enough = plan.terms.length + plan.maxPerKey - 1;
  return (events) => {
    const buckets = new Map<KeyValue, Bucket>();
    for (const event of [...events].sort((a, b) => a.ordinal - b.ordinal))
      tests.forEach((test, term) => {
        if (!test(event)) return;
        for (const key of keys[term]?.(event) ?? []) {
          const id = keyIdentity(key);
          let bucket = buckets.get(id);
          if (bucket === undefined) buckets.set(id, (bucket = { key, events: tests.map(() => []) }));
          const found = bucket.events[term];
          if (found !== undefined && found.length < enough) found.push(event);
        }
      });
    return [...buckets.values()]
      .filter((bucket) => bucket.events.every((found) => found.length > 0))
      .sort((a, b) => order(a.key, b.key))
      .flatMap(({ key, events: lists }) =>
        chooseDifferent(lists, plan.maxPerKey).map((chosen) => ({ key, events: chosen })),
      );
  };
}
