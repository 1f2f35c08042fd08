import { describe, expect, it } from 'vitest';
import type { Json } from '../../../text/json.ts';
import { searchDsl, searchKql, searchLucene, type Index } from '../../test-support.ts';

const index: Index = {
  properties: {
    net: { type: 'ip_range' },
    valid: { type: 'date_range' },
    size: { type: 'integer_range' },
    score: { type: 'double_range' },
  },
  docs: {
    a: {
      net: '10.0.0.0/8',
      valid: { gte: '2024-01-01', lte: '2024-01-31' },
      size: { gte: 1, lt: 10 },
      score: { gt: 0.5, lte: 1 },
    },
    b: { net: [{ gte: '192.168.0.1', lte: '192.168.0.9' }, '::1/128'], size: { gt: 20 }, score: { gte: 1, lt: 2 } },
    c: { net: null, valid: { gte: 'nonsense' }, size: 'x' },
    d: {},
    e: { size: { lte: -2147483648 } },
  },
};

describe('fields that hold ranges', () => {
  it.each<[Json, string]>([
    [{ term: { net: '10.255.255.255' } }, 'a'],
    [{ term: { net: '11.0.0.0' } }, ''],
    [{ terms: { net: ['10.1.2.3', '::1'] } }, 'a b'],
    [{ match: { net: '192.168.0.9' } }, 'b'],
    [{ term: { net: '10.0.0.0/8' } }, 'fails: "10.0.0.0/8" is not an ip_range'],
    [{ match: { net: { query: '10.0.0.0/8', lenient: true } } }, ''],
    [{ wildcard: { net: '10.*' } }, 'fails: a wildcard cannot be used on net, which is an ip_range'],
    [{ exists: { field: 'net' } }, 'a b'],
    [{ range: { net: { gte: '192.168.0.5', lte: '192.168.0.20' } } }, 'b'],
    [{ range: { net: { gte: '192.168.0.5', lte: '192.168.0.20', relation: 'within' } } }, ''],
    [{ range: { net: { gte: '192.168.0.0', lte: '192.168.0.20', relation: 'within' } } }, 'b'],
    [{ range: { net: { gt: '10.0.0.0', lt: '10.0.0.2', relation: 'CONTAINS' } } }, 'a'],
    [{ term: { valid: '2024-01-31' } }, 'a'],
    [{ range: { valid: { gt: '2024-01-31' } } }, ''],
    [{ range: { valid: { gte: '2024-01-31T12:00:00Z' } } }, 'a'],
    [{ range: { valid: { lte: '2024-02', relation: 'within' } } }, 'a'],
    [{ term: { size: 9 } }, 'a'],
    [{ term: { size: 10 } }, ''],
    [{ term: { size: 20 } }, ''],
    [{ range: { size: { gt: 9, lt: 21 } } }, ''],
    [{ range: { size: { gt: 9, lt: 22 } } }, 'b'],
    [{ range: { size: { gte: 100, relation: 'contains' } } }, 'b'],
    // An open end that is left out leaves out the last value of all
    [{ range: { size: { lt: 0 } } }, 'e'],
    [{ range: { size: { gt: null, lt: 0 } } }, ''],
    [{ range: { size: { gt: null } } }, 'a b e'],
    [{ query_string: { query: 'size:{* TO 0]' } }, ''],
    [{ query_string: { query: 'size:[* TO 0]' } }, 'e'],
    [{ query_string: { query: 'size:{* TO *}' } }, 'a b'],
    [{ term: { size: 1.5 } }, 'fails: "1.5" is not an integer_range'],
    [{ term: { score: 0.5 } }, ''],
    [{ term: { score: 1 } }, 'a b'],
    [{ range: { score: { gt: 0, lt: 1.5, relation: 'within' } } }, 'a'],
  ])('%j', (dsl, expected) => {
    expect(searchDsl(index, dsl)).toBe(expected);
  });

  it('have a first value, which an open end may leave out', () => {
    const ends: Index = {
      properties: { net: { type: 'ip_range' }, size: { type: 'integer_range' }, score: { type: 'double_range' } },
      docs: {
        first: { net: '::/128', size: { lte: -2147483648 }, score: { lt: -1.7976931348623157e308 } },
        more: { net: '::/127', size: { lt: -2147483646 }, score: { lt: 0 } },
        last: { net: { gte: '::' }, size: { gte: 2147483647 }, score: { gte: 0 } },
      },
    };
    expect(searchDsl(ends, { range: { net: { gt: null, lte: '::5' } } })).toBe('more last');
    expect(searchDsl(ends, { range: { net: { gt: '::', gte: null, lte: '::5' } } })).toBe('first more last');
    expect(searchDsl(ends, { range: { net: { gt: null, lt: null } } })).toBe('first more last');
    expect(searchDsl(ends, { range: { size: { gte: 0, lt: null } } })).toBe('');
    expect(searchDsl(ends, { range: { score: { gt: null, lt: 0 } } })).toBe('more');
    expect(searchLucene(ends, 'size:{* TO *}')).toBe('more');
    expect(searchLucene(ends, 'size:[* TO *}')).toBe('first more');
    expect(searchLucene(ends, 'size:>\\*')).toBe('more last');
    expect(searchLucene(ends, 'size:[* TO *]')).toBe('first more last');
  });

  it('are asked from KQL', () => {
    expect(searchKql(index, 'net: 10.0.0.1')).toBe('a');
    expect(searchKql(index, 'size >= 5 and size <= 30')).toBe('a b');
    expect(searchKql(index, 'net: *')).toBe('a b');
  });
});
