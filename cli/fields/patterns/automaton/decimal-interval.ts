import { Draft, type Automaton } from './automaton.ts';
import type { Budget } from './budget.ts';
import { withoutDeadStates } from './operations.ts';

const [ZERO, NINE] = [48, 57];

/**
 * Decimal numbers from `min` to `max`: of so many digits, or with `digits` 0 after any number of zeros. Digit by digit along both
 * ends; between them any digits (lucene: Automata.java makeDecimalInterval).
 */
export function decimalInterval(min: number, max: number, digits: number, budget: Budget): Automaton {
  const width = digits > 0 ? digits : String(max).length;
  const [low, high] = [min, max].map((end) => String(end).padStart(width, '0')) as [string, string];
  const draft = new Draft(budget);
  const padded = digits === 0;
  if (padded) draft.state();
  /** States before which only zeros of the lower end were read: the number may as well begin there. */
  const starts: number[] = [];
  const digit = (text: string, at: number): number => text.charCodeAt(at);
  const made = (at: number, zeros: boolean): number => {
    const state = draft.state(at === width);
    if (zeros && at < width) starts.push(state);
    return state;
  };
  const anyDigits = (at: number): number => {
    const state = draft.state(at === width);
    if (at < width) draft.edge(state, ZERO, NINE, anyDigits(at + 1));
    return state;
  };
  const fromLow = (at: number, zeros: boolean): number => {
    const state = made(at, zeros);
    if (at === width) return state;
    const code = digit(low, at);
    draft.edge(state, code, code, fromLow(at + 1, zeros && code === ZERO));
    if (code < NINE) draft.edge(state, code + 1, NINE, anyDigits(at + 1));
    return state;
  };
  const upToHigh = (at: number): number => {
    const state = draft.state(at === width);
    if (at === width) return state;
    const code = digit(high, at);
    draft.edge(state, code, code, upToHigh(at + 1));
    if (code > ZERO) draft.edge(state, ZERO, code - 1, anyDigits(at + 1));
    return state;
  };
  const between = (at: number, zeros: boolean): number => {
    const state = made(at, zeros);
    if (at === width) return state;
    const [first, last] = [digit(low, at), digit(high, at)];
    if (first === last) draft.edge(state, first, first, between(at + 1, zeros && first === ZERO));
    else {
      draft.edge(state, first, first, fromLow(at + 1, zeros && first === ZERO));
      draft.edge(state, last, last, upToHigh(at + 1));
      if (first + 1 < last) draft.edge(state, first + 1, last - 1, anyDigits(at + 1));
    }
    return state;
  };
  between(0, padded);
  if (!padded) return withoutDeadStates(draft.finish(), budget);
  const inner = draft.finish();
  const outer = new Draft(budget);
  outer.append(inner);
  outer.edge(0, ZERO, ZERO, 0);
  for (const start of starts) {
    outer.also(0, inner, start, 0);
    if (inner.accepts[start] === true) outer.accept(0);
  }
  return withoutDeadStates(outer.finish(), budget);
}
