import type { Fuzzy, Match, MatchBoolPrefix } from '../../algebra/query.ts';
import type { TermRules } from './term-rules.ts';

/** Edits that `AUTO` allows: none up to 2 code points, 1 up to 5, 2 above; else the number (elasticsearch: Fuzziness.java). */
export function editsFor(fuzziness: string | number | undefined, term: string): number {
  if (fuzziness === undefined) return 0;
  const auto = /^AUTO(?::(\d+),(\d+))?$/i.exec(String(fuzziness));
  const { length } = Array.from(term);
  if (auto !== null) return length < Number(auto[1] ?? 3) ? 0 : length < Number(auto[2] ?? 6) ? 1 : 2;
  return Math.max(0, Math.min(2, Math.trunc(Number(fuzziness))));
}

/**
 * Whether a term is within the edits of a wanted one: insertions, deletions, replacements and swaps of neighbours. An empty
 * wanted term has only itself in an index (lucene: FuzzyTermsEnum.java, whose similarity of other terms is minus infinity).
 *
 * `max_expansions` counts the terms of the whole index and is not looked at: an event by itself has fewer.
 */
export function fuzzyTest(
  wanted: string,
  clause: Pick<Fuzzy | Match | MatchBoolPrefix, 'fuzziness' | 'prefixLength' | 'transpositions'>,
  { scripted }: Pick<TermRules, 'scripted'>,
): (term: string) => boolean {
  const edits = editsFor(clause.fuzziness, wanted);
  if (edits === 0 || (wanted === '' && !scripted)) return (term) => term === wanted;
  const points = Array.from(wanted);
  const prefix = points.slice(0, clause.prefixLength ?? 0);
  const rest = points.slice(prefix.length);
  const swaps = clause.transpositions !== false;
  return (term) => {
    if (term === wanted) return true;
    if (Math.abs(term.length - wanted.length) > 2 * edits) return false;
    const actual = Array.from(term);
    if (prefix.some((point, at) => actual[at] !== point)) return false;
    return within(rest, actual.slice(prefix.length), edits, swaps);
  };
}

/** Edit distance with swaps of neighbours, row by row, given up as soon as a row exceeds the limit. */
function within(a: readonly string[], b: readonly string[], limit: number, swaps: boolean): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let before: number[] = [];
  let previous = b.map((_, j) => j);
  previous.push(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (swaps && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return false;
    before = previous;
    previous = row;
  }
  return (previous[b.length] ?? 0) <= limit;
}
