import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import type { Json } from '../../../text/json.ts';
import { parseDsl } from '../../dsl/parse.ts';
import { searchDsl, searchLucene, type Index } from '../../test-support.ts';
import { compilePredicate } from '../predicate.ts';

const TOO_COSTLY = 'fails: the wildcard pattern is too costly: its automaton takes more than 10000 steps';

const values: Readonly<Record<string, string>> = {
  empty: '', a: 'a', A: 'A', abc: 'abc', up: 'ÉA', low: 'éa', is: 'İs', hash: '#', word: 'wW', gap: '- -', break: 'x\\\ny',
}; // prettier-ignore

const index: Index = {
  properties: {
    k: { type: 'keyword' },
    n: { type: 'keyword', normalizer: 'lowercase' },
    x: { type: 'keyword', index: false },
    t: { type: 'text' },
    f: { type: 'flattened' },
    long: { type: 'long' },
  },
  docs: Object.fromEntries(Object.entries(values).map(([id, v]) => [id, { k: v, n: v, x: v, t: v, f: { v } }])),
};

describe('patterns on terms', () => {
  it.each<[Json, string]>([
    // Without parts there is no automaton
    [{ wildcard: { k: '' } }, ''],
    [{ wildcard: { x: '' } }, ''],
    [{ prefix: { k: 'éa' } }, 'low'],
    [{ wildcard: { k: { value: 'É*', case_insensitive: true } } }, 'up'],
    // An escape before a line break is none: the backslash belongs to the text, which is normalised
    [{ wildcard: { n: 'X\\\nY' } }, ''],
    [{ wildcard: { n: 'X\\\\\nY' } }, 'break'],
    [{ regexp: { k: '' } }, 'empty'],
    [{ regexp: { k: { value: '', case_insensitive: true } } }, ''],
    [{ regexp: { k: { value: 'é[a]', case_insensitive: true } } }, 'up low'],
    [{ regexp: { k: 'a{3,1}' } }, 'fails: the repetition is the wrong way round'],
    [{ regexp: { k: { value: '#', flags: 'NONE' } } }, 'hash'],
    [{ regexp: { k: { value: '~a', flags: '' } } }, ''],
    // The whole expression is normalised
    [{ regexp: { n: '\\W+' } }, 'a A abc is word'],
    [{ regexp: { n: '[A-C]+' } }, 'a A abc'],
    // Without an index values are compared as in Java
    [{ term: { x: { value: 'éA', case_insensitive: true } } }, 'up low'],
    [{ term: { k: { value: 'éA', case_insensitive: true } } }, 'low'],
    [{ prefix: { x: { value: 'is', case_insensitive: true } } }, 'is'],
    [{ prefix: { k: { value: 'is', case_insensitive: true } } }, ''],
    [{ regexp: { x: { value: 'a', case_insensitive: true } } }, 'fails: x takes no case-insensitive regular expression'],
    [{ regexp: { x: 'a' } }, 'a'],
  ])('%j', (dsl, expected) => {
    expect(searchDsl(index, dsl)).toBe(expected);
  }); // prettier-ignore

  it.each(['k', 'x', 't', 'f'])('fails on %s where the automaton costs too much', (field) => {
    expect(searchDsl(index, { wildcard: { [field]: `*a${'?'.repeat(13)}` } })).toBe(TOO_COSTLY);
    expect(searchDsl(index, { wildcard: { [field]: `*a${'?'.repeat(12)}` } })).toBe('');
    expect(searchDsl(index, { regexp: { [field]: '.*a.{13}' } })).toMatch(
      /^fails: the regular expression is too costly/,
    );
    expect(searchDsl(index, { regexp: { [field]: { value: '.*a.{13}', max_determinized_states: 20_000 } } })).toBe('');
  });

  it('fails for many stars, and for a long text behind one', () => {
    expect(searchDsl(index, { wildcard: { k: `*${'ab*'.repeat(20)}` } })).toBe('');
    expect(searchDsl(index, { wildcard: { k: '*a'.repeat(450) } })).toBe(TOO_COSTLY);
    expect(searchDsl(index, { wildcard: { k: `*${'a'.repeat(440)}` } })).toBe('');
    expect(searchDsl(index, { wildcard: { k: `*${'a'.repeat(450)}` } })).toBe(TOO_COSTLY);
    expect(searchDsl(index, { wildcard: { k: `${'a?'.repeat(5000)}*` } })).toBe('');
  });

  it('finds nothing through a lenient query string where the automaton costs too much', () => {
    expect(searchLucene(index, `k:*a${'?'.repeat(13)}`)).toBe('');
    expect(searchLucene(index, `*a${'?'.repeat(13)}`, { fields: ['k'] })).toBe(TOO_COSTLY);
  });

  it('measures expressions and prefixes by the settings of the index, but no prefix of a query string', () => {
    const long = 'a'.repeat(1001);
    const allowed = { ...index, settings: { 'index.max_regex_length': 2000 } };
    expect(searchDsl(index, { prefix: { k: long } })).toBe('fails: the prefix has 1001 characters, 1000 are allowed');
    expect(searchDsl(index, { regexp: { nope: long } })).toBe(
      'fails: the regular expression has 1001 characters, 1000 are allowed',
    );
    expect([searchDsl(allowed, { prefix: { k: long } }), searchDsl(allowed, { regexp: { k: long } })]).toEqual([
      '',
      '',
    ]);
    expect(searchLucene(index, `k:${long}*`, { fields: ['k'] })).toBe('');
    expect(searchLucene(index, `t:${long}*`, { fields: ['k'] })).toBe('');
  });

  it('folds the letters of regular expressions beyond ASCII from Elasticsearch 9.1 on', () => {
    const query = parseDsl({ regexp: { k: { value: 'É', case_insensitive: true } } });
    const mapping = mappingFromElasticsearch({ properties: { k: { type: 'keyword' } } });
    const finds = (stack?: string): boolean =>
      compilePredicate(query, { mapping, now: 0, ...(stack === undefined ? {} : { stack }) })({
        id: '1',
        index: 'test',
        source: { k: 'é' },
        ordinal: 0,
      });
    expect([finds('8.18.8'), finds('9.0.4'), finds('9.1'), finds('9.2.0'), finds()]).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

it('an escaped letter makes a case-insensitive pattern costly', () => {
  const pattern = String.raw`*xXxxXXx\xXxxxxxxxxXxx?*xxXXx`;
  const wildcard = (value: string): string => searchDsl(index, { wildcard: { k: { value, case_insensitive: true } } });
  expect([wildcard(pattern), wildcard(pattern.replace('\\', ''))]).toEqual([TOO_COSTLY, '']);
});
