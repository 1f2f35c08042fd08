import { describe, expect, it } from 'vitest';
import { asciiFold, equalsAsciiFolded, equalsIgnoreCase, startsWithIgnoreCase } from './fold.ts';

describe('folding', () => {
  it('lowers ASCII letters and leaves all others', () => {
    expect(['NET.exe', 'ÀB', '\u212aelvin', 'ẞ'].map(asciiFold)).toEqual(['net.exe', 'Àb', '\u212aelvin', 'ẞ']);
    expect(equalsAsciiFolded('AB', 'ab')).toBe(true);
    expect(equalsAsciiFolded('É', 'é')).toBe(false);
  });

  it("compares like Java's equalsIgnoreCase: code point by code point, upper then lower", () => {
    const equal = [['É', 'é'], ['K', '\u212a'], ['ς', 'σ'], ['İ', 'i'], ['ı', 'I'], ['ᾀ', 'ᾈ'], ['x𐐀', 'X𐐨']] as const; // prettier-ignore
    expect(equal.filter(([a, b]) => !equalsIgnoreCase(a, b) || !equalsIgnoreCase(b, a))).toEqual([]);
    const different = [['ß', 'SS'], ['a', 'ab'], ['ab', 'a'], ['é', 'e'], ['\u{1f600}', '\u{1f601}']] as const; // prettier-ignore
    expect(different.filter(([a, b]) => equalsIgnoreCase(a, b))).toEqual([]);
  });

  it('finds a text that begins so, whatever its case', () => {
    expect(['İstanbul', 'ıs', 'IST', 'ist', 'I', 'xist'].map((text) => startsWithIgnoreCase(text, 'is'))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
