import { describe, expect, it } from 'vitest';
import type { Json } from '../../text/json.ts';
import { searchDsl, searchKql, searchLucene, type Index } from '../test-support.ts';

const index: Index = {
  properties: {
    k: { type: 'keyword', index: false },
    l: { type: 'long', index: false },
    d: { type: 'date', index: false },
    t: { type: 'text', index: false },
    nothing: { type: 'keyword', index: false, doc_values: false },
    word: { type: 'text' },
    place: { type: 'geo_point' },
    bytes: { type: 'binary' },
    o: { properties: { x: { type: 'keyword' } } },
    al: { type: 'alias', path: 'word' },
    n: { type: 'nested', properties: { v: { type: 'long' } } },
  },
  docs: {
    1: { k: 'zeta' },
    2: { l: 77 },
    3: { d: '2024-01-01' },
    4: { t: 'zeta', nothing: 'zeta' },
    5: { word: 'zeta 77' },
    6: { place: '1,2', bytes: 'emV0YQ==' },
    7: { o: { x: 'zeta' } },
  },
};

describe('text without a field', () => {
  it.each([
    ['zeta', '1 5 7'],
    ['77', '2 5'],
    ['2024', '3'],
    ['ze*', '1 5 7'],
    ['"zeta 77"', '5'],
  ])('is looked for in all fields that have an index or doc values: %s', (text, expected) => {
    expect(searchLucene(index, text)).toBe(expected);
    expect(searchDsl(index, { simple_query_string: { query: text } })).toBe(expected);
    if (/^\w+$/.test(text)) {
      expect(searchKql(index, text)).toBe(expected);
      expect(searchDsl(index, { multi_match: { query: text } })).toBe(expected);
    }
  });

  it('is looked for in the mapped fields of a list, with patterns and boosts', () => {
    const multi = (fields: Json, more = {}): string =>
      searchDsl(index, { multi_match: { query: 'zeta', fields, ...more } });
    expect(multi(['k^2', 'nope'])).toBe('1');
    expect(multi(['nope', 'o'])).toBe('');
    expect(multi(['o.*'])).toBe('7');
    expect(multi(['al'])).toBe('5');
    expect(multi(['a*'])).toBe('5');
    expect(multi(['l'])).toBe('fails: "zeta" is not a long');
    expect(multi(['l'], { lenient: true })).toBe('');
    expect(multi(['l*'])).toBe('fails: "zeta" is not a long');
    expect(multi(['l', '*'])).toBe('1 5 7');
    expect(multi(['noth*', 't*'])).toBe('');
    expect(multi(['nothing'])).toBe('fails: nothing cannot be searched');
  });

  it('reads a number as text, so that a year is one', () => {
    expect(searchDsl(index, { multi_match: { query: 2024, fields: ['d'] } })).toBe('3');
    expect(searchDsl(index, { match: { d: 2024 } })).toBe('');
  });
});

describe('a clause of query text on types without text', () => {
  it.each([
    ['place:z*', ''],
    ['place:z~', ''],
    ['place:[a TO b]', ''],
    ['bytes:[* TO *]', ''],
    ['place:z', 'fails: place is a geo_point, which is compared with no value'],
    ['place:*z', 'fails: a wildcard cannot be used on place, which is a geo_point'],
    ['bytes:z', 'fails: bytes is a binary, which is compared with no value'],
    ['place:*', '6'],
  ])('%s', (text, expected) => {
    expect(searchLucene(index, text, { lenient: false })).toBe(expected);
  });
});

describe('a star as query text', () => {
  it('is everything over all fields, any value of a field that is named, and nothing of an object in a list', () => {
    expect(searchLucene(index, '*')).toBe('1 2 3 4 5 6 7');
    expect(searchLucene(index, '*', { fields: ['k'] })).toBe('1');
    expect(searchLucene(index, '*', { fields: ['o'] })).toBe('');
    expect(searchLucene(index, '*', { fields: ['o', 'k'] })).toBe('1');
    expect(searchLucene(index, '*', { default_field: 'o' })).toBe('7');
    expect(searchLucene(index, 'o:*')).toBe('7');
  });

  it('is an open end behind >= and <=, however it is escaped', () => {
    expect(searchLucene(index, 'l:>=\\*')).toBe('2');
    expect(searchLucene(index, 'l:<=\\*')).toBe('2');
    expect(searchLucene(index, 'd:>=\\*')).toBe('3');
  });
});

describe('a regular expression in query text', () => {
  const paths: Index = { properties: { k: { type: 'keyword' } }, docs: { 1: { k: 'a/b' }, 2: { k: 'a\\/b' } } };

  it('is handed on as it is written', () => {
    expect(searchLucene(paths, 'k:/a\\/b/')).toBe('1');
    expect(searchLucene(paths, 'k:/a\\\\/b/')).toBe('2');
  });

  it('is not even read where no field is mapped', () => {
    expect(searchLucene(paths, 'nope:/[/')).toBe('');
    expect(searchLucene(paths, 'k:/[/', { lenient: false })).toMatch(/^fails: /);
    expect(searchDsl(paths, { regexp: { nope: '[' } })).toMatch(/^fails: /);
  });
});
