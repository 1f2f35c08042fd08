import { isJsonObject, jsonText, own, type Json, type JsonObject } from '../../text/json.ts';
import { didYouMean } from '../../text/suggest.ts';
import type { MultiMatch, Query, Range, Scalar } from '../algebra/query.ts';
import { QueryFailure, Unsupported } from '../failure.ts';

/** Depth of clauses that Elasticsearch accepts (indices.query.bool.max_nested_depth is 30 there; ours leaves room). */
const MAX_DEPTH = 200;

const fail = (what: string, help?: string): never => {
  throw new QueryFailure(what, { why: 'Elasticsearch refuses the search', ...(help === undefined ? {} : { help }) });
};

const object = (value: Json | undefined, what: string): JsonObject =>
  isJsonObject(value) ? value : fail(`${what} has to be an object`);

function scalar(value: Json | undefined, what: string): Scalar {
  if (value === undefined || typeof value === 'object') {
    if (value === null) return null;
    return fail(`${what} needs a plain value`);
  }
  return value;
}

const text = (value: Json | undefined, what: string): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : fail(`${what} has to be text`);

const flag = (value: Json | undefined): boolean | undefined =>
  value === undefined || value === null ? undefined : value === true || value === 'true';

const spec = (value: Json | undefined): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;

/** Refuses parameters that are not listed; `boost` and `_name` are always allowed and change no verdict. */
function only(body: JsonObject, clause: string, allowed: readonly string[]): void {
  for (const key of Object.keys(body))
    if (key !== 'boost' && key !== '_name' && !allowed.includes(key))
      fail(`[${clause}] does not know the parameter [${key}]${didYouMean(key, allowed)}`);
}

/** `{field: body}`: exactly one field beside boost and _name. */
function oneField(body: JsonObject, clause: string): { readonly field: string; readonly value: Json } {
  const names = Object.keys(body).filter((key) => key !== 'boost' && key !== '_name');
  const field = names[0];
  if (field === undefined || names.length > 1) return fail(`[${clause}] takes one field, it has ${names.length}`);
  return { field, value: own(body, field) ?? null };
}

/** Members that are there. */
function present<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

type Parser = (body: Json, depth: number) => Query;

function list(value: Json | undefined, depth: number): readonly Query[] | undefined {
  if (value === undefined || value === null) return undefined;
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return items.map((item) => parse(item, depth + 1));
}

function ranged(body: Json): Query {
  const { field, value } = oneField(object(body, '[range]'), 'range');
  const bounds = object(value, `[range] on ${field}`);
  only(bounds, 'range', [
    'gt',
    'gte',
    'lt',
    'lte',
    'format',
    'time_zone',
    'relation',
    'from',
    'to',
    'include_lower',
    'include_upper',
  ]);
  if (['from', 'to', 'include_lower', 'include_upper'].some((key) => Object.hasOwn(bounds, key)))
    fail(
      '[range] no longer knows from, to, include_lower and include_upper',
      'they are gone since Elasticsearch 9.0: write gte and lte',
    );
  const bound = (key: string): Scalar | undefined => {
    const found = own(bounds, key);
    return found === undefined || found === null ? undefined : scalar(found, `[range] ${key}`);
  };
  const range: Range = {
    kind: 'range',
    field,
    ...present({
      gt: bound('gt'),
      gte: bound('gte'),
      lt: bound('lt'),
      lte: bound('lte'),
      format: typeof own(bounds, 'format') === 'string' ? text(own(bounds, 'format'), 'format') : undefined,
      timeZone: typeof own(bounds, 'time_zone') === 'string' ? text(own(bounds, 'time_zone'), 'time_zone') : undefined,
    }),
  };
  return range;
}

/** `{field: value}` or `{field: {<key>: value, …}}`. */
function valued(
  body: Json,
  clause: string,
  keys: readonly string[],
  allowed: readonly string[],
): { field: string; value: Json; more: JsonObject } {
  const { field, value } = oneField(object(body, `[${clause}]`), clause);
  if (!isJsonObject(value)) return { field, value, more: {} };
  only(value, clause, [...keys, ...allowed]);
  const key = keys.find((one) => Object.hasOwn(value, one));
  return {
    field,
    value: key === undefined ? fail(`[${clause}] on ${field} has no ${keys[0] ?? 'value'}`) : (own(value, key) ?? null),
    more: value,
  };
}

const caseFlag = (more: JsonObject): { caseInsensitive?: boolean } =>
  present({ caseInsensitive: flag(own(more, 'case_insensitive')) });

const operatorOf = (value: Json | undefined): 'and' | 'or' | undefined =>
  value === undefined ? undefined : jsonText(value).toLowerCase() === 'and' ? 'and' : 'or';

const zeroOf = (value: Json | undefined): 'none' | 'all' | undefined =>
  value === undefined ? undefined : jsonText(value).toLowerCase() === 'all' ? 'all' : 'none';

const MULTI_TYPES = ['best_fields', 'most_fields', 'phrase', 'phrase_prefix'] as const;

const CLAUSES: Readonly<Record<string, Parser>> = {
  match_all: () => ({ kind: 'match_all' }),
  match_none: () => ({ kind: 'match_none' }),
  term: (body) => {
    const { field, value, more } = valued(body, 'term', ['value', 'term'], ['case_insensitive']);
    return { kind: 'term', field, value: scalar(value, '[term]'), ...caseFlag(more) };
  },
  terms: (body) => {
    const { field, value } = oneField(object(body, '[terms]'), 'terms');
    if (!Array.isArray(value)) {
      if (isJsonObject(value)) throw new Unsupported('a terms lookup in another index');
      return fail(`[terms] on ${field} needs a list`);
    }
    return { kind: 'terms', field, values: (value as readonly Json[]).map((item) => scalar(item, '[terms]')) };
  },
  wildcard: (body) => {
    const { field, value, more } = valued(body, 'wildcard', ['value', 'wildcard'], ['case_insensitive', 'rewrite']);
    return { kind: 'wildcard', field, pattern: text(value, '[wildcard]'), ...caseFlag(more) };
  },
  prefix: (body) => {
    const { field, value, more } = valued(body, 'prefix', ['value', 'prefix'], ['case_insensitive', 'rewrite']);
    return { kind: 'prefix', field, value: text(value, '[prefix]'), ...caseFlag(more) };
  },
  regexp: (body) => {
    const { field, value, more } = valued(
      body,
      'regexp',
      ['value'],
      ['case_insensitive', 'flags', 'max_determinized_states', 'rewrite'],
    );
    const flags = own(more, 'flags');
    if (typeof flags === 'string' && flags !== 'ALL' && flags !== '')
      throw new Unsupported(`[regexp] with flags ${flags}`);
    return { kind: 'regexp', field, pattern: text(value, '[regexp]'), ...caseFlag(more) };
  },
  range: ranged,
  exists: (body) => {
    const inner = object(body, '[exists]');
    only(inner, 'exists', ['field']);
    return { kind: 'exists', field: text(own(inner, 'field'), '[exists] field') };
  },
  ids: (body) => {
    const values = own(object(body, '[ids]'), 'values');
    return {
      kind: 'ids',
      values: Array.isArray(values) ? values.map(String) : values === undefined ? [] : [text(values, '[ids]')],
    };
  },
  match: (body) => {
    const { field, value, more } = valued(body, 'match', ['query'], [
      'operator', 'minimum_should_match', 'lenient', 'zero_terms_query', 'fuzziness', 'analyzer', 'prefix_length', 'max_expansions',
      'fuzzy_transpositions', 'fuzzy_rewrite', 'auto_generate_synonyms_phrase_query', 'cutoff_frequency',
    ]); // prettier-ignore
    if (own(more, 'analyzer') !== undefined) throw new Unsupported('[match] with an analyzer of its own');
    return {
      kind: 'match',
      field,
      query: scalar(value, '[match]'),
      ...present({
        operator: operatorOf(own(more, 'operator')),
        minimumShouldMatch: spec(own(more, 'minimum_should_match')),
        lenient: flag(own(more, 'lenient')),
        zeroTermsQuery: zeroOf(own(more, 'zero_terms_query')),
        fuzziness: spec(own(more, 'fuzziness')),
      }),
    };
  },
  match_phrase: (body) => {
    const { field, value, more } = valued(body, 'match_phrase', ['query'], ['slop', 'analyzer', 'zero_terms_query']);
    if (own(more, 'analyzer') !== undefined) throw new Unsupported('[match_phrase] with an analyzer of its own');
    const slop = own(more, 'slop');
    return {
      kind: 'match_phrase',
      field,
      query: scalar(value, '[match_phrase]'),
      ...present({
        slop: slop === undefined ? undefined : Number(slop),
        zeroTermsQuery: zeroOf(own(more, 'zero_terms_query')),
      }),
    };
  },
  match_phrase_prefix: (body) => {
    const { field, value, more } = valued(
      body,
      'match_phrase_prefix',
      ['query'],
      ['slop', 'max_expansions', 'zero_terms_query'],
    );
    const slop = own(more, 'slop');
    return {
      kind: 'match_phrase_prefix',
      field,
      query: scalar(value, '[match_phrase_prefix]'),
      ...present({ slop: slop === undefined ? undefined : Number(slop) }),
    };
  },
  match_bool_prefix: (body) => {
    const { field, value } = valued(body, 'match_bool_prefix', ['query'], []);
    return { kind: 'match_bool_prefix', field, query: scalar(value, '[match_bool_prefix]') };
  },
  multi_match: (body) => {
    const inner = object(body, '[multi_match]');
    only(inner, 'multi_match', [
      'query',
      'fields',
      'type',
      'operator',
      'lenient',
      'minimum_should_match',
      'tie_breaker',
      'slop',
    ]);
    const type = own(inner, 'type') ?? 'best_fields';
    const known = MULTI_TYPES.find((one) => one === type);
    if (known === undefined) throw new Unsupported(`[multi_match] of type ${text(type, 'type')}`);
    const fields = own(inner, 'fields');
    const query: MultiMatch = {
      kind: 'multi_match',
      type: known,
      query: scalar(own(inner, 'query'), '[multi_match] query'),
      ...present({
        fields: Array.isArray(fields) ? fields.map(String) : typeof fields === 'string' ? [fields] : undefined,
        operator: operatorOf(own(inner, 'operator')),
        lenient: flag(own(inner, 'lenient')),
        minimumShouldMatch: spec(own(inner, 'minimum_should_match')),
      }),
    };
    return query;
  },
  query_string: (body) => {
    const inner = object(body, '[query_string]');
    only(inner, 'query_string', [
      'query', 'fields', 'default_field', 'default_operator', 'analyze_wildcard', 'lenient', 'time_zone', 'minimum_should_match',
      'allow_leading_wildcard', 'type', 'escape', 'auto_generate_synonyms_phrase_query', 'fuzziness', 'fuzzy_max_expansions',
      'fuzzy_prefix_length', 'fuzzy_transpositions', 'phrase_slop', 'quote_field_suffix', 'rewrite', 'max_determinized_states', 'enable_position_increments',
    ]); // prettier-ignore
    const fields = own(inner, 'fields');
    const field = own(inner, 'default_field');
    return {
      kind: 'query_string',
      query: text(own(inner, 'query'), '[query_string] query'),
      ...present({
        fields: Array.isArray(fields) ? fields.map(String) : undefined,
        defaultField: typeof field === 'string' ? field : undefined,
        defaultOperator: operatorOf(own(inner, 'default_operator')),
        analyzeWildcard: flag(own(inner, 'analyze_wildcard')),
        lenient: flag(own(inner, 'lenient')),
        timeZone: typeof own(inner, 'time_zone') === 'string' ? text(own(inner, 'time_zone'), 'time_zone') : undefined,
        minimumShouldMatch: spec(own(inner, 'minimum_should_match')),
      }),
    };
  },
  bool: (body, depth) => {
    const inner = object(body, '[bool]');
    only(inner, 'bool', ['must', 'filter', 'should', 'must_not', 'minimum_should_match', 'adjust_pure_negative']);
    return {
      kind: 'bool',
      ...present({
        must: list(own(inner, 'must'), depth),
        filter: list(own(inner, 'filter'), depth),
        should: list(own(inner, 'should'), depth),
        mustNot: list(own(inner, 'must_not'), depth),
        minimumShouldMatch: spec(own(inner, 'minimum_should_match')),
        adjustPureNegative: flag(own(inner, 'adjust_pure_negative')),
      }),
    };
  },
  constant_score: (body, depth) => parse(own(object(body, '[constant_score]'), 'filter') ?? null, depth + 1),
  boosting: (body, depth) => parse(own(object(body, '[boosting]'), 'positive') ?? null, depth + 1),
  dis_max: (body, depth) => ({
    kind: 'dis_max',
    queries: list(own(object(body, '[dis_max]'), 'queries'), depth) ?? [],
  }),
  function_score: (body, depth) => {
    const inner = object(body, '[function_score]');
    if (own(inner, 'min_score') !== undefined) throw new Unsupported('[function_score] with min_score');
    const query = own(inner, 'query');
    return query === undefined ? { kind: 'match_all' } : parse(query, depth + 1);
  },
  nested: (body, depth) => {
    const inner = object(body, '[nested]');
    only(inner, 'nested', ['path', 'query', 'ignore_unmapped', 'score_mode', 'inner_hits']);
    return {
      kind: 'nested',
      path: text(own(inner, 'path'), '[nested] path'),
      query: parse(own(inner, 'query') ?? null, depth + 1),
      ...present({ ignoreUnmapped: flag(own(inner, 'ignore_unmapped')) }),
    };
  },
  simple_query_string: (body) => {
    const inner = object(body, '[simple_query_string]');
    const query = text(own(inner, 'query'), '[simple_query_string] query');
    return simpleQueryString(query, inner);
  },
};

/** Clauses that exist in Elasticsearch and cannot be run here. */
const KNOWN = [
  'script', 'script_score', 'percolate', 'more_like_this', 'geo_distance', 'geo_bounding_box', 'geo_shape', 'has_child',
  'has_parent', 'parent_id', 'fuzzy', 'intervals', 'span_term', 'span_near', 'span_or', 'terms_set', 'distance_feature',
  'rank_feature', 'knn', 'semantic', 'kql', 'wrapper', 'pinned', 'combined_fields', 'rule', 'text_expansion', 'sparse_vector',
]; // prettier-ignore

/**
 * simple_query_string never fails on syntax. `+` and, `|` or (the default), `-` not, quotes a phrase, a star at the end a
 * prefix; parentheses and edits (`~n`) are not run (elasticsearch: SimpleQueryStringQueryParser.java).
 */
function simpleQueryString(query: string, body: JsonObject): Query {
  if (/[()~\\]/.test(query)) throw new Unsupported('[simple_query_string] with parentheses, escapes or "~"');
  const fields = own(body, 'fields');
  const names = Array.isArray(fields) ? fields.map(String) : undefined;
  const and = operatorOf(own(body, 'default_operator')) === 'and';
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

function parse(json: Json, depth: number): Query {
  if (depth > MAX_DEPTH) return fail(`the query is nested more than ${MAX_DEPTH} levels deep`);
  const body = object(json, 'a query');
  const names = Object.keys(body);
  const name = names[0];
  if (name === undefined) return fail('a query names one clause, this one is empty');
  if (names.length > 1) return fail(`a query names one clause, this one has ${names.length}: ${names.join(', ')}`);
  const parser = Object.hasOwn(CLAUSES, name) ? CLAUSES[name] : undefined;
  if (parser === undefined) {
    if (KNOWN.includes(name)) throw new Unsupported(`the query clause [${name}]`);
    return fail(`unknown query [${name}]${didYouMean(name, Object.keys(CLAUSES))}`);
  }
  return parser(own(body, name) ?? null, depth);
}

/**
 * A query of Elasticsearch's Query DSL as algebra. Throws a QueryFailure for what Elasticsearch would refuse and for
 * clauses that cannot be run, by name.
 */
export const parseDsl = (json: Json): Query => parse(json, 0);
