import { scalarText } from '../../algebra/scalar-text.ts';
import { own, type Json, type JsonObject } from '../../../text/json.ts';
import type { MultiMatch } from '../../algebra/query.ts';
import { Unsupported } from '../../failure.ts';
import { fieldNames, flag, fuzziness, given, minimum, namedExactly, object, oneOf, only, operator, optionalText, prefixLength, present, text, valued, whole, type ClauseParser } from '../read.ts'; // prettier-ignore
import { refuse } from '../refuse.ts';
import { any, decimal, flagged, integer, notNegative, plain, rewriteMethod, share, type Shapes } from '../shapes.ts'; // prettier-ignore

/** Parameters that change a verdict in a way that is not run here, refused by name rather than left out. */
function unsupported(body: JsonObject, clause: string, names: readonly string[]): void {
  for (const name of names)
    if (own(body, name) !== undefined && own(body, name) !== null)
      throw new Unsupported(`[${clause}] with ${name === 'analyzer' ? 'an analyzer of its own' : name}`);
}

const FUZZY: Shapes = {
  fuzziness: any,
  prefix_length: integer,
  max_expansions: integer,
  fuzzy_transpositions: flagged,
  fuzzy_rewrite: rewriteMethod,
};

const edits = (more: JsonObject, clause: string) =>
  given({
    fuzziness: fuzziness(own(more, 'fuzziness'), `[${clause}] fuzziness`),
    prefixLength: prefixLength(more, clause),
    transpositions: flag(own(more, 'fuzzy_transpositions'), `[${clause}] fuzzy_transpositions`),
  });

const analyzer = (more: JsonObject, clause: string) =>
  given({ analyzer: optionalText(own(more, 'analyzer'), `[${clause}] analyzer`) });

const zero = (more: JsonObject, clause: string) =>
  given({
    zeroTermsQuery: oneOf(own(more, 'zero_terms_query'), ['none', 'all'] as const, `[${clause}] zero_terms_query`),
  });

const slop = (more: JsonObject, clause: string) => given({ slop: whole(own(more, 'slop'), `[${clause}] slop`) });

const counted = (more: JsonObject, clause: string) =>
  given({
    operator: operator(own(more, 'operator'), `[${clause}] operator`),
    minimumShouldMatch: minimum(own(more, 'minimum_should_match'), `[${clause}] minimum_should_match`),
  });

const match: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'match', ['query'], {
    operator: any,
    minimum_should_match: plain,
    lenient: flagged,
    zero_terms_query: any,
    analyzer: plain,
    auto_generate_synonyms_phrase_query: flagged,
    ...FUZZY,
  });
  return {
    kind: 'match',
    field,
    query: value,
    ...analyzer(more, 'match'),
    ...counted(more, 'match'),
    ...given({ lenient: flag(own(more, 'lenient'), '[match] lenient') }),
    ...zero(more, 'match'),
    ...edits(more, 'match'),
  };
};

const PHRASE: Shapes = { slop: notNegative, analyzer: plain, zero_terms_query: any };

const matchPhrase: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'match_phrase', ['query'], PHRASE);
  return {
    kind: 'match_phrase',
    field,
    query: value,
    ...analyzer(more, 'match_phrase'),
    ...slop(more, 'match_phrase'),
    ...zero(more, 'match_phrase'),
  };
};

const matchPhrasePrefix: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'match_phrase_prefix', ['query'], {
    ...PHRASE,
    max_expansions: notNegative,
  });
  return {
    kind: 'match_phrase_prefix',
    field,
    query: value,
    ...analyzer(more, 'match_phrase_prefix'),
    ...slop(more, 'match_phrase_prefix'),
    ...zero(more, 'match_phrase_prefix'),
  };
};

const matchBoolPrefix: ClauseParser = (body) => {
  const allowed = { operator: any, minimum_should_match: plain, analyzer: plain, ...FUZZY };
  const { field, value, more } = valued(body, 'match_bool_prefix', ['query'], allowed);
  return {
    kind: 'match_bool_prefix',
    field,
    // The value is made a text before a field reads it (MatchBoolPrefixQueryBuilder.java)
    query: scalarText(value),
    ...analyzer(more, 'match_bool_prefix'),
    ...counted(more, 'match_bool_prefix'),
    ...edits(more, 'match_bool_prefix'),
  };
};

const MULTI_TYPES = ['best_fields', 'most_fields', 'phrase', 'phrase_prefix', 'cross_fields', 'bool_prefix'] as const;

/** How the fields of a clause are taken together; `boolean` is an old name of the first. */
export const multiType = (value: Json | undefined, what: string): (typeof MULTI_TYPES)[number] | undefined =>
  value === 'boolean' ? 'best_fields' : namedExactly(value, MULTI_TYPES, what);

const NOT_WITH: readonly (readonly [string, readonly string[]])[] = [
  ['fuzziness', ['cross_fields', 'phrase', 'phrase_prefix']],
  ['slop', ['bool_prefix']],
];

const multiMatch: ClauseParser = (body) => {
  const inner = object(body, '[multi_match]');
  only(inner, 'multi_match', {
    query: plain,
    fields: any,
    type: any,
    operator: any,
    lenient: flagged,
    minimum_should_match: plain,
    tie_breaker: decimal,
    slop: notNegative,
    analyzer: plain,
    zero_terms_query: any,
    auto_generate_synonyms_phrase_query: flagged,
    ...FUZZY,
  });
  const type = multiType(own(inner, 'type'), '[multi_match] type') ?? 'best_fields';
  if (type === 'cross_fields') throw new Unsupported('[multi_match] of type cross_fields');
  // elasticsearch: MultiMatchQueryBuilder.doToQuery
  for (const [name, types] of NOT_WITH)
    if (own(inner, name) !== undefined && types.includes(type))
      refuse(`[multi_match] of type ${type} does not take ${name}`);
  const written = own(inner, 'fields');
  const fields = Array.isArray(written) && written.length === 0 ? undefined : written;
  const query: MultiMatch = {
    kind: 'multi_match',
    type,
    // As in MultiMatchQueryBuilder.java, which hands on a text
    query: scalarText(present(own(inner, 'query'), '[multi_match] query')),
    ...given({
      fields: fields === undefined ? undefined : fieldNames(fields, '[multi_match] fields', 'resets'),
      lenient: flag(own(inner, 'lenient'), '[multi_match] lenient'),
    }),
    ...analyzer(inner, 'multi_match'),
    ...counted(inner, 'multi_match'),
    ...slop(inner, 'multi_match'),
    ...zero(inner, 'multi_match'),
    ...edits(inner, 'multi_match'),
  };
  return query;
};

const QUERY_STRING: Shapes = {
  query: plain,
  fields: any,
  default_field: plain,
  default_operator: any,
  analyze_wildcard: flagged,
  lenient: flagged,
  time_zone: plain,
  minimum_should_match: plain,
  allow_leading_wildcard: flagged,
  type: any,
  escape: flagged,
  auto_generate_synonyms_phrase_query: flagged,
  fuzziness: any,
  fuzzy_max_expansions: integer,
  fuzzy_prefix_length: integer,
  fuzzy_transpositions: flagged,
  fuzzy_rewrite: rewriteMethod,
  phrase_slop: integer,
  quote_field_suffix: plain,
  rewrite: rewriteMethod,
  tie_breaker: share,
  max_determinized_states: integer,
  enable_position_increments: flagged,
  analyzer: plain,
  quote_analyzer: plain,
};

const queryString: ClauseParser = (body) => {
  const inner = object(body, '[query_string]');
  only(inner, 'query_string', QUERY_STRING);
  unsupported(inner, 'query_string', [
    'analyzer', 'quote_analyzer', 'quote_field_suffix', 'fuzzy_prefix_length', 'fuzzy_transpositions',
  ]); // prettier-ignore
  const fields = own(inner, 'fields');
  if (fields !== undefined && !Array.isArray(fields)) refuse('[query_string] fields has to be a list');
  const defaultField = optionalText(own(inner, 'default_field'), '[query_string] default_field');
  if (fields !== undefined && defaultField !== undefined)
    refuse('[query_string] takes fields or default_field, not both');
  const type = multiType(own(inner, 'type'), '[query_string] type');
  if (type === 'phrase_prefix' || type === 'cross_fields' || type === 'bool_prefix')
    throw new Unsupported(`[query_string] of type ${type}`);
  return {
    kind: 'query_string',
    query: text(own(inner, 'query'), '[query_string] query'),
    ...given({
      fields:
        fields === undefined || fields.length === 0 ? undefined : fieldNames(fields, '[query_string] fields', 'leaves'),
      defaultField,
      defaultOperator: operator(own(inner, 'default_operator'), '[query_string] default_operator'),
      analyzeWildcard: flag(own(inner, 'analyze_wildcard'), '[query_string] analyze_wildcard'),
      lenient: flag(own(inner, 'lenient'), '[query_string] lenient'),
      timeZone: optionalText(own(inner, 'time_zone'), '[query_string] time_zone'),
      minimumShouldMatch: minimum(own(inner, 'minimum_should_match'), '[query_string] minimum_should_match'),
      type,
      allowLeadingWildcard: flag(own(inner, 'allow_leading_wildcard'), '[query_string] allow_leading_wildcard'),
      fuzziness: fuzziness(own(inner, 'fuzziness'), '[query_string] fuzziness'),
      phraseSlop: whole(own(inner, 'phrase_slop'), '[query_string] phrase_slop'),
      escape: flag(own(inner, 'escape'), '[query_string] escape'),
    }),
  };
};

/** Clauses whose text goes through the field's analyzer. */
export const FULL_TEXT = {
  match,
  match_phrase: matchPhrase,
  match_phrase_prefix: matchPhrasePrefix,
  match_bool_prefix: matchBoolPrefix,
  multi_match: multiMatch,
  query_string: queryString,
};
