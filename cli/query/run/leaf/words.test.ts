import { describe, expect, it } from 'vitest';
import type { Json } from '../../../text/json.ts';
import { searchDsl, searchLucene, type Index } from '../../test-support.ts';

const values: Readonly<Record<string, Json>> = {
  empty: '', foo: 'foo', both: 'foo bar', upper: 'Foo Bar', list: ['foo', 'bar'], quick: 'quick', other: 'foo bark',
}; // prettier-ignore

const index: Index = {
  settings: {
    analysis: {
      analyzer: { exact: { type: 'custom', tokenizer: 'standard' } },
      normalizer: { low: { type: 'custom', filter: ['lowercase'] } },
    },
  },
  properties: {
    t: { type: 'text' },
    key: { type: 'text', search_analyzer: 'keyword' },
    whole: { type: 'text', analyzer: 'keyword', search_analyzer: 'standard' },
    quote: { type: 'text', search_quote_analyzer: 'keyword' },
    odd: { type: 'text', search_analyzer: 'keyword', search_quote_analyzer: 'standard' },
    close: { type: 'text', position_increment_gap: 0 },
    docs: { type: 'text', index_options: 'docs' },
    freqs: { type: 'text', index_options: 'freqs' },
    off: { type: 'text', index: false },
    pre: { type: 'text', index_prefixes: {} },
    k: { type: 'keyword' },
    split: { type: 'keyword', split_queries_on_whitespace: true },
    low: { type: 'keyword', normalizer: 'low', split_queries_on_whitespace: true },
    built: { type: 'keyword', normalizer: 'lowercase', split_queries_on_whitespace: true },
    plain: { type: 'flattened' },
    flat: { type: 'flattened', split_queries_on_whitespace: true },
    n: { type: 'long' },
    bin: { type: 'binary' },
  },
  docs: Object.fromEntries(
    Object.entries(values).map(([id, v]) => [
      id,
      {
        ...Object.fromEntries(
          [
            't',
            'key',
            'whole',
            'quote',
            'odd',
            'close',
            'docs',
            'freqs',
            'off',
            'pre',
            'k',
            'split',
            'low',
            'built',
          ].map((name) => [name, v]),
        ),
        flat: { v },
      },
    ]),
  ),
};

const COUNTED =
  'fails: a prefix with a character beyond the basic plane of Unicode on pre, which has index_prefixes, cannot be run offline yet';
const NO_POSITIONS = 'fails: a phrase cannot be looked for in';

describe('words of a text that is looked for', () => {
  it.each<[Json, string]>([
    // The last word of a bool_prefix is a prefix only where the text ends
    [{ match_bool_prefix: { t: 'qui' } }, 'quick'],
    [{ match_bool_prefix: { t: 'qui ' } }, ''],
    [{ match_bool_prefix: { t: { query: 'foo bar', operator: 'and' } } }, 'both upper list other'],
    [{ match_bool_prefix: { t: { query: 'foo bar.', operator: 'and' } } }, 'both upper list'],
    [{ match_bool_prefix: { t: { query: 'fox b', operator: 'and', fuzziness: 1 } } }, 'both upper list other'],
    [{ match_phrase_prefix: { t: 'foo bar ' } }, 'both upper other'],
    // Analyzers of the field for values, words and phrases
    [{ match: { key: 'Foo' } }, ''],
    [{ match: { key: 'foo' } }, 'foo both upper list other'],
    [{ match_phrase: { key: 'foo bar' } }, ''],
    [{ match: { whole: 'FOO' } }, 'foo list'],
    [{ match: { quote: 'foo bar' } }, 'foo both upper list other'],
    [{ match_phrase: { quote: 'foo bar' } }, ''],
    [{ match_phrase: { close: 'foo bar' } }, 'both upper list'],
    [{ match_phrase: { t: 'foo bar' } }, 'both upper'],
    [{ match_phrase: { t: { query: 'foo bar', slop: 99 } } }, 'both upper'],
    [{ match_phrase: { t: { query: 'foo bar', slop: 100 } } }, 'both upper list'],
    // Without positions
    [{ match_phrase: { docs: 'foo bar' } }, `${NO_POSITIONS} docs`],
    [{ match_phrase_prefix: { freqs: 'foo b' } }, `${NO_POSITIONS} freqs`],
    [{ match_phrase: { docs: 'foo' } }, 'foo both upper list other'],
    [{ match: { docs: 'foo' } }, 'foo both upper list other'],
    // The empty text is a token of the keyword analyzer
    [{ match: { key: '' } }, ''],
    [{ match: { whole: { query: '', analyzer: 'keyword' } } }, 'empty'],
    [{ term: { whole: '' } }, 'empty'],
    [{ range: { whole: { lt: 'a' } } }, 'empty upper'],
    // Without an index a text is refused as soon as it looks for something
    [{ match: { off: '...' } }, ''],
    [{ match: { off: 'foo' } }, 'fails: off cannot be searched'],
    [{ term: { off: 'foo' } }, 'fails: off cannot be searched'],
    [{ match_phrase_prefix: { off: 'foo' } }, ''],
    [{ match_phrase_prefix: { off: 'foo b' } }, 'fails: off cannot be searched'],
    // An analyzer of the clause
    [{ match: { t: { query: 'Foo', analyzer: 'exact' } } }, ''],
    [{ match: { t: { query: 'foo-bar', analyzer: 'whitespace' } } }, ''],
    [{ match: { t: { query: 'Foo', analyzer: 'nope' } } }, 'fails: the index has no analyzer nope'],
    [{ match: { nope: { query: 'Foo', analyzer: 'nope' } } }, 'fails: the index has no analyzer nope'],
    [{ match: { nope: { query: 'Foo', analyzer: 'english' } } }, ''],
    // Prefixes that are terms of their own are counted in two ways
    [{ prefix: { pre: 'fo' } }, 'foo both upper list other'],
    [{ prefix: { pre: '\u{1f600}' } }, COUNTED],
    [{ match_phrase_prefix: { pre: 'a \u{1f600}' } }, COUNTED],
    [{ match_bool_prefix: { pre: 'a \u{1f600}' } }, COUNTED],
    [{ query_string: { query: 'pre:\u{1f600}*' } }, COUNTED],
    [{ match: { pre: '\u{1f600}' } }, ''],
    [{ multi_match: { query: 'Foo', fields: ['nope'], analyzer: 'nope' } }, 'fails: the index has no analyzer nope'],
    // A word of another type is not read, and neither is no word
    [{ match: { n: { query: '1_0', analyzer: 'simple', zero_terms_query: 'all' } } }, 'empty foo both upper list quick other'],
    [{ match: { n: { query: '1_0', analyzer: 'simple' } } }, ''],
    [{ match_phrase: { off: { query: '...', analyzer: 'simple' } } }, ''],
    [{ match: { bin: { query: '', analyzer: 'simple', lenient: true, zero_terms_query: 'all' } } }, ''],
    [{ match: { bin: { query: '', analyzer: 'simple' } } }, 'fails: bin is a binary, which is compared with no value'],
    // lenient excuses values, and no fault of the clause
    [{ match: { t: { query: 'Foo', analyzer: 'nope', lenient: true } } }, 'fails: the index has no analyzer nope'],
    [{ match: { t: { query: 'Foo bar', minimum_should_match: 'x', lenient: true } } }, 'fails: minimum_should_match "x" is no number, percentage or condition such as "2<75%"'],
    [{ match: { off: { query: 'Foo bar', minimum_should_match: 'x', lenient: true } } }, 'fails: minimum_should_match "x" is no number, percentage or condition such as "2<75%"'],
    [{ match: { off: { query: 'Foo bar', minimum_should_match: 1, lenient: true } } }, ''],
    [{ multi_match: { query: 'Foo bar', fields: ['t', 'k'], minimum_should_match: 'x', lenient: true } }, 'fails: minimum_should_match "x" is no number, percentage or condition such as "2<75%"'],
    [{ match: { t: { query: 'Foo', analyzer: 'english' } } }, 'fails: analyzer english cannot be run offline yet'],
    [{ match: { k: { query: 'foo bar', analyzer: 'standard' } } }, 'foo list'],
    [{ match_phrase: { k: { query: 'foo bar', analyzer: 'standard' } } }, 'fails: a phrase of several words cannot be used on k'],
    [{ match_phrase: { k: { query: 'FOO', analyzer: 'standard' } } }, 'foo list'],
    [{ multi_match: { query: 'Foo Bar', fields: ['k'], analyzer: 'standard' } }, 'foo list'],
    [{ match: { n: { query: '1', analyzer: 'standard' } } }, 'fails: a clause with an analyzer on a field of type long cannot be run offline yet'],
    // An analyzer that takes words whole takes phrases whole
    [{ match_phrase: { odd: 'foo bar' } }, ''],
    [{ match_phrase: { odd: 'foo' } }, 'foo both upper list other'],
    [{ multi_match: { query: 'foo bar', fields: ['odd'], type: 'phrase' } }, 'both upper'],
    // Keywords that split what is looked for
    [{ match: { split: 'foo x' } }, 'foo list'],
    [{ match: { split: { query: 'foo bar', operator: 'and' } } }, 'list'],
    [{ match: { split: { query: 'foo bar', minimum_should_match: 2 } } }, 'list'],
    [{ match: { split: { query: ' ', zero_terms_query: 'all' } } }, 'empty foo both upper list quick other'],
    [{ match: { split: '' } }, ''],
    [{ match_phrase: { split: 'foo bar' } }, 'both'],
    [{ match_phrase: { split: '' } }, 'empty'],
    [{ match_phrase_prefix: { split: 'foo' } }, 'fails: a phrase prefix cannot be used on split'],
    [{ match_bool_prefix: { split: 'x qui' } }, 'quick'],
    [{ match_bool_prefix: { split: 'x qui ' } }, ''],
    [{ match: { split: { query: 'fox bax', fuzziness: 1 } } }, 'foo list'],
    [{ match: { low: 'X FOO' } }, 'foo list'],
    // The built-in normalizer has no form that splits
    [{ match: { built: 'FOO BAR' } }, 'both upper'],
    [{ match_bool_prefix: { built: 'FOO B' } }, 'both upper other'],
    [{ match: { flat: 'foo x' } }, 'foo list'],
    [{ match_bool_prefix: { flat: 'x qui' } }, 'quick'],
    [{ match: { 'flat.v': 'foo x' } }, 'foo list'],
    [{ match_phrase: { flat: 'foo x' } }, 'fails: a phrase of several words cannot be used on flat'],
    [{ match: { 'flat.v': { query: 'foo x', fuzziness: 1 } } }, 'fails: a fuzzy term cannot be used on flat.v'],
    [{ match_bool_prefix: { 'flat.v': { query: 'qui', fuzziness: 1 } } }, 'quick'],
    [{ match_bool_prefix: { 'plain.v': { query: 'foo', fuzziness: 1 } } }, 'fails: a fuzzy term cannot be used on plain.v'],
  ])('%j', (dsl, expected) => {
    expect(searchDsl(index, dsl)).toBe(expected);
  }); // prettier-ignore

  it('goes through the analyzers of the field in a query string as well', () => {
    expect(searchLucene(index, 'key:Foo')).toBe('');
    expect(searchLucene(index, 'whole:FOO')).toBe('foo list');
    expect(searchLucene(index, 'quote:"foo bar"')).toBe('');
    expect(searchLucene(index, 'docs:"foo bar"')).toBe('');
    expect(searchLucene(index, '"foo bar"', { fields: ['docs'] })).toBe(`${NO_POSITIONS} docs`);
    expect(searchLucene(index, 'key:FO*')).toBe('');
    expect(searchLucene(index, 'whole:FO*')).toBe('foo both list other');
    expect(searchLucene(index, 'split:(foo x)')).toBe('foo list');
  });
});
