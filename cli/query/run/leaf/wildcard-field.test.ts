import { describe, expect, it } from 'vitest';
import type { Json } from '../../../text/json.ts';
import { searchDsl, searchKql, searchLucene, type Index } from '../../test-support.ts';

const values: Readonly<Record<string, Json>> = {
  empty: '', a: 'a', b: 'b', abc: 'abc', upper: 'ABC', path: 'C:\\a', swap: 'xyazbc', xyz: 'xyzabc', xy: 'xy', e: 'é', zoe: 'Zoë', jp: '日本',
  emoji: '😀', pair: '😀a', mid: 'a😀b', sigma: 'ςab', bytes: 'Ã©', list: ['q', '//x'],
}; // prettier-ignore

const index: Index = {
  properties: { w: { type: 'wildcard' }, short: { type: 'wildcard', ignore_above: 1 } },
  docs: Object.fromEntries(Object.entries(values).map(([id, w]) => [id, { w, short: w }])),
};

const ALL = Object.keys(values).join(' ');

describe('wildcard fields', () => {
  it.each<[Json, string]>([
    // Wildcards alone with a star among them: any value
    [{ wildcard: { w: '?*' } }, ALL],
    [{ wildcard: { w: '*??*' } }, ALL],
    [{ wildcard: { w: '?' } }, 'a b e emoji list'],
    [{ wildcard: { short: '??*' } }, 'empty a b e list'],
    [{ wildcard: { w: '' } }, ''],
    [{ prefix: { w: '' } }, ALL],
    [{ term: { w: '' } }, 'empty'],
    [{ term: { w: { value: '', case_insensitive: true } } }, ''],
    [{ regexp: { w: '' } }, ''],
    [{ term: { w: { value: 'aBc', case_insensitive: true } } }, 'abc upper'],
    [{ prefix: { w: { value: 'aB', case_insensitive: true } } }, 'abc upper'],
    [{ prefix: { w: 'C:\\' } }, 'path'],
    // A backslash at the end escapes the mark behind the value
    [{ wildcard: { w: '*\\' } }, ALL],
    [{ wildcard: { w: 'C:\\\\a\\' } }, ''],
    // Of two characters, one of them beyond the basic plane: looked for in another spelling than it is indexed
    [{ prefix: { w: '😀' } }, ''],
    [{ wildcard: { w: '😀*' } }, ''],
    [{ wildcard: { w: '😀?' } }, ''],
    [{ wildcard: { w: '*😀b*' } }, ''],
    [{ wildcard: { w: '*😀*' } }, 'emoji pair mid'],
    [{ wildcard: { w: '*😀' } }, 'emoji'],
    [{ wildcard: { w: 'a😀*' } }, 'mid'],
    [{ term: { w: '😀' } }, 'emoji'],
    [{ regexp: { w: '😀.*' } }, ''],
    [{ regexp: { w: '.*😀.*' } }, 'emoji pair mid'],
    // An empty branch is one that nothing meets
    [{ regexp: { w: 'x(yza|())y?.*' } }, 'xyz'],
    [{ regexp: { w: '()+' } }, ''],
    [{ regexp: { w: '()abc' } }, 'abc'],
    [{ regexp: { w: '.*' } }, ALL],
    [{ regexp: { w: { value: 'σab', case_insensitive: true } } }, ''],
    [{ regexp: { w: { value: '[σx]ab', case_insensitive: true } } }, 'sigma'],
    [{ regexp: { w: { value: '.ab', case_insensitive: true } } }, 'sigma'],
    [{ regexp: { w: { value: 'aBc', case_insensitive: true } } }, 'abc upper'],
    // Bytes of the bounds against characters of the values
    [{ range: { w: { gte: 'b' } } }, 'b swap xyz xy e bytes list'],
    [{ range: { w: { gt: 'é' } } }, 'e'],
    [{ range: { w: { lt: 'b' } } }, 'empty a abc upper path zoe list'],
    [{ range: { w: { gte: 'xya', lte: 'xyb' } } }, 'swap'],
    [{ range: { w: { gte: 'é', lte: 'éz' } } }, ''],
    // Bytes of the terms against characters of the values
    [{ fuzzy: { w: { value: 'Zoë', fuzziness: 0 } } }, ''],
    [{ fuzzy: { w: { value: 'é', fuzziness: 1 } } }, 'empty a b bytes list'],
    [{ fuzzy: { w: { value: '', fuzziness: 1 } } }, 'empty a b bytes list'],
    // A swap over the border of two runs of three spoils both
    [{ fuzzy: { w: { value: 'xyzabc', fuzziness: 1 } } }, 'xyz'],
    [{ match: { w: { query: 'xyzabd', fuzziness: 1 } } }, 'xyz'],
    [{ match_bool_prefix: { w: { query: 'xyzabd', fuzziness: 1 } } }, 'xyz'],
    [{ fuzzy: { w: { value: 'abd', fuzziness: 1, prefix_length: 2 } } }, 'abc'],
    [{ fuzzy: { w: { value: 'abd', prefix_length: 4 } } }, 'fails: prefix_length 4 is more than "abd" has characters'],
    [{ match_bool_prefix: { w: 'ab' } }, ''],
  ])('%j', (dsl, expected) => {
    expect(searchDsl(index, dsl)).toBe(expected);
  }); // prettier-ignore

  it('looks for runs in all values of a document, and for values that fit in any', () => {
    // "//x" is indexed as a run that the prefix of an emoji is looked for by
    const both: Index = { ...index, docs: { 1: { w: ['😀y', '//x'] }, 2: { w: '😀y' }, 3: { w: '//x' } } };
    expect(searchDsl(both, { prefix: { w: '😀' } })).toBe('1');
  });

  it('are the same through KQL and query strings', () => {
    expect(searchKql(index, 'w: *bc')).toBe('abc swap xyz');
    expect(searchLucene(index, 'w:?*')).toBe(ALL);
    expect(searchLucene(index, 'w:xyzabd~1')).toBe('xyz');
  });

  it('compare the numbers of a range as Java prints them', () => {
    const numbers: Index = { properties: index.properties, docs: { a: { w: '1.0E-8' }, b: { w: '1.5' } } };
    expect(searchDsl(numbers, { range: { w: { gt: 1e-7, lt: '1.4' } } })).toBe('a');
  });
});
