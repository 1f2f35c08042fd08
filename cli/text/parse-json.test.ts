import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

describe('JSON with whole numbers that a double cannot hold', () => {
  it('keeps their digits as text', () => {
    expect(parseJson('{"a":9223372036854775807,"b":[-9007199254740993,1]}')).toEqual({
      a: '9223372036854775807',
      b: ['-9007199254740993', 1],
    });
  });

  it('leaves numbers alone that a double does hold, and digits inside of strings and keys', () => {
    expect(parseJson('{"a":9007199254740991,"1234567890123456789":"x 1234567890123456789 \\" 1"}')).toEqual({
      a: 9007199254740991,
      '1234567890123456789': 'x 1234567890123456789 " 1',
    });
  });

  it('leaves fractions and exponents to JSON.parse', () => {
    expect(parseJson('[1234567890123456.5, 12345678901234567e2]')).toEqual([1234567890123456.5, 12345678901234567e2]);
  });

  it('throws for what is not JSON, with a place in the text as written', () => {
    expect(() => parseJson('{"a": 12345678901234567890,}')).toThrow(SyntaxError);
  });
});
