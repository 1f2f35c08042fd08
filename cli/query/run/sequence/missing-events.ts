import type { Hit } from './hit.ts';
import { exceeds, type Instant } from './instant.ts';

/**
 * The last event of one missing stage and one key. Two are enough, whatever came before: a gap is asked for the latest
 * event before its end, and events of the millisecond in which it ends do not count.
 */
export interface LastMissing {
  readonly hit: Hit;
  /** The latest one of an earlier millisecond. */
  readonly earlier: Hit | undefined;
}

export function noteMissing(last: LastMissing | undefined, hit: Hit): LastMissing {
  return { hit, earlier: last !== undefined && last.hit.at.ms < hit.at.ms ? last.hit : last?.earlier };
}

/** The latest event of an earlier millisecond than `at`, also where `at` has nanoseconds. */
export function latestBefore(last: LastMissing | undefined, at: Instant): Hit | undefined {
  if (last === undefined) return undefined;
  return last.hit.at.ms < at.ms ? last.hit : last.earlier;
}

/** What a completed candidate has to be judged by: its own ends and the missing events around them. */
export interface Ends {
  readonly first: Instant;
  readonly last: Instant;
  /** Latest event of a leading missing stage before the first positive one. */
  readonly leading: Instant | undefined;
  /** Earliest event of a trailing missing stage after the last positive one. */
  readonly trailing: Instant | undefined;
}

/**
 * Whether a candidate survives the missing stages at its ends: the event that must not be there is not there, or lies
 * farther away than maxspan, counted from the other end of the sequence
 * (elasticsearch: x-pack/plugin/eql/.../execution/sequence/TumblingWindow.java, doCheckMissingEvents).
 */
export function survives(
  { first, last, leading, trailing }: Ends,
  where: { readonly leading: boolean; readonly trailing: boolean },
  maxspan: number,
): boolean {
  if (where.leading && where.trailing)
    return leading === undefined || trailing === undefined || exceeds(leading, trailing, maxspan);
  if (where.leading) return leading === undefined || exceeds(leading, last, maxspan);
  if (where.trailing) return trailing === undefined || exceeds(first, trailing, maxspan);
  return true;
}
