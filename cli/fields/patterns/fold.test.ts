import { describe, expect, it } from 'vitest';
import { asciiFold, equalsAsciiFolded, javaCompareIgnoreCase } from './fold.ts';

describe('folding', () => {
  it('lowers ASCII letters and leaves all others', () => {
    expect(['NET.exe', 'ÀB', '\u212aelvin', 'ẞ'].map(asciiFold)).toEqual(['net.exe', 'Àb', '\u212aelvin', 'ẞ']);
    expect(equalsAsciiFolded('AB', 'ab')).toBe(true);
    expect(equalsAsciiFolded('É', 'é')).toBe(false);
  });

  it("compares like Java's compareToIgnoreCase: unit by unit, upper then lower", () => {
    const equal = (a: string, b: string): boolean => javaCompareIgnoreCase(a, b) === 0;
    expect([equal('É', 'é'), equal('K', '\u212a'), equal('ß', 'SS'), equal('ς', 'σ'), equal('a', 'ab')]).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    expect(equal('𐐀', '𐐨')).toBe(false);
  });
});
