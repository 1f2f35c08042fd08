import type { MultiMatch, Query } from '../algebra/query.ts';
import type { RunContext } from './context.ts';
import { searchedFields } from './default-fields.ts';
import { termText } from './leaf/terms.ts';
import { refuseUnknownAnalyzer } from './leaf/text-analyzers.ts';

/**
 * multi_match as one clause a mapped field, any of which may match; `best_fields` and `most_fields` differ only in score. A number
 * is text here (elasticsearch: MatchQueryParser.java parse).
 */
export function expandMultiMatch(clause: MultiMatch, context: RunContext): Query {
  if (clause.analyzer !== undefined) refuseUnknownAnalyzer(clause.analyzer, context.mapping, clause.span);
  const { fields, everything } = searchedFields(clause.fields, context);
  const lenient = clause.lenient ?? everything;
  const query = termText(clause.query, clause);
  const span = clause.span === undefined ? {} : { span: clause.span };
  const analyzer = clause.analyzer === undefined ? {} : { analyzer: clause.analyzer };
  const edits = {
    ...(clause.fuzziness === undefined ? {} : { fuzziness: clause.fuzziness }),
    ...(clause.prefixLength === undefined ? {} : { prefixLength: clause.prefixLength }),
    ...(clause.transpositions === undefined ? {} : { transpositions: clause.transpositions }),
  };
  const zero = clause.zeroTermsQuery === undefined ? {} : { zeroTermsQuery: clause.zeroTermsQuery };
  const queries = fields.map(({ name: field }): Query => {
    switch (clause.type) {
      case 'phrase':
      case 'phrase_prefix':
        return {
          kind: clause.type === 'phrase' ? 'match_phrase' : 'match_phrase_prefix',
          field,
          query,
          lenient,
          ...(clause.slop === undefined ? {} : { slop: clause.slop }),
          ...zero,
          ...analyzer,
          ...span,
        };
      case 'best_fields':
      case 'most_fields':
        return {
          kind: 'match',
          field,
          query,
          lenient,
          ...(clause.operator === undefined ? {} : { operator: clause.operator }),
          ...(clause.minimumShouldMatch === undefined ? {} : { minimumShouldMatch: clause.minimumShouldMatch }),
          ...edits,
          ...zero,
          ...analyzer,
          ...span,
        };
      case 'bool_prefix':
        return {
          kind: 'match_bool_prefix',
          field,
          query,
          lenient,
          ...(clause.operator === undefined ? {} : { operator: clause.operator }),
          ...(clause.minimumShouldMatch === undefined ? {} : { minimumShouldMatch: clause.minimumShouldMatch }),
          ...edits,
          ...zero,
          ...analyzer,
          ...span,
        };
    }
  });
  return { kind: 'dis_max', queries, ...span };
}
