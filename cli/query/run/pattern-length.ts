import type { Mapping } from '../../fields/mapping.ts';
import type { Prefix, Regexp } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';

/** `index.max_regex_length` of Elasticsearch. */
export const maxRegexLength = (mapping: Mapping): number => mapping.options?.maxRegexLength ?? 1000;

/**
 * Refuses a regular expression, and a prefix that no query_string brings, that is longer than the index allows
 * (elasticsearch: RegexpQueryBuilder.java, PrefixQueryBuilder.java doToQuery).
 */
export function refuseLongPattern(clause: Regexp | Prefix, mapping: Mapping): void {
  if (clause.kind === 'prefix' && clause.fromQueryString === true) return;
  const [text, what] = clause.kind === 'prefix' ? [clause.value, 'prefix'] : [clause.pattern, 'regular expression'];
  const limit = maxRegexLength(mapping);
  if (text.length > limit)
    throw new QueryFailure(`the ${what} has ${text.length} characters, ${limit} are allowed`, {
      span: clause.span,
      why: 'Elasticsearch refuses longer ones (index.max_regex_length)',
    });
}
