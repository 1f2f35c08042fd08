import type { Event } from '../../../fields/event.ts';
import type { IndexedValue } from '../../../fields/values/indexed.ts';
import type { Instant } from './instant.ts';

/** An event that fits at least one term, with its place in time. */
export interface Hit {
  readonly event: Event;
  readonly at: Instant;
  readonly tiebreaker: IndexedValue | null;
  /** Which terms it fits, by index, ascending; `until` is the number after the last term. */
  readonly terms: readonly number[];
}

/**
 * Order of hits: time, then tiebreaker with null last, then order of arrival, which stands for `_shard_doc`
 * (elasticsearch: x-pack/plugin/eql/.../execution/search/Ordinal.java).
 */
export function compareHits(a: Hit, b: Hit): number {
  if (a.at.ms !== b.at.ms) return a.at.ms - b.at.ms;
  if (a.at.ns !== b.at.ns) return a.at.ns - b.at.ns;
  if (a.tiebreaker !== b.tiebreaker) {
    if (a.tiebreaker === null) return 1;
    if (b.tiebreaker === null) return -1;
    return a.tiebreaker < b.tiebreaker ? -1 : 1;
  }
  return a.event.ordinal - b.event.ordinal;
}
