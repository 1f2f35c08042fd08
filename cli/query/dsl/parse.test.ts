import { spelledJson } from '../../text/spelled-json.ts';
import { parseJsonSpelled } from '../../text/parse-json.ts';
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../text/known-error.ts';
import type { Json } from '../../text/json.ts';
import { parseDsl } from './parse.ts';
import { toDsl } from './print.ts';

const outcome = (dsl: Json): Json => {
  try {
    return toDsl(parseDsl(dsl));
  } catch (error) {
    if (error instanceof KnownError) return `fails: ${error.message}`;
    throw error;
  }
};

describe('parseDsl refuses what Elasticsearch refuses', () => {
  it.each<[Json, string]>([
    [{}, 'a query names one clause, this one is empty'],
    [[], 'a query has to be an object'],
    ['x', 'a query has to be an object'],
    [{ term: { a: 1 }, match_all: {} }, 'a query names one clause, this one has 2: term, match_all'],
    [{ trem: { a: 1 } }, 'unknown query [trem], did you mean "term"?'],
    [{ __proto__x: {} }, 'unknown query [__proto__x]'],
    [{ constructor: {} }, 'unknown query [constructor]'],
    [{ script: { script: 'x' } }, 'the query clause [script] cannot be run offline yet'],
    [{ match_all: { x: 1 } }, '[match_all] does not know the parameter [x]'],
    [{ match_all: null }, '[match_all] has to be an object'],
    [{ term: { a: 1, b: 2 } }, '[term] takes one field, it has 2: a, b'],
    [{ term: { a: 1, boost: 2 } }, '[term] takes one field, it has 2: a, boost'],
    [{ term: {} }, '[term] names no field'],
    [{ term: { a: [1] } }, '[term] on a takes one value, not a list or an object'],
    [{ term: { a: null } }, '[term] on a has no value'],
    [{ term: { a: { value: null } } }, '[term] on a has no value'],
    [{ term: { a: { vale: 1 } } }, '[term] does not know the parameter [vale], did you mean "value"?'],
    [{ term: { a: { boost: 1 } } }, '[term] on a has no value'],
    [{ term: { a: { value: 'x', case_insensitive: 'yes' } } }, '[term] case_insensitive is true or false, not "yes"'],
    [{ terms: { a: 'x' } }, '[terms] on a needs a list'],
    [{ terms: { a: ['x', null] } }, '[terms] on a holds null'],
    [{ terms: { a: [['x']] } }, '[terms] needs a plain value'],
    [{ terms: { a: [{ lat: 1 }] } }, 'an object among the values of [terms] cannot be run offline yet'],
    [{ terms: { a: { index: 'i', id: '1', path: 'p' } } }, 'a terms lookup in another index cannot be run offline yet'],
    [{ terms: { boost: 1 } }, '[terms] names no field'],
    [{ wildcard: { a: { value: 'x', flags: 'ALL' } } }, '[wildcard] does not know the parameter [flags]'],
    [{ prefix: { a: { prefix: 'x' } } }, '[prefix] does not know the parameter [prefix]'],
    [{ regexp: { a: { value: 'x', flags: 'NOTHING' } } }, '[regexp] does not know the flag [NOTHING]'],
    [{ fuzzy: { a: { value: 'x', fuzziness: 3 } } }, '[fuzzy] fuzziness is AUTO, AUTO:low,high, 0, 1 or 2, not 3'],
    [{ range: { a: 5 } }, '[range] on a has to be an object'],
    [{ range: { a: { gte: [5] } } }, '[range] gte needs a plain value'],
    [{ range: { a: { min: 5 } } }, '[range] does not know the parameter [min]'],
    [{ range: { a: { gte: 5, relation: 'disjoint' } } }, '[range] relation is one of intersects, contains, within, not disjoint'],
    [{ exists: {} }, '[exists] field has no value'],
    [{ exists: { field: 'a', x: 1 } }, '[exists] does not know the parameter [x]'],
    [{ ids: { type: 'x', values: [] } }, '[ids] does not know the parameter [type]'],
    [{ term: { a: { value: 1, boost: -1 } } }, '[term] boost is 0 or more, not -1'],
    [{ term: { a: { value: 1, boost: '-0' } } }, '[term] boost is 0 or more, not "-0"'],
    [{ match_all: { boost: 1e39 } }, '[match_all] boost is a number that a float holds, not 1e+39'],
    [{ bool: { boost: 'NaN' } }, '[bool] boost is a number that a float holds, not "NaN"'],
    [{ multi_match: { query: 'x', fields: ['a^-0.0'] } }, '[multi_match] fields: the number behind ^ is 0 or more in a^-0.0'],
    [{ simple_query_string: { query: 'x', fields: ['a^-1', 'a'] } }, '[simple_query_string] fields: the number behind ^ is 0 or more in a^-1'],
    [{ query_string: { query: 'x', fields: ['a', 'b^-1'] } }, '[query_string] fields: the number behind ^ is 0 or more in b^-1'],
    [{ match: { a: { query: null } } }, '[match] on a has no value'],
    [{ match: { a: { query: 'x', type: 'phrase' } } }, '[match] does not know the parameter [type]'],
    [{ match: { a: { query: 'x', operator: 'xor' } } }, '[match] operator is "and" or "or", not xor'],
    [{ match: { a: { query: 'x', zero_terms_query: 'some' } } }, '[match] zero_terms_query is one of none, all, not some'],
    [{ fuzzy: { a: { value: 'x', fuzziness: 'AUTO:4,2' } } }, '[fuzzy] fuzziness is AUTO, AUTO:low,high, 0, 1 or 2, not AUTO:4,2'],
    [{ fuzzy: { a: { value: 'x', fuzziness: null } } }, '[fuzzy] fuzziness is AUTO, AUTO:low,high, 0, 1 or 2, not null'],
    [{ match: { a: { query: 'x', fuzziness: '0.5' } } }, '[match] fuzziness is AUTO, AUTO:low,high, 0, 1 or 2, not 0.5'],
    [{ match: { a: { query: 'x', fuzziness: '' } } }, '[match] fuzziness is AUTO, AUTO:low,high, 0, 1 or 2, not '],
    [{ fuzzy: { a: { value: 'x', prefix_length: -1 } } }, '[fuzzy] prefix_length is 0 or more, not -1'],
    [{ fuzzy: { a: { value: 'x', max_expansions: 0 } } }, '[fuzzy] max_expansions is 1 or more, not 0'],
    [{ regexp: { a: { value: 'x', flags: 'ALL | NONE' } } }, '[regexp] does not know the flag [ALL ]'],
    [{ regexp: { a: { value: 'x', flags: 'AUTOMATON' } } }, '[regexp] does not know the flag [AUTOMATON]'],
    [{ match: { a: { query: 'x', minimum_should_match: ['1'] } } }, '[match] minimum_should_match takes one plain value, not ["1"]'],
    [{ match_phrase: { a: { query: 'x', lenient: true } } }, '[match_phrase] does not know the parameter [lenient]'],
    [{ match_phrase: { a: { query: 'x', slop: 'far' } } }, '[match_phrase] slop is a whole number, not "far"'],
    [{ multi_match: { fields: ['a'] } }, '[multi_match] query has no value'],
    [{ multi_match: { query: 'x', type: 'phrase', fuzziness: 1 } }, '[multi_match] of type phrase does not take fuzziness'],
    [{ multi_match: { query: 'x', type: 'bool_prefix', slop: 1 } }, '[multi_match] of type bool_prefix does not take slop'],
    [{ multi_match: { query: 'x', type: 'cross_fields' } }, '[multi_match] of type cross_fields cannot be run offline yet'],
    [{ query_string: { query: 'x', fields: 'a' } }, '[query_string] fields has to be a list'],
    [{ query_string: { query: 'x', fields: ['a'], default_field: 'b' } }, '[query_string] takes fields or default_field, not both'],
    [{ query_string: { query: 'x', quote_field_suffix: '.exact' } }, '[query_string] with quote_field_suffix cannot be run offline yet'],
    [{ query_string: {} }, '[query_string] query has no value'],
    [{ bool: { must: 'x' } }, '[bool] must has to be a clause or a list of clauses'],
    [{ bool: { must: [{}] } }, 'a query names one clause, this one is empty'],
    [{ bool: { mustnot: [] } }, '[bool] does not know the parameter [mustnot], did you mean "must_not"?'],
    [{ bool: { minimum_should_match: {} } }, '[bool] minimum_should_match takes one plain value, not {}'],
    [{ constant_score: {} }, '[constant_score] filter is missing'],
    [{ constant_score: { filter: [{ match_all: {} }] } }, 'a query has to be an object'],
    [{ boosting: { positive: { match_all: {} }, negative: { match_all: {} } } }, '[boosting] negative_boost is missing'],
    [{ boosting: { positive: { match_all: {} }, negative_boost: 0.5 } }, '[boosting] negative is missing'],
    [{ function_score: { functions: [{ field_value_factor: { field: 'a' } }] } }, '[function_score] with field_value_factor cannot be run offline yet'],
    [{ regexp: { a: 'x.*', _name: 'n' } }, '[regexp] takes one field, it has 2: a, _name'],
    [{ term: { a: { value: 'x', boost: -1 } } }, '[term] boost is 0 or more, not -1'],
    [{ exists: { field: 'a', _name: null } }, '[exists] _name takes one plain value, not null'],
    [{ ids: { values: 1 } }, '[ids] values is a list of ids'],
    [{ match_all: { _name: 1 } }, '[match_all] _name is a text, not 1'],
    [{ prefix: { a: { value: 'x', rewrite: 'slow' } } }, '[prefix] rewrite "slow" is not known'],
    [{ match: { a: { query: 'x', minimum_should_match: null } } }, '[match] minimum_should_match takes one plain value, not null'],
    [{ match_phrase: { a: { query: 'x', slop: -1 } } }, '[match_phrase] slop is 0 or more, not -1'],
    [{ multi_match: { query: 'x', fields: ['a^b'] } }, '[multi_match] fields: a^b has no number behind ^'],
    [{ multi_match: { query: 'x', type: 'PHRASE' } }, '[multi_match] type is one of best_fields, most_fields, phrase, phrase_prefix, cross_fields, bool_prefix, not PHRASE'],
    [{ dis_max: { queries: [{ match_all: {} }], tie_breaker: 2 } }, '[dis_max] tie_breaker is from 0 to 1, not 2'],
    [{ nested: { path: 'a', query: { match_all: {} }, inner_hits: { x: 1 } } }, '[inner_hits] does not know the parameter [x]'],
    [{ function_score: { functions: [{ filter: { match_all: {} } }] } }, '[function_score] a function has neither weight nor random_score'],
    [{ term: { a: { value: 'x', term: null } } }, '[term] on a has no value'],
    [{ wrapper: { query: '***' } }, '[wrapper] query is no base64'],
    [{ wrapper: { query: 'eyJhIjo=' } }, '[wrapper] query is no JSON: Unexpected end of JSON input'],
    [{ wrapper: { query: 'eyJub3BlIjp7fX0=' } }, 'unknown query [nope]'],
    [{ wrapper: { query: 'e30=', boost: 2 } }, '[wrapper] takes query alone'],
    [{ function_score: { queries: [] } }, '[function_score] does not know the parameter [queries]'],
    [{ dis_max: { queries: [] } }, '[dis_max] has no queries'],
    [{ nested: { query: { match_all: {} } } }, '[nested] path has no value'],
    [{ nested: { path: 'a' } }, '[nested] query is missing'],
    [{ nested: { path: 'a', query: { match_all: {} }, score_mode: 'most' } }, '[nested] score_mode is one of none, avg, sum, max, min, not most'],
  ])('%j', (dsl, message) => {
    expect(outcome(dsl)).toBe(`fails: ${message}`);
  }); // prettier-ignore

  it('counts the clauses inside each other, as indices.query.bool.max_nested_depth does', () => {
    const deep = (levels: number): Json => {
      let query: Json = { match_all: {} };
      for (let level = 1; level < levels; level++) query = { bool: { must: [query] } };
      return query;
    };
    expect(outcome(deep(30))).toEqual(deep(30));
    expect(outcome(deep(31))).toBe('fails: the query is nested more than 30 clauses deep');
    expect(outcome(deep(5000))).toBe('fails: the query is nested more than 30 clauses deep');
  });
});

describe('parseDsl and toDsl', () => {
  it.each<[Json, Json]>([
    [{ term: { a: 1 } }, { term: { a: { value: 1 } } }],
    [{ term: { a: { value: 'x', case_insensitive: 'true', boost: 2, _name: 'n' } } }, { term: { a: { value: 'x', case_insensitive: true } } }],
    [{ terms: { a: [1, 'x', true], boost: 1 } }, { terms: { a: [1, 'x', true] } }],
    [{ wildcard: { a: { wildcard: 'x*' } } }, { wildcard: { a: { value: 'x*' } } }],
    [{ prefix: { a: 'x' } }, { prefix: { a: { value: 'x' } } }],
    [{ regexp: { a: { value: 'x', flags: 'all' } } }, { regexp: { a: { value: 'x' } } }],
    [{ regexp: { a: { value: 'x', flags: 'interval|AnyString' } } }, { regexp: { a: { value: 'x', flags: 'ANYSTRING|INTERVAL' } } }],
    [{ regexp: { a: { value: 'x', flags: '' } } }, { regexp: { a: { value: 'x', flags_value: 61 } } }],
    [{ regexp: { a: { value: 'x', flags_value: 2 } } }, { regexp: { a: { value: 'x', flags: 'NONE' } } }],
    [{ regexp: { a: { value: 'x', flags: 'NONE', flags_value: 65791 } } }, { regexp: { a: { value: 'x' } } }],
    [{ regexp: { a: { value: 'x', max_determinized_states: 20 } } }, { regexp: { a: { value: 'x', max_determinized_states: 20 } } }],
    [{ match: { a: { query: 'x', analyzer: 'english' } } }, { match: { a: { query: 'x', analyzer: 'english' } } }],
    [{ match_phrase: { a: { query: 'x', analyzer: 'simple' } } }, { match_phrase: { a: { query: 'x', analyzer: 'simple' } } }],
    [{ multi_match: { query: 'x', analyzer: 'simple' } }, { multi_match: { type: 'best_fields', query: 'x', analyzer: 'simple' } }],
    [{ match_bool_prefix: { a: { query: 'x y', fuzziness: 1.9, prefix_length: 1 } } }, { match_bool_prefix: { a: { query: 'x y', fuzziness: 1, prefix_length: 1 } } }],
    [{ fuzzy: { a: { value: 'x', fuzziness: 'auto:1,2' } } }, { fuzzy: { a: { value: 'x', fuzziness: 'AUTO:1,2' } } }],
    [{ fuzzy: { a: { value: 'x', fuzziness: ' 1.0f' } } }, { fuzzy: { a: { value: 'x', fuzziness: 1 } } }],
    [{ regexp: { a: { value: 'x', flags_value: 33 } } }, { regexp: { a: { value: 'x', flags: 'INTERSECTION|INTERVAL' } } }],
    [{ regexp: { a: { value: 'x', flags: 'NONE' } } }, { regexp: { a: { value: 'x', flags: 'NONE' } } }],
    [{ range: { a: { gte: 1, relation: 'WITHIN' } } }, { range: { a: { gte: 1, relation: 'within' } } }],
    [{ multi_match: { query: 'x', fields: [] } }, { multi_match: { type: 'best_fields', query: 'x' } }],
    [{ multi_match: { query: 'x', fields: ['a'], fuzziness: 'AUTO', prefix_length: 1 } }, { multi_match: { type: 'best_fields', query: 'x', fields: ['a'], fuzziness: 'AUTO', prefix_length: 1 } }],
    [{ fuzzy: { a: 'x' } }, { fuzzy: { a: { value: 'x', fuzziness: 'AUTO' } } }],
    [{ range: { a: { gt: 1, gte: 2, lte: 5, lt: null } } }, { range: { a: { gte: 2, lt: null } } }],
    [{ range: { a: { gte: 'now-1d', format: 'epoch_second', time_zone: '+01:00' } } }, { range: { a: { gte: 'now-1d', format: 'epoch_second', time_zone: '+01:00' } } }],
    [{ match: { a: 'x' } }, { match: { a: 'x' } }],
    [{ match: { a: { query: 'x y', operator: 'AND', fuzziness: 'auto' } } }, { match: { a: { query: 'x y', operator: 'and', fuzziness: 'AUTO' } } }],
    [{ match_phrase: { a: { query: 'x y', slop: '2' } } }, { match_phrase: { a: { query: 'x y', slop: 2 } } }],
    [{ ids: { values: 'x' } }, { ids: { values: ['x'] } }],
    [{ bool: { must: { match_all: {} }, should: null } }, { bool: { must: [{ match_all: {} }] } }],
    [{ bool: { should: [], minimum_should_match: '75%' } }, { bool: { should: [], minimum_should_match: '75%' } }],
    [{ constant_score: { filter: { exists: { field: 'a' } }, boost: 2 } }, { constant_score: { filter: { exists: { field: 'a' } } } }],
    [{ boosting: { positive: { match_all: {} }, negative: { exists: { field: 'a' } }, negative_boost: 0.5 } }, { boosting: { positive: { match_all: {} }, negative: { exists: { field: 'a' } }, negative_boost: 0.5 } }],
    [{ function_score: { functions: [{ filter: { exists: { field: 'a' } }, weight: 2 }], boost_mode: 'sum' } }, { function_score: { query: { match_all: {} }, functions: [{ filter: { exists: { field: 'a' } }, weight: 1 }] } }],
    [{ simple_query_string: { query: 'a', flags: 'or|prefix' } }, { simple_query_string: { query: 'a', flags: 'OR|PREFIX' } }],
    [{ terms: { boost: ['x'] } }, { terms: { boost: ['x'] } }],
    [{ term: { a: { value: 'x', term: 'y' } } }, { term: { a: { value: 'y' } } }],
    [{ match: { a: { query: 'x', lenient: '' } } }, { match: { a: { query: 'x', lenient: false } } }],
    [{ multi_match: { query: 'x', type: 'boolean' } }, { multi_match: { type: 'best_fields', query: 'x' } }],
    [{ simple_query_string: { query: 'a', type: 'best_fields' } }, { simple_query_string: { query: 'a' } }],
    [{ wrapper: { query: 'eyJ0ZXJtIjp7ImEiOjF9fQ==' } }, { term: { a: { value: 1 } } }],
    [{ simple_query_string: { query: 'a', flags: 12 } }, { simple_query_string: { query: 'a', flags: 'OR|PREFIX' } }],
    [{ nested: { path: 'a', query: { match_none: {} }, ignore_unmapped: true, score_mode: 'max' } }, { nested: { path: 'a', query: { match_none: {} }, score_mode: 'max', ignore_unmapped: true } }],
    [{ query_string: { query: 'a', fields: ['b^2'], default_operator: 'AND', phrase_slop: 2 } }, { query_string: { fields: ['b^2'], query: 'a', default_operator: 'and', phrase_slop: 2 } }],
    [{ query_string: { query: 'a', fields: ['b^-1', 'b^2', 'b'] } }, { query_string: { fields: ['b^2'], query: 'a' } }],
    [{ multi_match: { query: 'a', fields: ['b^-1', 'c', 'b^2'] } }, { multi_match: { type: 'best_fields', query: 'a', fields: ['b^2', 'c'] } }],
    [{ multi_match: { query: 'a', fields: 'b' } }, { multi_match: { type: 'best_fields', query: 'a', fields: ['b'] } }],
  ])('%j', (dsl, printed) => {
    expect(outcome(dsl)).toEqual(printed);
    // What was printed reads as itself.
    expect(outcome(printed)).toEqual(printed);
  }); // prettier-ignore

  it('keeps whole numbers that JSON cannot hold', () => {
    const query = { kind: 'term', field: 'a', value: 2n ** 63n } as const;
    expect(spelledJson(toDsl(query))).toBe('{"term":{"a":{"value":9223372036854775808}}}');
  });

  it('keeps the spelling of numbers with a fraction or an exponent', () => {
    const text = '{"term":{"a":{"value":1.0}}}';
    expect(spelledJson(toDsl(parseDsl(parseJsonSpelled(text).value as Json)))).toBe(text);
  });
});
