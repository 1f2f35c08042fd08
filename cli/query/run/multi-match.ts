import type { MultiMatch, Query } from '../algebra/query.ts';
import type { RunContext } from './context.ts';
import { defaultFieldNames, defaultFields, namedFields } from './default-fields.ts';

/** multi_match as one clause a field, any of which may match; `best_fields` and `most_fields` differ only in score. */
export function expandMultiMatch(clause: MultiMatch, context: RunContext): Query {
  const fields = clause.fields ?? defaultFieldNames(context);
  const everything = fields === undefined || fields.some((name) => name === '*');
  const lenient = clause.lenient ?? everything;
  const names = everything
    ? defaultFields(context).map((field) => field.name)
    : fields.flatMap((written) => {
        const name = written.replace(/\^.*$/s, '');
        return name.includes('*') ? namedFields(name, context, true).map((field) => field.name) : [name];
      });
  const span = clause.span === undefined ? {} : { span: clause.span };
  const analyzer = clause.analyzer === undefined ? {} : { analyzer: clause.analyzer };
  const edits = {
    ...(clause.fuzziness === undefined ? {} : { fuzziness: clause.fuzziness }),
    ...(clause.prefixLength === undefined ? {} : { prefixLength: clause.prefixLength }),
    ...(clause.transpositions === undefined ? {} : { transpositions: clause.transpositions }),
  };
  const zero = clause.zeroTermsQuery === undefined ? {} : { zeroTermsQuery: clause.zeroTermsQuery };
  const queries = names.map((field): Query => {
    switch (clause.type) {
      case 'phrase':
      case 'phrase_prefix':
        return {
          kind: clause.type === 'phrase' ? 'match_phrase' : 'match_phrase_prefix',
          field,
          query: clause.query,
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
          query: clause.query,
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
          query: clause.query,
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
