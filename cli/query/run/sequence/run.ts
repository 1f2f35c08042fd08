import type { Event } from '../../../fields/event.ts';
import type { RunContext } from '../context.ts';
import { SequenceMatcher, type SequenceMatch } from './matcher.ts';
import type { SequencePlan } from './plan.ts';
import { compileHitFinder, hitsInOrder } from './search.ts';

/** True: a term that has to be there never is, so no sequence can be (elasticsearch: Optimizer.java, SkipEmptyJoin). */
export const isEmpty = ({ terms }: Pick<SequencePlan, 'terms'>): boolean =>
  terms.some((term) => !term.missing && term.query.kind === 'match_none');

/** Finds all sequences among events that come in any order. The function throws a QueryFailure where the search fails. */
export function compileSequence(
  plan: SequencePlan,
  context: RunContext,
): (events: readonly Event[]) => readonly SequenceMatch[] {
  if (isEmpty(plan)) return () => [];
  const find = compileHitFinder(plan, context);
  return (events) => {
    const matcher = new SequenceMatcher(plan);
    for (const hit of hitsInOrder(events, find)) matcher.push(hit);
    return matcher.finish();
  };
}
