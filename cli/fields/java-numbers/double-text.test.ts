import { describe, expect, it } from 'vitest';
import { doubleText } from './double-text.ts';

describe('doubleText', () => {
  // Each as OpenJDK 25 prints it
  it.each<[number, string]>([
    [1, '1.0'],
    [1.5, '1.5'],
    [100, '100.0'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [0.00012345, '1.2345E-4'],
    [9999999, '9999999.0'],
    [1e7, '1.0E7'],
    [12345678.9, '1.23456789E7'],
    [-1.7e12, '-1.7E12'],
    [1e23, '1.0E23'],
    [2e-323, '2.0E-323'],
    [5e-324, '4.9E-324'],
    [1e-323, '9.9E-324'],
    [2.2250738585072014e-308, '2.2250738585072014E-308'],
    [1.7976931348623157e308, '1.7976931348623157E308'],
    [9007199254740993, '9.007199254740992E15'],
    [0, '0.0'],
    [-0, '-0.0'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
    [NaN, 'NaN'],
  ])('writes %d as %s', (value, text) => {
    expect(doubleText(value)).toBe(text);
  });
});
