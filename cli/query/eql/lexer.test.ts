import { describe, expect, it } from 'vitest';
import { lex } from './lexer.ts';
import { parseEql } from './parse.ts';
import { valueOfText } from './test-support.ts';

describe('strings', () => {
  it.each([
    ['"a\\b\\t\\n\\f\\r\\"\\\'\\\\"', 'a\b\t\n\f\r"\'\\'],
    ['"\\u{41}\\u{1f600}\\u{0000e9}"', 'A\u{1f600}é'],
    ['"// no comment"', '// no comment'],
    ['""', ''],
    ['""""""', ''],
    ['"""a\\n"""', 'a\\n'],
    ['""""a"""', '"a'],
    ['"""""a"""', '""a'],
    ['"""a""""', 'a"'],
    ['"""a"""""', 'a""'],
    ['"""a"b""c"""', 'a"b""c'],
  ])('%s', (text, value) => {
    expect(valueOfText(text)).toBe(value);
  });
});

describe('numbers', () => {
  it.each([
    ['007', 7n],
    ['2147483647', 2147483647n],
    ['2147483648', 2147483648n],
    ['9223372036854775807', 9223372036854775807n],
    ['9223372036854775808', 9223372036854775808n],
    ['18446744073709551615', 18446744073709551615n],
    ['18446744073709551616', 18446744073709551616],
    ['1.', 1],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1.5E-2', 0.015],
    ['.5e1', 5],
  ])('%s', (text, value) => {
    expect(valueOfText(text)).toBe(value);
  });
});

describe('names', () => {
  const nameOf = (text: string): string | undefined => {
    const body = parseEql(`any where ${text} == 1`).statement?.body;
    if (body?.kind !== 'event' || body.condition.kind !== 'comparison') return undefined;
    const { left } = body.condition;
    return left.kind === 'field' ? `${left.optional ? '?' : ''}${left.name}` : undefined;
  };
  it.each([
    ['@timestamp', '@timestamp'],
    ['_a.b1', '_a.b1'],
    ['`a-b`.`c d`', 'a-b.c d'],
    ['`a.b-c`', 'a.b-c'],
    ['a.`b-c`', 'a.b-c'],
    ['`a``b`', 'a`b'],
    ['a . b', 'a.b'],
    ['?a.b', '?a.b'],
    ['?`?a`', '??a'],
    ['event.`sequence`', 'event.sequence'],
    ['runs', 'runs'],
    ['head', 'head'],
  ])('%s', (text, name) => {
    expect(nameOf(text)).toBe(name);
  });
});

describe('comments', () => {
  it('are kept with their places', () => {
    const text = 'any // one\r\nwhere /* two\nlines */ true // end';
    const { comments } = lex(text);
    expect(comments.map((one) => [one.text, one.block, text.slice(one.span.start, one.span.end)])).toEqual([
      ['// one', false, '// one\r'],
      ['/* two\nlines */', true, '/* two\nlines */'],
      ['// end', false, '// end'],
    ]);
  });

  it.each([
    ['/* a /* b */ c */ true', 1],
    ['/* a /* b */ true', 1],
    ['/*/ a */ true', 1],
    ['/**/ true', 1],
    ['/* a */ /* b */ true', 2],
  ])('nest: %s', (text, count) => {
    const { comments, tokens, diagnostics } = lex(text);
    expect([comments.length, tokens.map((one) => one.text), diagnostics]).toEqual([count, ['true', ''], []]);
  });
});

describe('durations', () => {
  it.each([
    ['5m', 5, 'm'],
    ['5 m', 5, 'm'],
    ['500ms', 500, 'ms'],
    ['1d', 1, 'd'],
  ])('%s', (text, amount, unit) => {
    const { statement, diagnostics } = parseEql(`sequence with maxspan = ${text} [any where true] [any where true]`);
    const body = statement?.body;
    expect([diagnostics, body?.kind === 'sequence' ? [body.maxspan?.amount, body.maxspan?.unit] : undefined]).toEqual([
      [],
      [amount, unit],
    ]);
  });
});
