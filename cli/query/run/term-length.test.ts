import { describe, expect, it } from 'vitest';
import type { Json } from '../../text/json.ts';
import { searchDsl, searchLucene, type Index } from '../test-support.ts';

const index: Index = {
  properties: {
    k: { type: 'keyword' },
    low: { type: 'keyword', normalizer: 'lowercase' },
    t: { type: 'text' },
    whole: { type: 'text', analyzer: 'keyword' },
    n: { type: 'long' },
  },
  docs: { 1: { k: 'a' } },
};

const fits = 'a'.repeat(32_766);
const long = `${fits}a`;
const wide = 'é'.repeat(16_384);
const fault = (bytes: number): string => `fails: a value of ${bytes} bytes is longer than a term can be`;

describe('the length of terms that are looked for', () => {
  it.each<[string, (value: string) => Json]>([
    ['term', (value) => ({ term: { k: value } })],
    ['term on an unmapped name', (value) => ({ term: { nope: value } })],
    ['terms', (value) => ({ terms: { t: ['x', value] } })],
    ['range', (value) => ({ range: { k: { lt: value, gte: 'b' } } })],
    ['fuzzy', (value) => ({ fuzzy: { k: { value } } })],
    ['term beside what matches nothing', (value) => ({ bool: { filter: [{ term: { nope: 1 } }, { term: { k: value } }] } })],
    ['match on a keyword', (value) => ({ match: { k: value } })],
    ['match_phrase on a keyword', (value) => ({ match_phrase: { k: value } })],
    ['match on a text that is one term', (value) => ({ match: { whole: value } })],
    ['match with the analyzer that does nothing', (value) => ({ match: { t: { query: value, analyzer: 'keyword' } } })],
  ])('is limited in %s', (_, query) => {
    expect([searchDsl(index, query(fits)), searchDsl(index, query(long)), searchDsl(index, query(wide))]).toEqual([
      '',
      fault(32_767),
      fault(32_768),
    ]);
  }); // prettier-ignore

  it.each<[string, Json]>([
    ['match on a text', { match: { t: long } }],
    ['match under a normalizer', { match: { low: long } }],
    ['lenient match', { match: { k: { query: long, lenient: true } } }],
    ['fuzzy match', { match: { k: { query: long, fuzziness: 1 } } }],
    ['match_bool_prefix', { match_bool_prefix: { k: long } }],
    ['multi_match', { multi_match: { query: long, fields: ['k'] } }],
    ['wildcard', { wildcard: { k: long } }],
  ])('is not limited in %s', (_, query) => {
    expect(searchDsl(index, query)).toBe('');
  });

  it('is not limited in query strings', () => {
    expect(searchLucene(index, `${long} "${long}" ${long}~1`, { fields: ['k'] })).toBe('');
  });
});
