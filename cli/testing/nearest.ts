import type { PreparedRule } from '../engine/execution.ts';
import type { Event } from '../fields/event.ts';
import { distance } from '../query/run/distance.ts';
import type { Explanation } from '../query/run/explanation.ts';

/** Events that are explained for one failing case, at most; the nearest ones are shown. */
const EXPLAINED = 200;
const SHOWN = 3;

export interface Explained {
  readonly event: Event;
  readonly explanation: Explanation;
}

/**
 * For a positive case without an alert: the events that come nearest to one. For a negative case with alerts: the events
 * that raised them. The engine is asked again; its answer is not stored during the run, which stays fast.
 */
export function nearest(prepared: PreparedRule, events: readonly Event[], wanted: boolean): readonly Explained[] {
  const explained = events
    .slice(0, EXPLAINED)
    .filter((event) => prepared.outOfReach(event) === undefined)
    .map((event) => ({ event, explanation: prepared.explain(event) }));
  return explained
    .filter(({ explanation }) => explanation.held !== wanted)
    .map((one) => ({ one, away: distance(one.explanation, wanted) }))
    .sort((a, b) => a.away - b.away || a.one.event.ordinal - b.one.event.ordinal)
    .slice(0, wanted ? 1 : SHOWN)
    .map(({ one }) => one);
}
