import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { searchDsl, searchLucene, type Index } from '../test-support.ts';

const index: Index = {
  properties: {
    port: { type: 'long' },
    n: { type: 'nested', properties: { v: { type: 'long' }, k: { type: 'keyword' }, ip: { type: 'ip' } } },
  },
  docs: { 1: { port: 80, n: [{ v: 1, k: 'a' }] }, 2: { n: { v: 2 } }, 3: {} },
};
const nested = (query: Json): Json => ({ nested: { path: 'n', query } });

describe('a clause that cannot see its field', () => {
  it('finds nothing, at the root and in a nested object', () => {
    expect(searchDsl(index, { term: { 'n.v': 1 } })).toBe('');
    expect(searchDsl(index, { bool: { must_not: { term: { 'n.v': 1 } } } })).toBe('1 2 3');
    expect(searchDsl(index, nested({ term: { port: 80 } }))).toBe('');
    expect(searchDsl(index, nested({ bool: { must_not: { term: { port: 80 } } } }))).toBe('1 2');
    expect(searchLucene(index, 'n.k:a')).toBe('');
  });

  it.each<Json>([
    { term: { 'n.v': 'abc' } },
    { terms: { 'n.v': ['abc'] } },
    { range: { 'n.v': { gte: 'abc' } } },
    { match: { 'n.v': 'abc' } },
    { prefix: { 'n.ip': '10' } },
    { wildcard: { 'n.v': '1*' } },
    { regexp: { 'n.k': '[' } },
    { match_phrase_prefix: { 'n.k': 'a' } },
    { bool: { must_not: { term: { 'n.v': 'abc' } } } },
    { query_string: { query: 'n.v:abc', lenient: false } },
    nested({ term: { port: 'abc' } }),
  ])('fails on a value that its type cannot read all the same: %j', (query) => {
    expect(searchDsl(index, query)).toMatch(/^fails: /);
  });
});

it('a text without a word looks for everything or nothing, whether or not its field can be seen', () => {
  const texts: Index = { properties: { ...index.properties, t: { type: 'text' } }, docs: index.docs };
  for (const kind of ['match', 'match_phrase']) {
    expect(searchDsl(texts, nested({ [kind]: { t: { query: '...', zero_terms_query: 'all' } } }))).toBe('1 2');
    expect(searchDsl(texts, nested({ [kind]: { t: { query: '...' } } }))).toBe('');
    expect(searchDsl(texts, nested({ [kind]: { t: { query: 'a', zero_terms_query: 'all' } } }))).toBe('');
  }
});

describe('a field of nested objects that are copied outward', () => {
  const leaf = { c: { type: 'long' } };
  const copied = (outer: JsonObject, middle: JsonObject): Index => ({
    properties: {
      r: {
        type: 'nested',
        ...outer,
        properties: { o: { properties: { s: { type: 'nested', ...middle, properties: leaf } } } },
      },
    },
    docs: { 1: { r: [{ o: { s: [{ c: 1 }] } }] } },
  });
  const [parent, root] = [{ include_in_parent: true }, { include_in_root: true }];

  it.each<readonly [JsonObject, JsonObject, root: string, middle: string]>([
    [{}, {}, '', ''],
    [{}, parent, '', '1'],
    [{}, root, '1', ''],
    [root, parent, '1', '1'],
    [parent, parent, '1', '1'],
    [parent, {}, '', ''],
  ])('is seen there: %j around %j', (outer, middle, atRoot, inGroup) => {
    const index = copied(outer, middle);
    const query = { term: { 'r.o.s.c': 1 } };
    expect(searchDsl(index, query)).toBe(atRoot);
    expect(searchDsl(index, { nested: { path: 'r', query } })).toBe(inGroup);
    expect(searchDsl(index, { nested: { path: 'r.o.s', query } })).toBe('1');
    expect(searchDsl(index, { exists: { field: 'r.o.s.c' } })).toBe(atRoot);
  });
});

describe('a nested group inside a group that it is no part of', () => {
  const twice: Index = {
    properties: {
      a: { type: 'nested', properties: { x: { type: 'long' } } },
      b: { type: 'nested', properties: { y: { type: 'long' } } },
    },
    docs: { 1: { a: [{ x: 1 }], b: [{ y: 1 }] } },
  };
  const inA = (query: Json): Json => ({ nested: { path: 'a', query: { nested: { path: 'b', query } } } });

  it('gets no verdict, unless it cannot match or fails', () => {
    expect(searchDsl(twice, inA({ term: { 'b.y': 1 } }))).toBe(
      'fails: a nested group b inside the group a, which it is no part of, cannot be run offline yet',
    );
    expect(searchDsl(twice, inA({ term: { nope: 1 } }))).toBe('');
    expect(searchDsl(twice, inA({ term: { 'b.y': 'abc' } }))).toBe('fails: "abc" is not a long');
  });
});
