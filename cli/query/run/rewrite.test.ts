import { describe, expect, it } from 'vitest';
import type { Json } from '../../text/json.ts';
import { searchDsl, searchKql, type Index } from '../test-support.ts';

const index: Index = {
  properties: {
    port: { type: 'long' },
    k: { type: 'keyword' },
    t: { type: 'text' },
    d: { type: 'date' },
    gone: { type: 'date', index: false, doc_values: false },
    o: { properties: { x: { type: 'keyword' } } },
    n: { type: 'nested', properties: { v: { type: 'long' } } },
    fl: { type: 'flattened' },
    al: { type: 'alias', path: 'k' },
    c: { type: 'constant_keyword', value: 'logs' },
  },
  docs: { 1: { port: 1, k: 'a' }, 2: { k: 'b', t: 'a b' }, 3: { d: '2024-01-01' } },
};

const bad: Json = { term: { port: 'abc' } };
const fails = 'fails: "abc" is not a long';

describe('a clause that cannot match, beside one that would fail', () => {
  it.each<Json>([
    { match_none: {} },
    { term: { nope: 1 } },
    { terms: { nope: ['a'] } },
    { range: { nope: { gte: 1 } } },
    { wildcard: { nope: 'a*' } },
    { prefix: { o: 'a' } },
    { fuzzy: { nope: { value: 'a' } } },
    { exists: { field: 'nope' } },
    { exists: { field: 'nope.*' } },
    { exists: { field: 'fl.*' } },
    { terms: { k: [] } },
    { ids: { values: [] } },
    { range: { gone: { gte: '2024' } } },
    { range: { d: { gt: '9223372036854775807', format: 'epoch_millis', lt: 'not read' } } },
    { constant_score: { filter: { term: { nope: 1 } } } },
    { function_score: { query: { term: { nope: 1 } } } },
    { boosting: { positive: { term: { nope: 1 } }, negative: bad, negative_boost: 0.5 } },
    { bool: { should: [{ term: { nope: 1 } }, { exists: { field: 'nope' } }] } },
    { bool: { should: [{ term: { nope: 1 } }], minimum_should_match: 0 } },
    { bool: { must_not: { match_all: {} } } },
    { bool: { must_not: [{ bool: {} }, bad] } },
    { term: { c: 'other' } },
    { terms: { c: ['x', 'y'] } },
    { prefix: { c: 'x' } },
    { match: { c: 'x' } },
    { match_phrase: { c: 'x' } },
    { bool: { must_not: { wildcard: { c: 'l*' } } } },
    { term: { _index: 'other' } },
    { bool: { must_not: { term: { _index: 'te*' } } } },
  ])('%j hides it', (none) => {
    expect(searchDsl(index, { bool: { filter: [bad, none] } })).toBe('');
    expect(searchDsl(index, { bool: { must: [bad], filter: [{ bool: { must: [none] } }] } })).toBe('');
    expect(searchDsl(index, { bool: { should: [{ bool: { filter: [bad, none] } }, { term: { k: 'a' } }] } })).toBe('1');
  });

  it.each<Json>([
    { match: { nope: 'x' } },
    { match_phrase: { nope: 'x' } },
    { multi_match: { query: 'x', fields: ['nope'] } },
    { query_string: { query: 'nope:x' } },
    { simple_query_string: { query: 'x', fields: ['nope'] } },
    { simple_query_string: { query: '' } },
    { regexp: { nope: 'x' } },
    { nested: { path: 'n', query: { term: { nope: 1 } } } },
    { dis_max: { queries: [{ term: { nope: 1 } }] } },
    { term: { 'fl.nope': 1 } },
    { term: { k: 'nobody' } },
    { term: { al: 'nobody' } },
    { range: { d: { gte: '2100' } } },
    { range: { c: { gte: 'x' } } },
    { exists: { field: 'c' } },
    { match: { c: { query: 'x', fuzziness: 1 } } },
    { term: { c: 'logs' } },
    { term: { _index: 'test' } },
    { exists: { field: '_index' } },
    { bool: { must_not: { constant_score: { filter: { match_all: {} } } } } },
    { bool: { must_not: { bool: { must: { match_all: {} } } } } },
    { bool: { should: [{ term: { nope: 1 } }], must_not: { term: { k: 'a' } } } },
    { bool: { must_not: { term: { nope: 1 } } } },
  ])('%j does not', (some) => {
    expect(searchDsl(index, { bool: { filter: [bad, some] } })).toBe(fails);
  });

  it('does not hide what stands beside it in should and must_not', () => {
    expect(searchDsl(index, { bool: { should: [{ term: { nope: 1 } }, bad] } })).toBe(fails);
    expect(searchDsl(index, { bool: { must_not: [{ term: { nope: 1 } }, bad] } })).toBe(fails);
    expect(searchDsl(index, { boosting: { positive: { match_all: {} }, negative: bad, negative_boost: 0.5 } })).toBe(
      fails,
    );
  });

  it('hides whatever is wrong when a clause is built, and nothing that is wrong before', () => {
    const beside = (broken: Json): string =>
      searchDsl(index, { bool: { filter: [broken, { exists: { field: 'nope' } }] } });
    expect(beside({ nested: { path: 'nope', query: { match_all: {} } } })).toBe('');
    expect(beside({ query_string: { query: '(((' } })).toBe('');
    expect(beside({ regexp: { k: '[' } })).toBe('');
    expect(beside({ terms: { port: Array.from({ length: 65_537 }, () => 1) } })).toBe('');
    expect(beside({ bool: { must: { match_all: {} }, minimum_should_match: 'x' } })).toBe('');
    expect(beside({ range: { d: { gte: 'tomorrow' } } })).toMatch(/^fails: "tomorrow" is not a date/);
    const everywhere = { bool: { must_not: [{ bool: {} }], filter: [{ range: { d: { gte: 'tomorrow' } } }] } };
    expect(searchDsl(index, everywhere)).toBe('');
    expect(beside({ range: { nope: { gte: 1, time_zone: 'Nowhere/At_All' } } })).toBe(
      'fails: time zone Nowhere/At_All is not known',
    );
    expect(beside({ exists: { field: '' } })).toBe('fails: a clause of kind exists names no field');
  });

  it('holds for KQL, which has the same clauses', () => {
    expect(searchKql(index, 'port: abc and nope: *')).toBe('');
    expect(searchKql(index, 'port: abc and nope: x')).toBe(fails);
    expect(searchKql(index, 'nope: null and nope: *')).toBe('fails: a clause of kind match has no value');
    expect(searchKql(index, 'null')).toBe('fails: a clause of kind multi_match has no value');
  });
});
