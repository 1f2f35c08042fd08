import { elements, own, type Json, type JsonObject } from '../../../text/json.ts';
import { isBase64 } from '../../../fields/values/types/base64.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import type { Bool, Query } from '../../algebra/query.ts';
import { Unsupported } from '../../failure.ts';
import { clauses, flag, given, minimum, object, oneOf, only, refuse, text, type ClauseParser } from '../read.ts'; // prettier-ignore

const matchAll: ClauseParser = (body) => {
  only(object(body, '[match_all]'), 'match_all', []);
  return { kind: 'match_all' };
};

const matchNone: ClauseParser = (body) => {
  only(object(body, '[match_none]'), 'match_none', []);
  return { kind: 'match_none' };
};

const bool: ClauseParser = (body, depth, inner) => {
  const value = object(body, '[bool]');
  only(value, 'bool', ['must', 'filter', 'should', 'must_not', 'minimum_should_match', 'adjust_pure_negative']);
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
  only(value, 'constant_score', ['filter']);
  return {
    kind: 'constant_score',
    query: inner(required(own(value, 'filter'), '[constant_score] filter'), depth + 1),
  };
};

const boosting: ClauseParser = (body, depth, inner) => {
  const value = object(body, '[boosting]');
  only(value, 'boosting', ['positive', 'negative', 'negative_boost']);
  const negativeBoost = required(own(value, 'negative_boost'), '[boosting] negative_boost');
  if (typeof negativeBoost !== 'number' || negativeBoost < 0) refuse('[boosting] negative_boost is a positive number');
  return {
    kind: 'boosting',
    positive: inner(required(own(value, 'positive'), '[boosting] positive'), depth + 1),
    negative: inner(required(own(value, 'negative'), '[boosting] negative'), depth + 1),
    negativeBoost,
  };
};

const disMax: ClauseParser = (body, depth, inner) => {
  const value = object(body, '[dis_max]');
  only(value, 'dis_max', ['queries', 'tie_breaker']);
  const queries = clauses(own(value, 'queries'), depth, inner, '[dis_max] queries') ?? [];
  return queries.length === 0 ? refuse('[dis_max] has no queries') : { kind: 'dis_max', queries };
};

/** Functions of the score that read nothing; the others fail on a field that is not there, or on their script. */
const FUNCTIONS = ['weight', 'random_score'];
const OTHER_FUNCTIONS = ['script_score', 'field_value_factor', 'gauss', 'linear', 'exp'];

function plainFunctions(body: JsonObject): void {
  for (const name of OTHER_FUNCTIONS)
    if (own(body, name) !== undefined) throw new Unsupported(`[function_score] with ${name}`);
}

const functionScore: ClauseParser = (body, depth, inner) => {
  const value = object(body, '[function_score]');
  if (own(value, 'min_score') !== undefined) throw new Unsupported('[function_score] with min_score');
  plainFunctions(value);
  only(value, 'function_score', ['query', 'functions', 'score_mode', 'boost_mode', 'max_boost', ...FUNCTIONS]);
  const query = own(value, 'query');
  const filters = elements(own(value, 'functions')).flatMap((one) => {
    const made = object(one, '[function_score] a function');
    plainFunctions(made);
    only(made, 'function_score', ['filter', ...FUNCTIONS]);
    const filter = own(made, 'filter');
    return filter === undefined ? [] : [inner(filter, depth + 1)];
  });
  return {
    kind: 'function_score',
    query: query === undefined ? { kind: 'match_all' } : inner(query, depth + 1),
    filters,
  };
};

const SCORE_MODES = ['none', 'avg', 'sum', 'max', 'min'] as const;

const nested: ClauseParser = (body, depth, inner) => {
  const value = object(body, '[nested]');
  only(value, 'nested', ['path', 'query', 'ignore_unmapped', 'score_mode', 'inner_hits']);
  return {
    kind: 'nested',
    path: text(own(value, 'path'), '[nested] path'),
    query: inner(required(own(value, 'query'), '[nested] query'), depth + 1),
    ...given({
      ignoreUnmapped: flag(own(value, 'ignore_unmapped'), '[nested] ignore_unmapped'),
      scoreMode: oneOf(own(value, 'score_mode'), SCORE_MODES, '[nested] score_mode'),
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
