import type { PreparedRule } from '../engine/execution.ts';
import type { Event } from '../fields/event.ts';
import type { Explanation } from '../query/run/explanation.ts';

/** Events that are explained for one failing case, at most; the nearest ones are shown. */
const EXPLAINED = 200;
const SHOWN = 3;

/** How many predicates stand between an event and a match: failed leaves under "all of", the least under "any of". */
export function distance(explanation: Explanation, wanted = true): number {
  if (explanation.held === wanted) return 0;
  const { query, children } = explanation;
  if (children.length === 0) return 1;
  if (query.kind !== 'bool') return Math.max(1, ...children.map((child) => distance(child, wanted)));
  let all = 0;
  let any = Infinity;
  const excluded = new Set(query.mustNot ?? []);
  const optional = new Set(query.should ?? []);
  const required = (query.must?.length ?? 0) + (query.filter?.length ?? 0) > 0;
  for (const child of children) {
    if (excluded.has(child.query)) all += distance(child, !wanted);
    else if (optional.has(child.query)) any = Math.min(any, distance(child, wanted));
    else all += distance(child, wanted);
  }
  if (!wanted)
    return Math.max(1, Math.min(any, ...children.map((child) => distance(child, excluded.has(child.query)))));
  const optionalCounts = optional.size > 0 && (!required || query.minimumShouldMatch !== undefined);
  return Math.max(1, all + (optionalCounts && any !== Infinity ? any : 0));
}

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
