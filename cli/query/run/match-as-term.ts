import type { Field } from '../../fields/mapping.ts';
import type { Match, MatchPhrase, Query } from '../algebra/query.ts';
import { scalarText } from '../algebra/scalar-text.ts';
import type { RunContext } from './context.ts';
import { searchAnalyzerOf } from './leaf/text-analyzers.ts';
import { refuseLongTerm } from './term-length.ts';

/**
 * A match or match_phrase whose analyzer takes its text as a whole becomes a term before it is built, whose length is measured then.
 * That analyzer is the one for words even in a phrase (elasticsearch: MatchQueryBuilder.java, MatchPhraseQueryBuilder.java
 * doIndexMetadataRewrite).
 */
export function matchAsTerm(clause: Match | MatchPhrase, field: Field | undefined, context: RunContext): Query {
  // It is no term then, and its value is read as the text that Java prints of it, as a field reads one (MatchQueryParser.java parse)
  if (clause.kind === 'match' && clause.lenient === true) return asText(clause);
  if (clause.kind === 'match' && clause.fuzziness !== undefined) return clause;
  if (!isTakenWhole(clause, field, context)) return clause;
  refuseLongTerm(clause.query, clause);
  if (clause.kind === 'match' || field === undefined || !isText(field)) return clause;
  const { field: name, query: value, span } = clause;
  return { kind: 'term', field: name, value, ...(span === undefined ? {} : { span }) };
}

const asText = (clause: Match): Match =>
  typeof clause.query === 'string' || clause.query === null ? clause : { ...clause, query: scalarText(clause.query) };

const isText = ({ type }: Field): boolean => type === 'text' || type === 'match_only_text';

/** Whether the analyzer is the built-in one that does nothing. */
function isTakenWhole({ analyzer }: Match | MatchPhrase, field: Field | undefined, { mapping }: RunContext): boolean {
  if (analyzer !== undefined) return analyzer === 'keyword' && mapping.analyzer(analyzer) === undefined;
  if (field === undefined) return false;
  if (isText(field)) {
    const name = field.searchAnalyzer ?? field.analyzer;
    return name !== undefined && searchAnalyzerOf(field, mapping).typeName === 'keyword';
  }
  return field.normalizer === undefined && field.splitQueriesOnWhitespace !== true;
}
