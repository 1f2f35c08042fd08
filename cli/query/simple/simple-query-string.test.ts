import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import { parseDsl } from '../dsl/parse.ts';
import { compilePredicate } from '../run/predicate.ts';
import { searchDsl, type Index } from '../test-support.ts';

const index: Index = {
  properties: { m: { type: 'text' }, k: { type: 'keyword' }, al: { type: 'alias', path: 'k' } },
  docs: {
    1: { m: 'user root logged in from 10.0.0.1' },
    2: { m: 'guest refused' },
    3: { m: 'a guest of root' },
    4: { k: 'root' },
  },
};

const simple = (query: string, more = {}): string =>
  searchDsl(index, { simple_query_string: { query, fields: ['m'], ...more } });

describe('simple_query_string', () => {
  it.each([
    ['root guest', '1 2 3'],
    ['root + guest', '3'],
    ['root | user', '1 3'],
    ['refused | root + user', '1'],
    ['user + root | refused', '1 2'],
    ['(user | of) + root', '1 3'],
    ['root + -user', '3'],
    ['root -user', '1 2 3 4'],
    ['-(root | guest)', '4'],
    ['--root', '1 3'],
    ['- root', '1 3'],
    ['"root logged"', '1'],
    ['"user logged"', ''],
    ['"user logged"~1', '1'],
    ['"user logged"~', ''],
    ['"user logged"~1+of', '1 3'],
    ['"root logged', '1 3'],
    ['""~root', ''],
    ['root + "" guest', '1 2 3'],
    ['root + ""~1 guest', '3'],
    ['gue*', '2 3'],
    ['GUE*', '2 3'],
    ['gue\\*', ''],
    ['gest~1', '2 3'],
    ['gst~1', ''],
    ['gst~', '2 3'],
    ['gest~x', ''],
    ['(root', '1 3'],
    ['root)', '1 3'],
    ['((((root', '1 3'],
    ['()', ''],
    ['refused () user', '1 2'],
    ['root + ...', '1 3'],
    ['-... | user', '1'],
    ['... + user', '1'],
    ['user | ... + refused', '1 2'],
    ['m:root', ''],
    ['root AND user', '1 3'],
    ['AND~1', ''],
    ['OR*', ''],
    ['', ''],
    ['+ | -', ''],
    [' * ', '1 2 3 4'],
  ])('%j', (query, expected) => {
    expect(simple(query)).toBe(expected);
  });

  it.each([
    ['root user', { default_operator: 'and' }, '1'],
    ['root user of', { minimum_should_match: 2 }, '1 3'],
    ['root-user-of', { minimum_should_match: 2 }, '1 3'],
    ['root-user-of', { fields: ['m^2'], minimum_should_match: 3 }, '1 3'],
    ['root', { fields: ['m', 'k'] }, '1 3 4'],
    ['root', { fields: [] }, '1 3 4'],
    ['ro*', { fields: ['*'] }, '1 3 4'],
    ['-nothing', { fields: ['nope'] }, '1 2 3 4'],
    ['-ro*', { fields: ['nope'] }, ''],
    ['-ro*', { fields: ['nope', 'm'] }, '2 4'],
    ['root in 10.0.*', { analyze_wildcard: true, default_operator: 'and' }, '1'],
    ['ro*', { fields: ['k'], analyze_wildcard: true }, '4'],
    ['ro*', { fields: ['al'], analyze_wildcard: true }, ''],
    ['ro*', { fields: ['a*', 'k'], analyze_wildcard: true }, '4'],
    ['ro*', { fields: ['al'] }, '4'],
    ['-root refused', { minimum_should_match: 2 }, '2'],
    ['root', { minimum_should_match: 'x' }, '1 3'],
    [
      'root user',
      { minimum_should_match: 'x' },
      'fails: minimum_should_match "x" is no number, percentage or condition such as "2<75%"',
    ],
    ['gue*', { flags: 7 }, ''],
    ['gue*', { flags: 12 }, '2 3'],
    ['gue*', { flags: -3 }, '2 3'],
    ['gue*', { flags: '' }, '2 3'],
    ['user + refused', { flags: 'OR' }, '1 2'],
    ['gue*', { flags: 'NONE' }, ''],
    ['gue*', { flags: 'or|prefix' }, '2 3'],
    ['x', { flags: 'NONSENSE' }, 'fails: [simple_query_string] does not know the flag [NONSENSE]'],
  ])('%j with %j', (query, parameters, expected) => {
    expect(simple(query, parameters)).toBe(expected);
  });

  it('reads hostile texts in time, or says that they are too deep', () => {
    expect(simple('('.repeat(100_000))).toBe('');
    expect(simple('"'.repeat(10_001))).toBe('');
    const deep = 'fails: [simple_query_string] is nested more than 500 levels deep';
    expect(simple(`${'('.repeat(2_000)}a${')'.repeat(2_000)}`)).toBe(deep);
    expect(simple('a + b | '.repeat(2_000))).toBe(deep);
  });

  it('leaves out a text of blanks where the field splits texts into words', () => {
    const split: Index = {
      properties: {
        s: { type: 'keyword', split_queries_on_whitespace: true },
        k: { type: 'keyword' },
        f: { type: 'flattened', split_queries_on_whitespace: true },
      },
      docs: { a: { s: 'a', k: 'a', f: { x: 'a' } }, blank: { s: ' ', k: ' ', f: { x: ' ' } } },
    };
    const on = (field: string, query: string): string =>
      searchDsl(split, { simple_query_string: { query, fields: [field] } });
    expect(['s', 'k', 'f', 'f.x'].map((field) => on(field, 'a + \\ '))).toEqual(['a', '', 'a', 'a']);
    expect(['s', 'k', 'f', 'f.x'].map((field) => on(field, 'a + " "'))).toEqual(['', '', 'a', 'a']);
  });

  it('looks for the last word of a prefix in the index alone', () => {
    const mapping = mappingFromElasticsearch({ dynamic: false, runtime: { rt: { type: 'keyword' } } });
    const finds = (analyze_wildcard: boolean): boolean =>
      compilePredicate(parseDsl({ simple_query_string: { query: 'qui*', fields: ['rt'], analyze_wildcard } }), {
        mapping,
        now: 0,
      })({ id: '', index: '', ordinal: 0, source: { rt: 'quick' } });
    expect([finds(false), finds(true)]).toEqual([true, false]);
  });

  it('trims as Java does', () => {
    expect(simple('\u00a0*')).toBe('');
    expect(simple('\t*\u0001')).toBe('1 2 3 4');
  });
});
