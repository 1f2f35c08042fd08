import { describe, expect, it } from 'vitest';
import { parseJson, parseJsonExactly } from './parse-json.ts';

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
