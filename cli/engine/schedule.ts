import type { Rule } from '../rule/rule.ts';
import { KnownError } from '../text/known-error.ts';
import { timeWindowOf } from './time.ts';

/** Runs of a rule one interval apart, as a preview makes them. */
export interface Schedule {
  /** Starts in ascending order, epoch milliseconds. */
  readonly starts: readonly number[];
  /** Milliseconds. */
  readonly interval: number;
}

/** Time that runs have to look at, epoch milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const STOCK_INTERVAL = '5m';
/** Most runs of one preview (kibana: common/api/detection_engine/rule_preview, invocationCount). */
const MOST_RUNS = 1000;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds between two runs. Throws a KnownError. */
export function intervalOf(rule: Rule): number {
  const written = rule.body.interval ?? STOCK_INTERVAL;
  const [, count, unit = ''] = /^([1-9]\d{0,8})([smhd])$/.exec(written) ?? [];
  if (count === undefined)
    throw new KnownError(`interval ${written} is no duration`, { help: 'write it as 5m, 1h or 1d' });
  return Number(count) * (UNITS[unit] ?? 0);
}

/**
 * The runs that look at a whole range, the last one at its end; or `runs` of them that end there. The first looks back from its
 * start as the rule says, so that it may begin before the range. Throws a KnownError for a range that is none, or one that takes
 * more runs than Kibana makes.
 */
export function scheduleOf(rule: Rule, { from, to }: TimeRange, runs?: number): Schedule {
  if (runs === undefined && from >= to)
    throw new KnownError('the time begins at its end, or after it', { help: 'give --from an earlier instant than --to' });
  const interval = intervalOf(rule);
  const window = timeWindowOf(rule.body, to);
  const lookBack = to - Number(window.from / 1_000_000n);
  const count = runs ?? Math.max(1, Math.ceil((to - from - lookBack) / interval) + 1);
  if (count > MOST_RUNS)
    throw new KnownError(`this takes ${count} runs, and Kibana makes ${MOST_RUNS} at most`, {
      why: `the rule runs every ${rule.body.interval ?? STOCK_INTERVAL}`,
      help: 'look at a shorter time, with --from or --runs',
    });
  return { starts: Array.from({ length: count }, (_, at) => to - (count - 1 - at) * interval), interval };
} // prettier-ignore
