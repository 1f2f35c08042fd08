import type { Token } from '../../../fields/analysis/index.ts';
import { QueryFailure } from '../../failure.ts';

/** Orders of positions that are tried for one sloppy phrase with a repeated word before giving up with an error. */
const MAX_TRIES = 100_000;

/** A token of the text that one word of the phrase can stand on, and how far that is from the word's own place. */
interface Place {
  readonly at: number;
  readonly shift: number;
}

/**
 * Whether the tokens hold the phrase: each wanted token at its place, moved by at most `slop` positions altogether, as
 * Lucene's SloppyPhraseMatcher measures it: the spread of (position − place in the phrase) over the tokens. `prefix`: the
 * last word may go on.
 */
export function phraseFits(tokens: readonly Token[], wanted: readonly Token[], slop: number, prefix: boolean): boolean {
  const base = wanted[0]?.position ?? 0;
  const places = wanted.map(({ term, position }, at) => {
    const last = prefix && at === wanted.length - 1;
    return tokens
      .filter((token) => (last ? token.term.startsWith(term) : token.term === term))
      .map((token): Place => ({ at: token.position, shift: token.position - (position - base) }));
  });
  if (places.some((list) => list.length === 0)) return false;
  if (slop === 0) {
    const rest = places.slice(1).map((list) => new Set(list.map(({ shift }) => shift)));
    return (places[0] ?? []).some(({ shift }) => rest.every((set) => set.has(shift)));
  }
  const distinct = new Set(wanted.map(({ term }) => term)).size === wanted.length && !prefix;
  return distinct ? narrowWindow(places, slop) : tryAll(places, slop);
}

/** One place of each word within a window of shifts: the words are different, so no two want the same token. */
function narrowWindow(places: readonly (readonly Place[])[], slop: number): boolean {
  const all = places
    .flatMap((list, word) => list.map(({ shift }) => ({ word, shift })))
    .sort((a, b) => a.shift - b.shift);
  const counts = new Array<number>(places.length).fill(0);
  let met = 0;
  let from = 0;
  for (const { word, shift } of all) {
    if ((counts[word] = (counts[word] ?? 0) + 1) === 1) met++;
    for (let first = all[from]; first !== undefined && shift - first.shift > slop; first = all[++from])
      if ((counts[first.word] = (counts[first.word] ?? 0) - 1) === 0) met--;
    if (met === places.length) return true;
  }
  return false;
}

/** A repeated word must not stand on the same token twice. */
function tryAll(places: readonly (readonly Place[])[], slop: number): boolean {
  let tries = 0;
  const place = (index: number, low: number, high: number, used: readonly number[]): boolean => {
    const list = places[index];
    if (list === undefined) return true;
    for (const { at, shift } of list) {
      if (++tries > MAX_TRIES) throw new QueryFailure('this phrase with slop is too costly to evaluate');
      if (used.includes(at)) continue;
      const [nextLow, nextHigh] = [Math.min(low, shift), Math.max(high, shift)];
      if (nextHigh - nextLow <= slop && place(index + 1, nextLow, nextHigh, [...used, at])) return true;
    }
    return false;
  };
  return place(0, Infinity, -Infinity, []);
}
