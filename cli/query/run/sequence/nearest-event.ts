import type { Event } from '../../../fields/event.ts';
import { distance } from '../distance.ts';
import type { RunContext } from '../context.ts';
import { explain } from '../explain.ts';
import type { Cause } from './explanation.ts';
import type { Term } from './plan.ts';

/** Events that are explained to find the nearest one, at most. */
const EXPLAINED = 200;

/** Why no event fits a term: the event with the fewest conditions in the way. */
export function noEvent(term: Term, context: RunContext, events: readonly Event[]): Cause {
  if (term.query.kind === 'match_none')
    return { kind: 'never', reason: term.query.reason ?? 'the condition is never true' };
  let nearest: Extract<Cause, { kind: 'no-event' }>['nearest'];
  let least = Infinity;
  for (const event of events.slice(0, EXPLAINED)) {
    const explanation = explain(term.query, context, event);
    const away = distance(explanation);
    if (away < least) {
      least = away;
      nearest = { event, explanation };
    }
  }
  return nearest === undefined ? { kind: 'no-event' } : { kind: 'no-event', nearest };
}
