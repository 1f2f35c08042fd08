import { own, type Json, type JsonObject } from '../../../text/json.ts';
import type { Query } from '../../algebra/query.ts';
import { Unsupported } from '../../failure.ts';
import { object, only, operator, text, type ClauseParser } from '../read.ts';

export const simpleQueryString: ClauseParser = (body) => {
  const inner = object(body, '[simple_query_string]');
  only(inner, 'simple_query_string', [
    'query', 'fields', 'default_operator', 'analyze_wildcard', 'lenient', 'flags', 'minimum_should_match', 'analyzer',
    'quote_field_suffix', 'auto_generate_synonyms_phrase_query', 'fuzzy_max_expansions', 'fuzzy_prefix_length',
    'fuzzy_transpositions',
  ]); // prettier-ignore
  for (const name of ['flags', 'minimum_should_match', 'analyzer', 'quote_field_suffix'])
    if (own(inner, name) !== undefined) throw new Unsupported(`[simple_query_string] with ${name}`);
  return lower(text(own(inner, 'query'), '[simple_query_string] query'), inner);
};

/**
 * simple_query_string never fails on syntax. `+` and, `|` or (the default), `-` not, quotes a phrase, a star at the end a
 * prefix; parentheses and edits (`~n`) are not run (elasticsearch: SimpleQueryStringQueryParser.java).
 */
function lower(query: string, body: JsonObject): Query {
  if (/[()~\\]/.test(query)) throw new Unsupported('[simple_query_string] with parentheses, escapes or "~"');
  const fields = own(body, 'fields');
  const names = Array.isArray(fields) ? (fields as readonly Json[]).map(String) : undefined;
  const and = operator(own(body, 'default_operator'), '[simple_query_string] default_operator') === 'and';
  const base = { ...(names === undefined ? { lenient: true } : { fields: names }) };
  let result: Query | undefined;
  let nextAnd = and;
  for (const [token] of query.matchAll(/-?"[^"]*"?|[+|]|[^\s+|]+/g)) {
    if (token === '+' || token === '|') {
      nextAnd = token === '+';
      continue;
    }
    const negated = token.startsWith('-') && token.length > 1;
    const word = negated ? token.slice(1) : token;
    const quoted = word.startsWith('"');
    const value = quoted ? word.replaceAll('"', '') : word;
    if (value.replace(/\*$/, '') === '') continue;
    const prefix = !quoted && value.endsWith('*') && value.length > 1;
    const clause: Query = prefix
      ? {
          kind: 'query_string',
          query: value.replace(/[-=&|><!(){}[\]^"~?:\\/+]/g, '\\$&'),
          analyzeWildcard: false,
          ...base,
        }
      : { kind: 'multi_match', type: quoted ? 'phrase' : 'best_fields', query: value, ...base };
    const one: Query = negated ? { kind: 'bool', mustNot: [clause] } : clause;
    result =
      result === undefined
        ? one
        : nextAnd
          ? { kind: 'bool', must: [result, one] }
          : { kind: 'bool', should: [result, one] };
    nextAnd = and;
  }
  return result ?? { kind: 'match_none' };
}
