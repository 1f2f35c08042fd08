import { describe, expect, it } from 'vitest';
import { searchDsl, type Index } from '../test-support.ts';

const index: Index = {
  properties: {
    a: { type: 'keyword', copy_to: ['all', 'n'] },
    b: { type: 'long', copy_to: 'all' },
    c: { type: 'keyword', copy_to: 'filled', ignore_above: 2 },
    all: { type: 'text', fields: { raw: { type: 'keyword' } } },
    n: { type: 'long', ignore_malformed: true },
    filled: { type: 'keyword', null_value: 'none' },
    range: { type: 'ip_range' },
    net: { type: 'keyword', copy_to: 'range' },
    list: {
      type: 'nested',
      properties: { x: { type: 'keyword', copy_to: ['list.y', 'out'] }, y: { type: 'keyword' } },
    },
    out: { type: 'keyword' },
  },
  docs: {
    1: { a: 'Foo bar', b: 5 },
    2: { a: ['7', '8'] },
    3: { all: 'own' },
    4: { b: 1.9, c: null },
    5: { c: 'abc', net: '10.0.0.0/8' },
    6: { list: [{ x: 'p' }, { x: 'q', y: 'r' }] },
  },
};

describe('a field that copy_to fills', () => {
  it.each([
    [{ match: { all: 'foo' } }, '1'],
    [{ term: { all: '5' } }, '1'],
    [{ term: { 'all.raw': '1.9' } }, '4'],
    [{ exists: { field: 'all' } }, '1 2 3 4'],
    [{ range: { n: { gte: 8 } } }, '2'],
    [{ exists: { field: 'n' } }, '2'],
    [{ term: { filled: 'none' } }, '4'],
    [{ term: { filled: 'abc' } }, '5'],
    [{ exists: { field: 'c' } }, ''],
    [{ term: { range: '10.1.2.3' } }, '5'],
    [{ exists: { field: 'range' } }, '5'],
    [{ term: { out: 'q' } }, '6'],
    [
      {
        nested: {
          path: 'list',
          query: { bool: { filter: [{ term: { 'list.x': 'p' } }, { term: { 'list.y': 'p' } }] } },
        },
      },
      '6',
    ],
    [
      {
        nested: {
          path: 'list',
          query: { bool: { filter: [{ term: { 'list.x': 'p' } }, { term: { 'list.y': 'q' } }] } },
        },
      },
      '',
    ],
  ])('%j', (query, expected) => {
    expect(searchDsl(index, query)).toBe(expected);
  });
});

it('copies and values of the field itself stand in the order of the document', () => {
  const index: Index = {
    properties: { a: { type: 'text', copy_to: 'm' }, m: { type: 'text', position_increment_gap: 0 } },
    docs: { before: { a: ['a'], m: ['b'] }, behind: { m: ['b'], a: ['a'] } },
  };
  expect([searchDsl(index, { match_phrase: { m: 'a b' } }), searchDsl(index, { match_phrase: { m: 'b a' } })]).toEqual([
    'before',
    'behind',
  ]);
});
