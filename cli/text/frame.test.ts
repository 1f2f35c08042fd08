import { describe, expect, it } from 'vitest';
import { frame, PLAIN_FRAME } from './frame.ts';
import { SourceFile } from './source-file.ts';

const draw = (text: string, marked: string, message?: string, width = 100) => {
  const start = text.indexOf(marked);
  const label = { span: { start, end: start + marked.length }, primary: true };
  return frame(new SourceFile('a.toml', text), [message === undefined ? label : { ...label, message }], {
    ...PLAIN_FRAME,
    width,
  });
};

describe('frame', () => {
  it('puts carets under the exact characters, with the line before and the label beside', () => {
    expect(draw('interval = "5m"\nfrom = "now-5m"\nto = "now"\n', '"now-5m"', 'no slack')).toEqual([
      '1 | interval = "5m"',
      '2 | from = "now-5m"',
      '  |        ^^^^^^^^ no slack',
    ]);
  });

  it('aligns line numbers of different length', () => {
    const text = Array.from({ length: 10 }, (_, index) => `k${String(index + 1)} = 1`).join('\n');
    expect(draw(text, 'k10')).toEqual([' 9 | k9 = 1', '10 | k10 = 1', '   | ^^^']);
  });

  it('widens tabs and gives wide characters two carets each', () => {
    expect(draw('\tname = "日本" x', '日本')).toEqual(['1 |     name = "日本" x', '  |             ^^^^']);
    expect(draw('a = "e\u0301x"', 'x')).toEqual(['1 | a = "e\u0301x"', '  |       ^']);
  });

  it('writes out what would act on the terminal', () => {
    expect(draw('a = "\u001b[31m" b', 'b')).toEqual(['1 | a = "\\x1b[31m" b', '  |                ^']);
    expect(draw('a = "\u202e" b', 'b')).toEqual(['1 | a = "\\u202e" b', '  |              ^']);
  });

  it('shows an empty span and a span at the end of the text as one caret', () => {
    const source = new SourceFile('a.toml', 'a = ');
    expect(frame(source, [{ span: { start: 4, end: 4 }, primary: true }])).toEqual(['1 | a =', '  |     ^']);
  });

  it('marks the first line with text of a span over several lines', () => {
    const text = "query = '''\n  a and\n  b\n'''";
    const start = text.indexOf('\n');
    expect(frame(new SourceFile('a', text), [{ span: { start, end: text.indexOf('b') + 1 }, primary: true }])).toEqual([
      "1 | query = '''",
      '2 |   a and',
      '  |   ^^^^^',
    ]);
  });

  it('does not count CR as part of a line', () => {
    expect(draw('a = 1\r\nb = 2\r\n', 'b = 2\r\n')).toEqual(['1 | a = 1', '2 | b = 2', '  | ^^^^^']);
  });

  it('draws several labels, the primary one first, and leaves out the lines between', () => {
    const text = 'a = 1\nb = 2\nc = 3\nd = 4\n';
    const at = (part: string, message: string, primary: boolean) => ({
      span: { start: text.indexOf(part), end: text.indexOf(part) + part.length },
      message,
      primary,
    });
    expect(
      frame(new SourceFile('a', text), [at('d', 'here', true), at('a', 'first', false), at('4', 'value', false)]),
    ).toEqual(['1 | a = 1', '  | - first', '  …', '4 | d = 4', '  | ^ here', '  |     - value']);
  });

  it('shortens a long line around the span, at white space', () => {
    const words = Array.from({ length: 40 }, (_, index) => `word${String(index)}`).join(' ');
    expect(draw(words, 'word20', 'this', 60)).toEqual([
      '1 | … word17 word18 word19 word20 word21 word22 word23 …',
      '  |                        ^^^^^^ this',
    ]);
  });

  it('cuts a span that is longer than the row', () => {
    const rows = draw(`x ${'y'.repeat(500)} z`, 'y'.repeat(500), undefined, 50);
    expect(rows.every((row) => row.length <= 50)).toBe(true);
    expect(rows[1]).toMatch(/\^{30,}$/);
  });

  it('puts a label that has no room beside the carets below them', () => {
    expect(draw(`${'x'.repeat(60)} here`, 'here', 'a rather long explanation of it', 80)).toEqual([
      `1 | ${'x'.repeat(60)} here`,
      `  | ${' '.repeat(61)}^^^^`,
      `  | ${' '.repeat(16)}a rather long explanation of it`,
    ]);
  });
});
