import type { Event } from '../../../fields/event.ts';
import type { RunContext } from '../context.ts';
import { compilePredicate } from '../predicate.ts';
import type { Cause, GroupExplanation, StageExplanation } from '../sequence/explanation.ts';
import { compileJoinKeys, keyIdentity, type KeyValue, type KeyValues } from '../sequence/join-keys.ts';
import { hasKey, keyCause, keyParts } from '../sequence/key-cause.ts';
import { noEvent } from '../sequence/nearest-event.ts';
import type { SamplePlan, Term } from '../sequence/plan.ts';
import { compileSamples } from './sample.ts';

/** How far the events get in a sample: the key that most terms have an event for, and what the other terms lack. */
export function explainSample(plan: SamplePlan, context: RunContext, events: readonly Event[]): GroupExplanation {
  const samples = compileSamples(plan, context)(events);
  const [complete] = samples;
  const stage = ({ filterSpan }: Term): Pick<StageExplanation, 'span' | 'missing'> => ({
    span: filterSpan,
    missing: false,
  });
  const partsOf = (key: KeyValues): GroupExplanation['key'] => keyParts(key, plan.terms[0] ?? { keys: [] });
  if (complete !== undefined)
    return {
      kind: 'sample',
      found: samples.length,
      key: partsOf(complete.key),
      stages: plan.terms.map((term, i) => {
        const event = complete.events[i];
        return { ...stage(term), outcome: 'met', ...(event === undefined ? {} : { event }) };
      }),
    };
  const fits = plan.terms.map(({ query }) => {
    const test = compilePredicate(query, context);
    return events.filter((event) => test(event));
  });
  const key = commonest(plan, fits);
  const taken = new Set<Event>();
  return {
    kind: 'sample',
    found: 0,
    key: key === undefined ? [] : partsOf(key),
    stages: plan.terms.map((term, i) => {
      const all = fits[i] ?? [];
      const mine = key === undefined ? [] : all.filter((event) => hasKey(event, term, key));
      const free = mine.find((event) => !taken.has(event));
      if (free !== undefined) {
        taken.add(free);
        return { ...stage(term), outcome: 'met', event: free };
      }
      const [other] = all;
      const [again] = mine;
      const cause: Cause =
        again !== undefined
          ? { kind: 'same-event', event: again }
          : other === undefined
            ? noEvent(term, context, events)
            : keyCause(other, term, key ?? []);
      return { ...stage(term), outcome: 'broken', cause };
    }),
  };
}

/** The key that most terms have an event for; of several the first. */
function commonest(plan: SamplePlan, fits: readonly (readonly Event[])[]): KeyValues | undefined {
  const seen = new Map<KeyValue, { readonly key: KeyValues; readonly terms: Set<number> }>();
  plan.terms.forEach((term, i) => {
    const keysOf = compileJoinKeys(term.keys);
    for (const event of fits[i] ?? [])
      for (const key of keysOf(event)) {
        const id = keyIdentity(key);
        const found = seen.get(id) ?? { key, terms: new Set<number>() };
        found.terms.add(i);
        seen.set(id, found);
      }
  });
  return [...seen.values()].reduce<{ key: KeyValues; terms: Set<number> } | undefined>(
    (best, one) => (best === undefined || one.terms.size > best.terms.size ? one : best),
    undefined,
  )?.key;
}
