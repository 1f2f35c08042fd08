import { describe, expect, it } from 'vitest';
import { parse } from 'smol-toml';
import { decodeString } from './string-text.ts';

const decoded = (written: string) => decodeString(`x = ${written}`, 4, 4 + written.length);

/** The written text under each character of the decoded one. */
const under = (written: string): string[] => {
  const text = decoded(written);
  return [...text.text].map((_, at) => {
    const { start, end } = text.span({ start: at, end: at + 1 });
    return `x = ${written}`.slice(start, end);
  });
};

describe('strings and the places of their characters', () => {
  it.each([
    ['"a\\tb\\u00e9\\\\"'],
    ["'C:\\Windows\\*'"],
    ['"""\nfirst\nsecond \\\n   third\n"""'],
    ["'''\n  process where x == \"a\\b\"\n'''"],
    ['"""a""b"""'],
    ['"\\U0001F600 \\" q"'],
    ['""'],
    ["''''it''s'''"],
  ])('%s means what the parser says', (written) => {
    expect(decoded(written).text).toBe((parse(`x = ${written}`) as { x: string }).x);
  });

  it('shows an escape under the one character it stands for', () => {
    expect(under('"a\\tb\\u00e9c"')).toEqual(['a', '\\t', 'b', '\\u00e9', 'c']);
  });

  it('leaves out the first line break and what a backslash at the end of a line swallows', () => {
    expect(under('"""\nab \\\n   c"""')).toEqual(['a', 'b', ' \\\n   ', 'c']);
  });

  it('counts CRLF as one line feed', () => {
    const written = "'''\r\na\r\nb'''";
    expect(decoded(written).text).toBe('a\nb');
    expect(under(written)).toEqual(['a', '\r\n', 'b']);
  });

  it('keeps backslashes of literal strings', () => {
    expect(under("'a\\t'")).toEqual(['a', '\\', 't']);
  });
});
