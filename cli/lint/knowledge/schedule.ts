import type { RuleBody } from '../../rule/rule.ts';
import { DEFAULT_FROM, DEFAULT_INTERVAL, seconds } from './durations.ts';

/** How often a rule runs and how far each run looks back, in seconds. */
export interface Schedule {
  readonly every: number;
  readonly back: number;
  /** Key of the value that decides, for the place of a message. */
  readonly key: 'from' | 'interval';
}

/** Undefined for a rule that does not search up to now, or whose times are of another form. */
export function scheduleOf(body: RuleBody): Schedule | undefined {
  if (body.to !== undefined && body.to !== 'now') return undefined;
  const back = seconds(body.from ?? DEFAULT_FROM);
  const every = seconds(body.interval ?? DEFAULT_INTERVAL);
  if (back === undefined || every === undefined) return undefined;
  return { every, back, key: body.from === undefined ? 'interval' : 'from' };
}
