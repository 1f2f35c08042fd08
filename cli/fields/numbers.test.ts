import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../text/json.ts';
import { indexNumber } from './index-number.ts';
import { parseDecimal } from './java-numbers/parse-decimal.ts';
import { compareNumbers, roundHalfUp, toHalf, type NumericType } from './numbers.ts';

const held = (type: NumericType, values: readonly Json[], options = {}): unknown[] =>
  values.map((value) => indexNumber(type, value, options));

describe('indexNumber', () => {
  it('parses strings and cuts fractions off toward zero', () => {
    expect(held('long', ['5', '-1.9', 1.9, '1e3', '9.223372036854775807e18', ' 5', 'abc', '', true, null, 'NaN'])).toEqual([
      5, -1, 1, 1000, 9223372036854775807n, undefined, undefined, undefined, undefined, undefined, undefined,
    ]); // prettier-ignore
    expect(held('integer', [' 5 ', '.5', '5.'])).toEqual([5, 0, 5]);
  });

  it('keeps 64 bits exact', () => {
    expect(held('long', ['9007199254740993', '9223372036854775807', '9223372036854775808', '-9223372036854775808'])).toEqual([
      9007199254740993n, 9223372036854775807n, undefined, -9223372036854775808n,
    ]); // prettier-ignore
    expect(held('unsigned_long', ['18446744073709551615', '18446744073709551616', -1, 0])).toEqual([
      18446744073709551615n, undefined, undefined, 0,
    ]); // prettier-ignore
  });

  it('refuses what is out of range', () => {
    expect(held('byte', [127, 127.9, 128, -128, -129])).toEqual([127, 127, undefined, -128, undefined]);
    expect(held('short', [32767, 32768])).toEqual([32767, undefined]);
    expect(held('integer', [2147483647, 2147483647.5, -2147483648])).toEqual([2147483647, undefined, -2147483648]);
    expect(held('float', [1e38, 1e39])).toEqual([Math.fround(1e38), undefined]);
    expect(held('half_float', [65504, 65519, 65520])).toEqual([65504, 65504, undefined]);
    expect(held('double', ['1e308', '1e309'])).toEqual([1e308, undefined]);
  });

  it('holds each type in its precision', () => {
    expect([...held('float', [0.1]), ...held('half_float', [0.1, 2049]), ...held('double', [0.1])]).toEqual([
      Math.fround(0.1),
      0.0999755859375,
      2048,
      0.1,
    ]);
    expect(held('scaled_float', [1.234, -2.5, 0.005], { scalingFactor: 100 })).toEqual([1.23, -2.5, 0.01]);
  });

  it('takes neither strings nor fractions without coerce', () => {
    expect(held('long', ['5', 5.5, 5], { coerce: false })).toEqual([undefined, undefined, 5]);
  });
});

describe('parseDecimal', () => {
  it('splits any decimal exactly', () => {
    const digits = fc.stringMatching(/^\d{1,30}$/);
    fc.assert(
      fc.property(digits, digits, fc.integer({ min: -40, max: 9 }), (before, after, exponent) => {
        const shift = after.length - exponent;
        const scaled = BigInt(before + after) * 10n ** BigInt(Math.max(0, -shift));
        const unit = 10n ** BigInt(Math.max(0, shift));
        const found = parseDecimal(`-${before}.${after}e${exponent}`);
        expect([found?.whole, found?.fraction]).toEqual([-(scaled / unit), scaled % unit !== 0n]);
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it('is quick on a huge exponent, beyond which no field holds a number', () => {
    expect(parseDecimal('1e-999999999')).toEqual({ whole: 0n, fraction: true, negative: false, scale: 999999999 });
    expect(parseDecimal('-1e999999999')?.whole).toBe(-(10n ** 40n));
    expect(parseDecimal('0e999999999')?.whole).toBe(0n);
  });

  it('refuses other notations, and reads digits of other scripts', () => {
    expect(['1e2147483648', '0x10', '1_000', '1,5', '', '-', '.', 'Infinity', ' 1'].map(parseDecimal)).toEqual(
      Array.from({ length: 9 }, () => undefined),
    );
    expect(['\u0663', '\uff11\uff12', '.5', '5.', '+5'].map((text) => parseDecimal(text)?.whole)).toEqual([
      3n,
      12n,
      0n,
      5n,
      5n,
    ]);
  });
});

describe('rounding', () => {
  it('gives the nearest half, ties to even', () => {
    // Every finite half by its bits: sign, five bits of exponent, ten of significand
    const halves = Array.from({ length: 31 * 1024 }, (_, bits) => {
      const [exponent, part] = [bits >> 10, bits & 1023];
      return exponent === 0 ? part * 2 ** -24 : (1024 + part) * 2 ** (exponent - 25);
    });
    expect(halves.map(toHalf)).toEqual(halves);
    halves.slice(1).forEach((half, at) => {
      const below = halves[at] ?? 0;
      const middle = (below + half) / 2;
      if (toHalf(middle) !== (at % 2 === 0 ? below : half)) throw new Error(`tie between ${below} and ${half}`);
      const above = middle + (half - below) / 8;
      if (toHalf(above) !== half || toHalf(-above) !== -half) throw new Error(`${above} is nearest to ${half}`);
    });
  });

  it('rounds halves up, as Java does', () => {
    expect([0.5, -0.5, 2.5, -2.5, 0.49999999999999994].map(roundHalfUp)).toEqual([1, 0, 3, -2, 0]);
  });

  it('compares numbers and bigints exactly', () => {
    expect([compareNumbers(9007199254740993n, 9007199254740992), compareNumbers(1, 1n), compareNumbers(-1, 0n)]).toEqual([
      1, 0, -1,
    ]); // prettier-ignore
  });
});
