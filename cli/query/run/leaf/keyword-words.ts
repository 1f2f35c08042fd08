import { analyze } from '../../../fields/analysis/index.ts';
import type { AnalyzerDefinition, Field } from '../../../fields/mapping.ts';
import type { RunContext } from '../context.ts';
import { noPhrase, refuseFuzzyKey } from './keyword.ts';
import { termRules } from './term-rules.ts';
import { termText } from './terms.ts';
import { ownAnalyzer } from './text-analyzers.ts';
import type { AnalysedClause, TextTest } from './text.ts';
import { wordsTest } from './words.ts';

const WHITESPACE: AnalyzerDefinition = { type: 'whitespace', lowercase: false, typeName: 'whitespace' };

/**
 * A clause whose text is split into words, on a field whose values are terms as a whole: it has `split_queries_on_whitespace`, or
 * the clause names an analyzer. Each word is a term, and any value may be it.
 */
export function keywordWordsTest(field: Field, clause: AnalysedClause, context: RunContext): TextTest {
  const rules = termRules(context, field);
  const text = termText(clause.query, clause);
  const analyzer =
    clause.analyzer === undefined ? WHITESPACE : ownAnalyzer(clause.analyzer, context.mapping, clause.span);
  const tokens = analyze(text, analyzer).map((token) => ({ ...token, term: rules.normalize(token.term) }));
  if (tokens.length === 0) {
    const zero = clause.zeroTermsQuery === 'all';
    return () => zero;
  }
  if (clause.kind === 'match_phrase_prefix') throw noPhrase('prefix', field, clause);
  if (clause.kind === 'match_phrase' && tokens.length > 1) throw noPhrase('', field, clause);
  // All words but one that is a prefix
  if (clause.kind !== 'match_bool_prefix' || tokens.length > 1 || tokens[0]?.end !== text.length)
    refuseFuzzyKey(field, clause);
  const words = clause.kind === 'match_phrase' ? ({ ...clause, kind: 'match' } as const) : clause;
  const test = wordsTest(tokens, text.length, words, rules);
  return (values) => values.length > 0 && test(new Set(values.map(String)));
}
