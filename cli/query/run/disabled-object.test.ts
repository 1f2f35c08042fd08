import { describe, expect, it } from 'vitest';
import { searchDsl, type Index } from '../test-support.ts';

const index: Index = {
  properties: {
    k: { type: 'keyword' },
    o: {
      type: 'object',
      enabled: false,
      properties: { n: { type: 'long' }, t: { type: 'date' }, k: { type: 'keyword' } },
    },
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
    // Patterns reach only fields that an index holds, and the ends of a date are read only there
    [{ multi_match: { query: 'x', fields: ['o.*'] } }, ''],
    [{ range: { 'o.t': { gte: 'x' } } }, ''],
    [{ query_string: { query: 'o.t:>x', lenient: false } }, 'fails: "x" is not a date'],
  ])('is mapped, and has no value: %j', (query, found) => {
    expect(searchDsl(index, query)).toBe(found);
  });
});
