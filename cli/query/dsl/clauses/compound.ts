import { elements, own, type Json, type JsonObject } from '../../../text/json.ts';
import { isBase64 } from '../../../fields/values/types/base64.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import type { Bool, Query } from '../../algebra/query.ts';
import { Unsupported } from '../../failure.ts';
import { clauses, flag, given, minimum, namedExactly, object, oneOf, only, text, withoutNulls, type ClauseParser } from '../read.ts'; // prettier-ignore
import { refuse } from '../refuse.ts';
import { any, decimal, flagged, numberOf, onlyText, plain, plainOrNull, positive, share, type Shape, type Shapes } from '../shapes.ts'; // prettier-ignore

const matchAll: ClauseParser = (body) => {
  only(object(body, '[match_all]'), 'match_all', { _name: onlyText });
  return { kind: 'match_all' };
};

const matchNone: ClauseParser = (body) => {
  only(object(body, '[match_none]'), 'match_none', {});
  return { kind: 'match_none' };
};

const bool: ClauseParser = (body, depth, inner) => {
  const value = object(body, '[bool]');
  only(value, 'bool', {
    must: any,
    filter: any,
    should: any,
    must_not: any,
    minimum_should_match: plainOrNull,
    adjust_pure_negative: flagged,
    _name: onlyText,
  });
  const list = (key: string): readonly Query[] | undefined => clauses(own(value, key), depth, inner, `[bool] ${key}`);
  const made: Bool = {
    kind: 'bool',
    ...given({
      must: list('must'),
      filter: list('filter'),
      should: list('should'),
      mustNot: list('must_not'),
      minimumShouldMatch: minimum(own(value, 'minimum_should_match'), '[bool] minimum_should_match'),
      adjustPureNegative: flag(own(value, 'adjust_pure_negative'), '[bool] adjust_pure_negative'),
    }),
  };
  return made;
};

const required = (value: Json | undefined, what: string): Json => value ?? refuse(`${what} is missing`);

const constantScore: ClauseParser = (body, depth, inner) => {
  const value = object(body, '[constant_score]');
  only(value, 'constant_score', { filter: any });
  return {
    kind: 'constant_score',
    query: inner(required(own(value, 'filter'), '[constant_score] filter'), depth + 1),
  };
};

const boosting: ClauseParser = (body, depth, inner) => {
  const value = withoutNulls(object(body, '[boosting]'));
  only(value, 'boosting', { positive: any, negative: any, negative_boost: positive });
  const negativeBoost = numberOf(required(own(value, 'negative_boost'), '[boosting] negative_boost')) ?? 0;
  return {
    kind: 'boosting',
    positive: inner(required(own(value, 'positive'), '[boosting] positive'), depth + 1),
    negative: inner(required(own(value, 'negative'), '[boosting] negative'), depth + 1),
    negativeBoost,
  };
};

const disMax: ClauseParser = (body, depth, inner) => {
  const value = object(body, '[dis_max]');
  only(value, 'dis_max', { queries: any, tie_breaker: share });
  const queries = clauses(own(value, 'queries'), depth, inner, '[dis_max] queries') ?? [];
  return queries.length === 0 ? refuse('[dis_max] has no queries') : { kind: 'dis_max', queries };
};

/** Functions of the score that read nothing; the others fail on a field that is not there, or on their script. */
const FUNCTIONS: Shapes = { weight: positive, random_score: any };
const OTHER_FUNCTIONS = ['script_score', 'field_value_factor', 'gauss', 'linear', 'exp'];

function plainFunctions(body: JsonObject): void {
  for (const name of OTHER_FUNCTIONS)
    if (own(body, name) !== undefined) throw new Unsupported(`[function_score] with ${name}`);
}

const COMBINED = ['multiply', 'sum', 'avg', 'max', 'min'] as const;
const among =
  (known: readonly string[]): Shape =>
  (value, what) =>
    void oneOf(value, known, what);

const functionScore: ClauseParser = (body, depth, inner) => {
  const value = withoutNulls(object(body, '[function_score]'));
  if (own(value, 'min_score') !== undefined) throw new Unsupported('[function_score] with min_score');
  plainFunctions(value);
  only(value, 'function_score', {
    query: any,
    functions: any,
    score_mode: among([...COMBINED, 'first']),
    boost_mode: among([...COMBINED, 'replace']),
    max_boost: decimal,
    ...FUNCTIONS,
  });
  const functions = own(value, 'functions') ?? [];
  if (!Array.isArray(functions)) refuse('[function_score] functions has to be a list');
  const query = own(value, 'query') ?? null;
  const filters = elements(functions).flatMap((one) => {
    const made = object(one, '[function_score] a function');
    plainFunctions(made);
    only(made, 'function_score', { filter: any, ...FUNCTIONS });
    if (!Object.keys(FUNCTIONS).some((name) => Object.hasOwn(made, name)))
      refuse('[function_score] a function has neither weight nor random_score');
    const filter = own(made, 'filter');
    return filter === undefined ? [] : [inner(filter, depth + 1)];
  });
  return {
    kind: 'function_score',
    query: query === null ? { kind: 'match_all' } : inner(query, depth + 1),
    filters,
  };
};

const SCORE_MODES = ['none', 'avg', 'sum', 'max', 'min'] as const;

/** What is shown of the objects that were found (elasticsearch: InnerHitBuilder.java). */
const INNER_HITS: Shapes = Object.fromEntries(
  [
    'name', 'ignore_unmapped', 'from', 'size', 'explain', 'version', 'seq_no_primary_term', 'track_scores', 'stored_fields',
    'docvalue_fields', 'fields', 'script_fields', 'sort', '_source', 'highlight', 'collapse',
  ].map((name) => [name, any]),
); // prettier-ignore

const nested: ClauseParser = (body, depth, inner) => {
  const value = withoutNulls(object(body, '[nested]'));
  only(value, 'nested', {
    path: plain,
    query: any,
    ignore_unmapped: flagged,
    score_mode: any,
    inner_hits: (hits) => only(object(hits, '[nested] inner_hits'), 'inner_hits', INNER_HITS),
  });
  return {
    kind: 'nested',
    path: text(own(value, 'path'), '[nested] path'),
    query: inner(required(own(value, 'query'), '[nested] query'), depth + 1),
    ...given({
      ignoreUnmapped: flag(own(value, 'ignore_unmapped'), '[nested] ignore_unmapped'),
      scoreMode: namedExactly(own(value, 'score_mode'), SCORE_MODES, '[nested] score_mode'),
    }),
  };
};

/** A query as base64 of its JSON (elasticsearch:server/src/main/java/org/elasticsearch/index/query/WrapperQueryBuilder.java). */
const wrapper: ClauseParser = (body, _depth, inner) => {
  const value = object(body, '[wrapper]');
  const encoded = required(own(value, 'query'), '[wrapper] query');
  if (Object.keys(value).length > 1) refuse('[wrapper] takes query alone');
  if (typeof encoded !== 'string' || encoded === '' || !isBase64(encoded))
    return refuse('[wrapper] query is no base64');
  let query: Json;
  try {
    query = parseJsonSpelled(Buffer.from(encoded, 'base64').toString()).value as Json;
  } catch (error) {
    return refuse(`[wrapper] query is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  // How deep it stands is not counted
  return inner(query, 1);
};

/** Clauses made of other clauses. */
export const COMPOUND = {
  match_all: matchAll,
  match_none: matchNone,
  bool,
  constant_score: constantScore,
  boosting,
  dis_max: disMax,
  function_score: functionScore,
  nested,
  wrapper,
};
