import { describe, expect, it } from 'vitest';
import { NumberToken } from './json.ts';
import { parseJson, parseJsonExactly, parseJsonSpelled } from './parse-json.ts';

describe('parseJson', () => {
  it.each([
    ['9007199254740993', '9007199254740993'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['9007199254740991', 9007199254740991],
    ['1234567890123456', 1234567890123456],
    ['0.1234567890123456789', 0.1234567890123456789],
    ['12345678901234567.5', 12345678901234567.5],
    ['12345678901234567e3', 12345678901234567e3],
    ['"9007199254740993"', '9007199254740993'],
    ['"\\"9007199254740993"', '"9007199254740993'],
    ['"\\\\"', '\\'],
  ])('reads %s without losing a digit', (text, value) => {
    expect(parseJson(text)).toBe(value);
  });

  it('finds long numbers anywhere outside of strings and keys', () => {
    expect(
      parseJson('{"1234567890123456789":[18446744073709551615,{"a":"x 12345678901234567890"},-12345678901234567]}'),
    ).toEqual({
      '1234567890123456789': ['18446744073709551615', { a: 'x 12345678901234567890' }, '-12345678901234567'],
    });
  });

  it('throws what JSON.parse throws', () => {
    expect(() => parseJson('{"a": 12345678901234567890')).toThrow(SyntaxError);
  });
});

describe('parseJsonExactly', () => {
  it('counts the keys as they are written, the depth, and says when a number is too great', () => {
    expect(parseJsonExactly('{"a":1,"a":{"b:c":[[]]}}')).toEqual({
      value: { a: { 'b:c': [[]] } },
      keys: 3,
      depth: 4,
      finite: true,
    });
    expect(parseJsonExactly('[1e999]').finite).toBe(false);
    expect(parseJsonExactly('[1e300,-2.5E-7,"1e999"]').finite).toBe(true);
  });
});

describe('parseJsonSpelled', () => {
  it.each([
    '1.0',
    '1.50',
    '1e2',
    '1E5',
    '-0',
    '-0.0',
    '9007199254740993',
    '1e400',
    '12345678901234567e3',
    '0.10',
    '1e+21',
  ])('keeps the spelling of %s', (token) => {
    const { value } = parseJsonSpelled(`{"a":[${token},"${token}"]}`);
    expect(value).toEqual({ a: [new NumberToken(token), token] });
    expect((value as { a: unknown[] }).a[0]).toBeInstanceOf(NumberToken);
  });

  it.each(['0', '-1', '1.5', '0.1', '9007199254740991', '1e-7'])('leaves %s a number', (token) => {
    expect(parseJsonSpelled(`[${token}]`).value).toEqual([Number(token)]);
  });

  it('takes no text of the document for a number, and sets no prototype', () => {
    const { value } = parseJsonSpelled('{"__proto__":1.0,"b":"1.0","c":{"__proto__":{"x":2.0}}}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'b', 'c']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe('{"__proto__":1,"b":"1.0","c":{"__proto__":{"x":2}}}');
  });
});

describe('NumberToken', () => {
  it('is written as a number where none of it is lost', () => {
    expect(JSON.stringify(['1.50', '1e400', '9007199254740993'].map((token) => new NumberToken(token)))).toBe(
      '[1.5,"1e400","9007199254740993"]',
    );
  });
});
