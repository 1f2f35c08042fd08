import { MAX_CODE } from './automaton/automaton.ts';

/** Inclusive ranges of code points, flat: low, high, low, high. */
export type Ranges = readonly number[];

/** All other code points. */
export function complementOf(ranges: Ranges): Ranges {
  const pairs: [number, number][] = [];
  for (let at = 0; at < ranges.length; at += 2) pairs.push([ranges[at] ?? 0, ranges[at + 1] ?? 0]);
  const out: number[] = [];
  let next = 0;
  for (const [low, high] of pairs.sort((a, b) => a[0] - b[0])) {
    if (low > next) out.push(next, low - 1);
    next = Math.max(next, high + 1);
  }
  if (next <= MAX_CODE) out.push(next, MAX_CODE);
  return out;
}

/** With the other case of ASCII letters. */
export function foldedRange(low: number, high: number): Ranges {
  const out = [low, high];
  const [upperLow, upperHigh] = [Math.max(low, 65), Math.min(high, 90)];
  const [lowerLow, lowerHigh] = [Math.max(low, 97), Math.min(high, 122)];
  if (upperLow <= upperHigh) out.push(upperLow + 32, upperHigh + 32);
  if (lowerLow <= lowerHigh) out.push(lowerLow - 32, lowerHigh - 32);
  return out;
}
