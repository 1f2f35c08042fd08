import { analyze, type Token } from '../../../fields/analysis/index.ts';
import type { AnalyzerDefinition, Field } from '../../../fields/mapping.ts';
import type { RunContext } from '../context.ts';
import { holdsTerms, looksForWords, noPhrase, refuseFuzzyKey } from './keyword.ts';
import { termRules } from './term-rules.ts';
import { termText } from './terms.ts';
import { ownAnalyzer } from './text-analyzers.ts';
import type { AnalysedClause, TextTest } from './text.ts';
import { wordsTest } from './words.ts';

const WHITESPACE: AnalyzerDefinition = { type: 'whitespace', lowercase: false, typeName: 'whitespace' };

const wordsOf = (clause: AnalysedClause, context: RunContext): readonly Token[] =>
  analyze(
    termText(clause.query, clause),
    clause.analyzer === undefined ? WHITESPACE : ownAnalyzer(clause.analyzer, context.mapping, clause.span),
  );

/** Whether the text of a clause is split into words, of which it has none: it looks for nothing then, not even in an index. */
export const hasNoWords = (field: Field, clause: AnalysedClause, context: RunContext): boolean =>
  holdsTerms(field) && looksForWords(field, clause) && wordsOf(clause, context).length === 0;

/**
 * A clause whose text is split into words, on a field whose values are terms as a whole: it has `split_queries_on_whitespace`, or
 * the clause names an analyzer. Each word is a term, and any value may be it.
 */
export function keywordWordsTest(field: Field, clause: AnalysedClause, context: RunContext): TextTest {
  const rules = termRules(context, field);
  const text = termText(clause.query, clause);
  const tokens = wordsOf(clause, context).map((token) => ({ ...token, term: rules.normalize(token.term) }));
  if (clause.kind === 'match_phrase_prefix') throw noPhrase('prefix', field, clause);
  if (clause.kind === 'match_phrase' && tokens.length > 1) throw noPhrase('', field, clause);
  // All words but one that is a prefix
  if (clause.kind !== 'match_bool_prefix' || tokens.length > 1 || tokens[0]?.end !== text.length)
    refuseFuzzyKey(field, clause);
  const words = clause.kind === 'match_phrase' ? ({ ...clause, kind: 'match' } as const) : clause;
  const test = wordsTest(tokens, text.length, words, rules);
  return (values) => values.length > 0 && test(new Set(values.map(String)));
}
