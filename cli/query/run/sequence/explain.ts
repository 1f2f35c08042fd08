import type { Event } from '../../../fields/event.ts';
import type { RunContext } from '../context.ts';
import type { Cause, GroupExplanation, StageExplanation } from './explanation.ts';
import { compareHits, type Hit } from './hit.ts';
import { elapsed } from './instant.ts';
import type { KeyValues } from './join-keys.ts';
import { hasKey, keyCause, keyParts } from './key-cause.ts';
import { SequenceMatcher, type Candidate, type MatchObserver, type Rejection } from './matcher.ts';
import { noEvent } from './nearest-event.ts';
import type { SequencePlan, Term } from './plan.ts';
import { compileHitFinder, hitsInOrder } from './search.ts';

/** A candidate and what became of it. */
interface Attempt {
  readonly candidate: Candidate;
  readonly key: KeyValues;
  readonly why?: Rejection;
}

/** How far the events get in a sequence: the candidate that got farthest, and what broke it off. */
export function explainSequence(plan: SequencePlan, context: RunContext, events: readonly Event[]): GroupExplanation {
  const never = plan.terms.findIndex((term) => !term.missing && term.query.kind === 'match_none');
  if (never >= 0)
    return {
      kind: 'sequence',
      found: 0,
      key: [],
      stages: stagesOf(plan, (stage) =>
        plan.stages[stage] === never
          ? { outcome: 'broken', cause: noEvent(termOf(plan, stage), context, []) }
          : { outcome: 'open' },
      ),
    };
  const hits = hitsInOrder(events, compileHitFinder(plan, context));
  const watch = new Watch();
  const matcher = new SequenceMatcher(plan, watch);
  for (const hit of hits) matcher.push(hit);
  const matches = matcher.finish();
  const [complete] = matches;
  if (complete !== undefined)
    return {
      kind: 'sequence',
      found: matches.length,
      key: keyParts(complete.key, termOf(plan, 0)),
      stages: stagesOf(plan, (stage) => met(complete.hits[stage])),
    };
  const best = watch.farthest();
  if (best === undefined) return notBegun(plan, context, events, hits);
  return brokenOff(plan, context, events, hits, best);
}

const termOf = (plan: SequencePlan, stage: number): Term => {
  const term = plan.terms[plan.stages[stage] ?? 0];
  if (term === undefined) throw new Error('a stage without a term');
  return term;
};

type Outcome = Omit<StageExplanation, 'span' | 'missing'>;

const met = (hit: Hit | undefined): Outcome =>
  hit === undefined ? { outcome: 'met' } : { outcome: 'met', event: hit.event, at: hit.at.ms };

const stagesOf = (plan: SequencePlan, outcome: (stage: number) => Outcome): readonly StageExplanation[] =>
  plan.stages.map((_, stage) => {
    const { filterSpan, missing } = termOf(plan, stage);
    return { span: filterSpan, missing, ...outcome(stage) };
  });

/** Keeps the candidates that got farthest. */
class Watch implements MatchObserver {
  #stage = -1;
  #attempts: Attempt[] = [];

  reached(candidate: Candidate, key: KeyValues): void {
    if (candidate.stage > this.#stage) {
      this.#stage = candidate.stage;
      this.#attempts = [];
    }
    if (candidate.stage === this.#stage) this.#attempts.push({ candidate, key });
  }

  rejected(candidate: Candidate, key: KeyValues, why: Rejection): void {
    if (candidate.stage === this.#stage) this.#attempts.push({ candidate, key, why });
  }

  /** Of those that got equally far: one that was refused, by the least; else the latest. */
  farthest(): Attempt | undefined {
    const refused = this.#attempts.filter((one) => one.why !== undefined);
    const latest = this.#attempts.at(-1);
    // Of several keys of one event the first.
    if (refused.length === 0) return this.#attempts.find((one) => one.candidate.hit === latest?.candidate.hit);
    const excess = ({ candidate, why }: Attempt): number =>
      why?.kind === 'maxspan' ? elapsed(candidate.first.at, why.hit.at) : 0;
    return refused.reduce((a, b) => (excess(b) <= excess(a) ? b : a));
  }
}

/** No event fits the first positive stage, or none that has a key. */
function notBegun(
  plan: SequencePlan,
  context: RunContext,
  events: readonly Event[],
  hits: readonly Hit[],
): GroupExplanation {
  const first = plan.stages.findIndex((term) => plan.terms[term]?.missing === false);
  const term = termOf(plan, first);
  const fits = hits.find((hit) => hit.terms.includes(plan.stages[first] ?? 0));
  const cause = fits === undefined ? noEvent(term, context, events) : keyCause(fits.event, term, []);
  return {
    kind: 'sequence',
    found: 0,
    key: [],
    stages: stagesOf(plan, (stage) => (stage === first ? { outcome: 'broken', cause } : { outcome: 'open' })),
  };
}

function brokenOff(
  plan: SequencePlan,
  context: RunContext,
  events: readonly Event[],
  hits: readonly Hit[],
  { candidate, key, why }: Attempt,
): GroupExplanation {
  const reached = new Map<number, Hit>();
  for (let part: Candidate | undefined = candidate; part !== undefined; part = part.previous)
    reached.set(part.stage, part.hit);
  const next = plan.stages.findIndex((term, stage) => stage > candidate.stage && plan.terms[term]?.missing === false);
  const present = why?.kind === 'missing' ? why : candidate.between;
  const cause =
    next < 0
      ? undefined
      : breaking(plan, next, context, events, hits, { candidate, key, ...(why === undefined ? {} : { why }) });
  return {
    kind: 'sequence',
    found: 0,
    key: keyParts(key, termOf(plan, 0)),
    stages: stagesOf(plan, (stage) => {
      if (present?.stage === stage) return { outcome: 'broken', cause: { kind: 'present', event: present.hit.event } };
      const hit = reached.get(stage);
      if (hit !== undefined) return met(hit);
      if (stage === next && cause !== undefined) return { outcome: 'broken', cause };
      return { outcome: stage < candidate.stage ? 'met' : 'open' };
    }),
  };
}

/** What kept a candidate from its next stage. */
function breaking(
  plan: SequencePlan,
  stage: number,
  context: RunContext,
  events: readonly Event[],
  hits: readonly Hit[],
  { candidate, key, why }: Attempt,
): Cause {
  if (why?.kind === 'maxspan')
    return {
      kind: 'late',
      event: why.hit.event,
      elapsed: elapsed(candidate.first.at, why.hit.at),
      maxspan: plan.maxspan ?? Infinity,
    };
  if (why?.kind === 'until') return { kind: 'until', event: why.hit.event };
  const term = termOf(plan, stage);
  const used = new Set<Event>();
  for (let part: Candidate | undefined = candidate; part !== undefined; part = part.previous) used.add(part.hit.event);
  const fits = hits.filter((hit) => hit.terms.includes(plan.stages[stage] ?? 0) && !used.has(hit.event));
  const early = fits.filter((hit) => compareHits(hit, candidate.hit) < 0);
  const sameKey = early.filter((hit) => hasKey(hit.event, term, key)).at(-1);
  if (sameKey !== undefined) return { kind: 'early', event: sameKey.event };
  const other = fits.find((hit) => compareHits(hit, candidate.hit) > 0) ?? early.at(-1);
  if (other !== undefined) return keyCause(other.event, term, key);
  return noEvent(
    term,
    context,
    events.filter((event) => !used.has(event)),
  );
}
