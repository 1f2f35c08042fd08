import { describe, expect, it } from 'vitest';
import type { Json } from '../../../text/json.ts';
import { searchDsl, searchLucene, type Index } from '../../test-support.ts';

const values: Readonly<Record<string, string>> = { empty: '', a: 'a', b: 'b', ab: 'ab', ba: 'ba', abc: 'abc' };

const index: Index = {
  properties: {
    k: { type: 'keyword' },
    x: { type: 'keyword', index: false },
    t: { type: 'text', analyzer: 'keyword' },
    con: { type: 'constant_keyword', value: 'a' },
  },
  docs: Object.fromEntries(Object.entries(values).map(([id, v]) => [id, { k: v, x: v, t: v }])),
};

describe('fuzzy terms', () => {
  it.each<[Json, string]>([
    [{ fuzzy: { k: { value: 'ab', fuzziness: 1 } } }, 'a b ab ba abc'],
    [{ fuzzy: { k: { value: 'ab', fuzziness: 1, transpositions: false } } }, 'a b ab abc'],
    [{ fuzzy: { k: { value: 'ab', fuzziness: 1, prefix_length: 1 } } }, 'a ab abc'],
    [{ fuzzy: { k: { value: 'b', fuzziness: 1 } } }, 'empty a b ab ba'],
    // The empty term has only itself in an index
    [{ fuzzy: { k: { value: '', fuzziness: 1 } } }, 'empty'],
    [{ fuzzy: { k: { value: '', fuzziness: 2 } } }, 'empty'],
    [{ fuzzy: { t: { value: '', fuzziness: 2 } } }, 'empty'],
    [{ match: { k: { query: '', fuzziness: 1 } } }, 'empty'],
    [{ fuzzy: { x: { value: '', fuzziness: 1 } } }, 'empty a b'],
    [{ fuzzy: { con: { value: '', fuzziness: 1 } } }, 'empty a b ab ba abc'],
    // A JSON number is cut to a whole one
    [{ fuzzy: { k: { value: 'abd', fuzziness: 1.5 } } }, 'ab abc'],
    [{ fuzzy: { k: { value: 'abd', fuzziness: 0.5 } } }, ''],
    [{ fuzzy: { k: { value: 'abd', fuzziness: '-0.5' } } }, ''],
    [{ match: { k: { query: 'abd', fuzziness: 'AUTO:1,9' } } }, 'ab abc'],
  ])('%j', (dsl, expected) => {
    expect(searchDsl(index, dsl)).toBe(expected);
  }); // prettier-ignore

  it('takes edits of a query string without fractions', () => {
    expect([searchLucene(index, 'k:abd~1'), searchLucene(index, 'k:abd~1.0')]).toEqual(['ab abc', 'ab abc']);
    expect(searchLucene(index, 'k:abd~0.5')).toBe('fails: "~0.5" is no number of edits');
  });
});
