import { describe, expect, it } from 'vitest';
import { frame } from '../../text/frame.ts';
import { SourceFile } from '../../text/source-file.ts';
import { parseToml } from './document.ts';

const read = (text: string) => parseToml(new SourceFile('rule.toml', text));

/** Faults as a person sees them. */
const seen = (text: string): string => {
  const document = read(text);
  return document.problems
    .map(({ id, message, help, span, label }) =>
      [
        `${id}: ${message}`,
        ...frame(document.source, [{ span, primary: true, ...(label === undefined ? {} : { message: label }) }]),
        `help: ${help ?? ''}`,
      ].join('\n'),
    )
    .join('\n');
};

describe('a TOML file', () => {
  it('gives values, and the place of each, also below lists', () => {
    const text = '[rule]\nname = "x"\ntags = [\n  "a",\n  "b",\n]\n\n[[rule.threat]]\nframework = "y"\n';
    const document = read(text);
    expect(document.data).toEqual({ rule: { name: 'x', tags: ['a', 'b'], threat: [{ framework: 'y' }] } });
    const at = (span: { start: number; end: number }): string => text.slice(span.start, span.end);
    expect([
      at(document.keySpan(['rule', 'name'])),
      at(document.valueSpan(['rule', 'name'])),
      at(document.valueSpan(['rule', 'tags', 1])),
      at(document.valueSpan(['rule', 'threat', 0, 'framework'])),
    ]).toEqual(['name', '"x"', '"b"', '"y"']);
  });

  it('falls back to the nearest key above for what is not there', () => {
    const text = '[rule]\nname = "x"\n';
    const document = read(text);
    const { start, end } = document.valueSpan(['rule', 'query']);
    expect(text.slice(start, end)).toBe('rule');
    expect(document.text(['rule', 'query'])).toBeUndefined();
  });

  it('reads a byte order mark and CRLF like any other file', () => {
    const document = read("\ufeff# c\r\nquery = '''\r\na\r\nb\r\n'''\r\n");
    expect(document.data).toEqual({ query: 'a\nb\n' });
    const text = document.text(['query']);
    const span = text?.span({ start: 2, end: 3 }) ?? { start: 0, end: 0 };
    expect(document.source.text.slice(span.start, span.end)).toBe('b');
    expect(document.source.position(span.start)).toEqual({ line: 4, column: 1 });
  });

  it('holds hostile keys as own keys and touches nothing shared', () => {
    const document = read('[__proto__]\npolluted = 1\n[constructor]\nx = 2\n[toString]\ny = 3\n');
    expect(Object.keys(document.data ?? {})).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Object.hasOwn(Object, 'x')).toBe(false);
  });

  it('gives dates as text, and whole numbers that a double cannot hold as their digits', () => {
    expect(read('a = 2026-01-02\nb = 1979-05-27T07:32:00Z\nc = 9007199254740993\nd = 42\n').data).toEqual({
      a: '2026-01-02',
      b: '1979-05-27T07:32:00.000Z',
      c: '9007199254740993',
      d: 42,
    });
  });
});

describe('a file that is not TOML', () => {
  it.each([
    ['an unterminated string', '[rule]\nname = "x\nid = 1\n'],
    ['an unterminated text', "[rule]\nquery = '''\nprocess where true\n"],
    ['a key that is there twice', '[rule]\nname = "x"\nname = "y"\n'],
    ['a table that is there twice', '[rule]\na = 1\n[rule]\nb = 1\n'],
    ['a backslash in double quotes', '[rule]\npath = "C:\\Windows"\n'],
    ['a boolean of another language', '[rule]\nenabled = True\n'],
    ['text without quotes', '[rule]\nseverity = high\n'],
    ['a colon', '[rule]\nseverity: "high"\n'],
    ['a missing comma', '[rule]\ntags = ["a" "b"]\n'],
  ])('%s', (_, text) => {
    expect(read(text).data).toBeUndefined();
    expect(seen(text)).toMatchSnapshot();
  });

  it('is told in words when it is nested beyond all measure', () => {
    const document = read(`a = ${'['.repeat(100_000)}`);
    expect(document.problems).toHaveLength(1);
    expect(document.problems[0]?.id).toBe('toml/syntax');
  });
});
