import { describe, expect, it } from 'vitest';
import { searchDsl, type Index } from '../test-support.ts';

const index: Index = {
  properties: {
    k: { type: 'keyword' },
    o: { type: 'object', enabled: false, properties: { n: { type: 'long' }, k: { type: 'keyword' } } },
  },
  docs: { a: { k: 'a', o: { n: 'no number', k: 'b' } } },
};

describe('a field below an object with enabled: false', () => {
  it.each([
    [{ term: { 'o.k': 'b' } }, ''],
    [{ exists: { field: 'o.k' } }, ''],
    [{ query_string: { query: 'b' } }, ''],
    [{ bool: { must_not: [{ term: { 'o.k': 'b' } }] } }, 'a'],
    // Its type is asked all the same, and it hides no fault of another clause
    [{ term: { 'o.n': 'x' } }, 'fails: "x" is not a long'],
    [{ bool: { filter: [{ term: { 'o.k': 'b' } }, { term: { 'o.n': 'x' } }] } }, 'fails: "x" is not a long'],
  ])('is mapped, and has no value: %j', (query, found) => {
    expect(searchDsl(index, query)).toBe(found);
  });
});
