import type { Event } from '../../../fields/event.ts';
import { compileJoinKeys, keyJson, type KeyValues } from './join-keys.ts';
import type { Cause, KeyPart } from './explanation.ts';
import type { Term } from './plan.ts';

/** A key with the names of its parts. */
export const keyParts = (key: KeyValues, { keys }: Pick<Term, 'keys'>): readonly KeyPart[] =>
  key.map((value, i) => ({ name: keys[i]?.name ?? '', value: keyJson(value, keys[i]?.field) }));

/** Whether an event has this key in a term, among others perhaps. */
export const hasKey = (event: Event, term: Term, key: KeyValues): boolean =>
  compileJoinKeys(term.keys)(event).some((one) => one.every((value, i) => value === key[i]));

/** How the key of an event differs from the one that was waited for. */
export function keyCause(event: Event, term: Term, key: KeyValues): Cause {
  const found = compileJoinKeys(term.keys)(event);
  const lacking = term.keys.find((part) => compileJoinKeys([part])(event).length === 0);
  if (lacking !== undefined) return { kind: 'no-key', event, name: lacking.name };
  const same = (one: KeyValues): number => one.filter((value, i) => value === key[i]).length;
  const nearest = found.reduce((a, b) => (same(b) > same(a) ? b : a), found[0] ?? []);
  const [wanted, got] = [keyParts(key, term), keyParts(nearest, term)];
  return {
    kind: 'other-key',
    event,
    differs: wanted.flatMap((part, i) => (key[i] === nearest[i] ? [] : [{ ...part, found: got[i]?.value ?? null }])),
  };
}
