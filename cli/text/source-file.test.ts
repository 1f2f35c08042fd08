import { describe, expect, it } from 'vitest';
import { SourceFile } from './source-file.ts';

describe('lines of a file', () => {
  it('counts lines and columns from 1, with LF and CRLF', () => {
    const file = new SourceFile('a.toml', 'one\r\ntwo\n\nfour');
    expect(file.lineCount).toBe(4);
    expect([0, 3, 5, 9, 10, 14].map((offset) => file.position(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 4 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 5 },
    ]);
    expect([1, 2, 3, 4, 5].map((line) => file.line(line))).toEqual(['one', 'two', '', 'four', '']);
  });

  it('drops a byte order mark, so that offsets begin at the first character', () => {
    expect(new SourceFile('a', '\ufeffx = 1').text).toBe('x = 1');
  });

  it('keeps offsets outside the text within it', () => {
    const file = new SourceFile('a', 'ab\ncd');
    expect([file.position(-5), file.position(99)]).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 3 },
    ]);
  });

  it('gives the span of a line without its end', () => {
    const file = new SourceFile('a', 'ab\r\ncd');
    expect([file.lineSpan(1), file.lineSpan(2), file.lineSpan(3)]).toEqual([
      { start: 0, end: 2 },
      { start: 4, end: 6 },
      { start: 6, end: 6 },
    ]);
  });
});
