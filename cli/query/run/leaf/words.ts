import type { Token } from '../../../fields/analysis/index.ts';
import type { Match, MatchBoolPrefix } from '../../algebra/query.ts';
import { minimumShouldMatch } from '../minimum-should-match.ts';
import { fuzzyTest } from './fuzzy.ts';
import type { TermRules } from './term-rules.ts';

/** One word of a text that is looked for: a term, or what terms may be instead. */
interface Word {
  readonly term: string;
  /** Absent: the term itself. */
  readonly test?: (term: string) => boolean;
}

/**
 * Whether enough words of `match` or `match_bool_prefix` are among the terms of a field. The last word of a bool_prefix is a
 * prefix if the text ends with it: in `"10.0.0."` and `"qui "` it is a term (elasticsearch: MatchQueryParser.java
 * analyzeMultiBoolean).
 *
 * Each token is an optional clause, one that is written twice counting twice. minimum_should_match speaks of optional clauses: with
 * `operator: and` there are none, and more than none of them are never met (elasticsearch: Queries.java applyMinimumShouldMatch).
 */
export function wordsTest(
  tokens: readonly Token[],
  length: number,
  clause: Match | MatchBoolPrefix,
  rules: TermRules,
): (terms: ReadonlySet<string>) => boolean {
  const prefixed = clause.kind === 'match_bool_prefix' && tokens.at(-1)?.end === length;
  const words = tokens.map(({ term }, at): Word => {
    if (prefixed && at === tokens.length - 1) return { term, test: (actual) => actual.startsWith(term) };
    return clause.fuzziness === undefined ? { term } : { term, test: fuzzyTest(term, clause, rules) };
  });
  const { operator, minimumShouldMatch: spec } = clause;
  const counted = spec !== undefined && words.length > 1;
  if (operator === 'and' && counted && minimumShouldMatch(0, spec) > 0) return () => false;
  const needed = operator === 'and' ? words.length : Math.max(1, counted ? minimumShouldMatch(words.length, spec) : 1);
  if (needed > words.length) return () => false;
  return (terms) => {
    let met = 0;
    for (const word of words) if (isAmong(word, terms) && ++met >= needed) return true;
    return false;
  };
}

function isAmong({ term, test }: Word, terms: ReadonlySet<string>): boolean {
  if (test === undefined) return terms.has(term);
  for (const actual of terms) if (test(actual)) return true;
  return false;
}
