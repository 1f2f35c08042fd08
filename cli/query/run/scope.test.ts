import { describe, expect, it } from 'vitest';
import type { Json } from '../../text/json.ts';
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
