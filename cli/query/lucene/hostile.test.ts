import { describe, expect, it } from 'vitest';
import { searchLucene, type Index } from '../test-support.ts';

const index: Index = {
  properties: { m: { type: 'text' }, k: { type: 'keyword' }, n: { type: 'long' } },
  docs: { 1: { m: 'a b', k: 'x', n: 5 } },
};

/** What became of a text, and in time: the whole test has five seconds. */
const outcome = (text: string): string => searchLucene(index, text).slice(0, 60);

describe('hostile Lucene texts', () => {
  it.each([
    ['parentheses', '('.repeat(100_000), 'fails: the query is nested more than 300 levels deep'],
    ['closed parentheses', `${'('.repeat(5_000)}a${')'.repeat(5_000)}`, 'fails: the query is nested more than 300 levels deep'],
    ['quotes', '"'.repeat(100_001), 'fails: the quoted text has no end'],
    ['quotes with escapes', '"\\" '.repeat(10_001), 'fails: the quoted text has no end'],
    ['backslashes', '\\'.repeat(100_001), 'fails: the query ends after a backslash'],
    ['slashes', '/'.repeat(100_001), 'fails: "/" begins a regular expression that has no end'],
    ['escaped slashes', `/${'\\/'.repeat(30_000)}`, 'fails: the regular expression has 59999 characters, 1000 are'],
    ['brackets', '['.repeat(100_000), 'fails: the range has no end'],
    ['quoted ends', '["a'.repeat(30_000), 'fails: the range has no end'],
    ['colons', 'a:'.repeat(50_000), 'fails: a second ":" in one term'],
    ['nots', `${'NOT '.repeat(50_000)}a`, 'fails: NOT stands where a term is expected'],
    ['signs', `${'-'.repeat(100_000)}a`, 'fails: "-" stands where a term is expected'],
    ['tildes', '~'.repeat(100_000), 'fails: "~" has no term in front of it'],
    ['words', 'a '.repeat(50_000), '1'],
    ['clauses', `${'x OR '.repeat(5_000)}a`, '1'],
    ['stars', `k:${'*a'.repeat(5_000)}`, ''],
    ['many patterns', `k:(${'/(a|aa)*b/ '.repeat(500)})`, ''],
    ['broken escapes', '\\u12'.repeat(1_000), 'fails: \\u takes four hexadecimal digits'],
    ['control characters', '\0'.repeat(10_000), ''],
    ['lone surrogates', '\ud800'.repeat(10_000), ''],
  ])('%s', (_name, text, expected) => {
    expect(outcome(text)).toBe(expected);
  }); // prettier-ignore

  it('reads patterns that double the work of a careless matcher in time that grows with the value', () => {
    const long: Index = { properties: { k: { type: 'wildcard' } }, docs: { 1: { k: 'a'.repeat(100_000) } } };
    for (const pattern of ['k:*a*a*a*a*b', 'k:*a?a?a?a*b*', 'k:/(a|aa)*b/', 'k:/(a*)*b/', 'k:/.*a.{12}b/'])
      expect([pattern, searchLucene(long, pattern)]).toEqual([pattern, '']);
  });
});
