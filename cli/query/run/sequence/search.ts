import type { Event } from '../../../fields/event.ts';
import { checkDocValues, compileDocValues } from '../doc-values.ts';
import { QueryFailure } from '../../failure.ts';
import type { RunContext } from '../context.ts';
import { compareHits, type Hit } from './hit.ts';
import { compileInstant } from './instant.ts';
import type { SequencePlan } from './plan.ts';
import { compileTermTests } from './term-tests.ts';

/** Finds the place of an event in a sequence: the terms it fits and its time. Undefined: it takes no part. */
export type HitFinder = (event: Event) => Hit | undefined;

/**
 * Compiles the terms of a plan. An event of the first positive term that has no time fails the search; of any other term
 * it is never found, because those are searched from the time of the first one on (elasticsearch: x-pack/plugin/eql/...
 * execution/sequence/TumblingWindow.java, assembler/SequenceCriterion.java).
 */
export function compileHitFinder(plan: SequencePlan, context: RunContext): HitFinder {
  const searched = plan.until === undefined ? plan.terms : [...plan.terms, plan.until];
  const fits = compileTermTests(
    searched.map((term) => term.query),
    context,
  );
  const first = plan.terms.findIndex((term) => !term.missing);
  const instant = compileInstant(plan.timestamp);
  const { tiebreaker } = plan;
  if (tiebreaker !== undefined) checkDocValues(tiebreaker);
  const ties = tiebreaker === undefined ? undefined : compileDocValues(tiebreaker);
  return (event) => {
    const terms = fits(event);
    if (terms.length === 0) return undefined;
    const at = instant(event);
    if (at === undefined) {
      if (terms.includes(first))
        throw new QueryFailure(
          `event ${event.id} fits the first event of the sequence and has no ${plan.timestamp.name}`,
          {
            span: plan.terms[first]?.span,
            why: 'Elasticsearch orders the events of a sequence by time and fails when one has none',
            help: `give the event a ${plan.timestamp.name}`,
          },
        );
      return undefined;
    }
    const values = ties?.(event.source, event);
    if (values !== undefined && values.length > 1)
      throw new QueryFailure(`event ${event.id} has more than one value in ${tiebreaker?.name ?? ''}`, {
        why: 'the tiebreaker orders events of the same time; Elasticsearch fails on a list',
        help: 'give the event one value, or name another tiebreaker_field',
      });
    return { event, at, tiebreaker: values?.[0] ?? null, terms };
  };
}

/** The hits of a search in order; the events may come in any. */
export function hitsInOrder(events: readonly Event[], find: HitFinder): readonly Hit[] {
  const hits: Hit[] = [];
  let ordered = true;
  let before: Hit | undefined;
  for (const event of events) {
    const hit = find(event);
    if (hit === undefined) continue;
    if (before !== undefined && compareHits(before, hit) > 0) ordered = false;
    hits.push((before = hit));
  }
  return ordered ? hits : hits.sort(compareHits);
}
