import { own, type Json, type JsonObject } from '../../../text/json.ts';
import type { MultiMatch } from '../../algebra/query.ts';
import { Unsupported } from '../../failure.ts';
import { flag, fuzziness, given, minimum, object, oneOf, only, operator, optionalText, prefixLength, present, refuse, text, valued, whole, type ClauseParser } from '../read.ts'; // prettier-ignore

/** Parameters that change a verdict in a way that is not run here, refused by name rather than left out. */
function unsupported(body: JsonObject, clause: string, names: readonly string[]): void {
  for (const name of names)
    if (own(body, name) !== undefined && own(body, name) !== null)
      throw new Unsupported(`[${clause}] with ${name === 'analyzer' ? 'an analyzer of its own' : name}`);
}

const FUZZY = ['fuzziness', 'prefix_length', 'max_expansions', 'fuzzy_transpositions', 'fuzzy_rewrite'];

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
  const { field, value, more } = valued(body, 'match', ['query'], [
    'operator', 'minimum_should_match', 'lenient', 'zero_terms_query', 'analyzer', 'auto_generate_synonyms_phrase_query', ...FUZZY,
  ]); // prettier-ignore
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

const matchPhrase: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'match_phrase', ['query'], ['slop', 'analyzer', 'zero_terms_query']);
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
  const { field, value, more } = valued(
    body,
    'match_phrase_prefix',
    ['query'],
    ['slop', 'analyzer', 'max_expansions', 'zero_terms_query'],
  );
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
  const allowed = ['operator', 'minimum_should_match', 'analyzer', ...FUZZY];
  const { field, value, more } = valued(body, 'match_bool_prefix', ['query'], allowed);
  return {
    kind: 'match_bool_prefix',
    field,
    query: value,
    ...analyzer(more, 'match_bool_prefix'),
    ...counted(more, 'match_bool_prefix'),
    ...edits(more, 'match_bool_prefix'),
  };
};

const MULTI_TYPES = ['best_fields', 'most_fields', 'phrase', 'phrase_prefix', 'cross_fields', 'bool_prefix'] as const;

const NOT_WITH: readonly (readonly [string, readonly string[]])[] = [
  ['fuzziness', ['cross_fields', 'phrase', 'phrase_prefix']],
  ['slop', ['bool_prefix']],
];

const multiMatch: ClauseParser = (body) => {
  const inner = object(body, '[multi_match]');
  only(inner, 'multi_match', [
    'query', 'fields', 'type', 'operator', 'lenient', 'minimum_should_match', 'tie_breaker', 'slop', 'analyzer',
    'zero_terms_query', 'auto_generate_synonyms_phrase_query', ...FUZZY,
  ]); // prettier-ignore
  const type = oneOf(own(inner, 'type'), MULTI_TYPES, '[multi_match] type') ?? 'best_fields';
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
    query: present(own(inner, 'query'), '[multi_match] query'),
    ...given({
      fields: fields === undefined ? undefined : names(fields, '[multi_match] fields'),
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

const names = (value: Json, what: string): readonly string[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((one) => text(one, what));

const STRING_TYPES = ['best_fields', 'most_fields', 'phrase', 'phrase_prefix', 'cross_fields', 'bool_prefix'] as const;

const queryString: ClauseParser = (body) => {
  const inner = object(body, '[query_string]');
  only(inner, 'query_string', [
    'query', 'fields', 'default_field', 'default_operator', 'analyze_wildcard', 'lenient', 'time_zone', 'minimum_should_match',
    'allow_leading_wildcard', 'type', 'escape', 'auto_generate_synonyms_phrase_query', 'fuzziness', 'fuzzy_max_expansions',
    'fuzzy_prefix_length', 'fuzzy_transpositions', 'fuzzy_rewrite', 'phrase_slop', 'quote_field_suffix', 'rewrite', 'tie_breaker',
    'max_determinized_states', 'enable_position_increments', 'analyzer', 'quote_analyzer',
  ]); // prettier-ignore
  unsupported(inner, 'query_string', [
    'analyzer', 'quote_analyzer', 'quote_field_suffix', 'fuzzy_prefix_length', 'fuzzy_transpositions',
  ]); // prettier-ignore
  const fields = own(inner, 'fields');
  if (fields !== undefined && !Array.isArray(fields)) refuse('[query_string] fields has to be a list');
  const defaultField = optionalText(own(inner, 'default_field'), '[query_string] default_field');
  if (fields !== undefined && defaultField !== undefined)
    refuse('[query_string] takes fields or default_field, not both');
  const type = oneOf(own(inner, 'type'), STRING_TYPES, '[query_string] type');
  if (type === 'phrase_prefix' || type === 'cross_fields' || type === 'bool_prefix')
    throw new Unsupported(`[query_string] of type ${type}`);
  return {
    kind: 'query_string',
    query: text(own(inner, 'query'), '[query_string] query'),
    ...given({
      fields: fields === undefined || fields.length === 0 ? undefined : names(fields, '[query_string] fields'),
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
