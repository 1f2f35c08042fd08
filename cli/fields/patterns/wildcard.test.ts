import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWildcard } from './wildcard.ts';

const fold = { caseInsensitive: true };
const fitting = (pattern: string, values: readonly string[], options = {}): string[] =>
  values.filter(compileWildcard(pattern, options));

/** The definition, one character of the pattern at a time. */
function byDefinition(pattern: readonly string[], value: readonly string[], folded: boolean): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return value.length === 0;
  if (head === '*')
    return value.some((_, at) => byDefinition(rest, value.slice(at), folded)) || byDefinition(rest, [], folded);
  const escaped = head === '\\' && rest.length > 0;
  const wanted = escaped ? (rest[0] ?? '') : head;
  const after = escaped ? rest.slice(1) : rest;
  const [first, ...others] = value;
  if (first === undefined) return false;
  const same =
    wanted === first || (folded && !escaped && wanted.toLowerCase() === first.toLowerCase() && wanted < '\u007f');
  return ((head === '?' && !escaped) || same) && byDefinition(after, others, folded);
}

describe('compileWildcard', () => {
  it('agrees with its definition', () => {
    const characters = fc.array(fc.constantFrom('a', 'A', 'b', '*', '?', '\\', 'é', 'É', '😀'), { maxLength: 8 });
    const values = fc.array(fc.constantFrom('a', 'A', 'b', '*', '?', '\\', 'é', 'É', '😀'), { maxLength: 8 });
    fc.assert(
      fc.property(characters, values, fc.boolean(), (pattern, value, caseInsensitive) => {
        expect(compileWildcard(pattern.join(''), { caseInsensitive })(value.join(''))).toBe(
          byDefinition(pattern, value, caseInsensitive),
        );
      }),
      { numRuns: 5000, seed: 11 },
    );
  });

  it('wants the whole value; ? is one code point, newlines are ordinary', () => {
    expect(fitting('a*c', ['ac', 'abc', 'a\n\nc', 'xac', 'acx'])).toEqual(['ac', 'abc', 'a\n\nc']);
    expect(fitting('?', ['a', '😀', '', 'ab', '\n'])).toEqual(['a', '😀', '\n']);
    expect(fitting('', ['', 'a'])).toEqual(['']);
  });

  it('does not let the ends overlap', () => {
    expect(fitting('aba*aba', ['ababa', 'abaaba', 'aba'])).toEqual(['abaaba']);
    expect(fitting('ab*b?', ['ab', 'abx', 'abbx'])).toEqual(['abbx']);
  });

  it('escapes with a backslash; one at the end is itself', () => {
    expect(fitting('a\\*b\\\\c', ['a*b\\c', 'axb\\c'])).toEqual(['a*b\\c']);
    expect(fitting('C:\\', ['C:\\', 'C:'])).toEqual(['C:\\']);
  });

  it('folds ASCII letters only, and not escaped ones', () => {
    expect(fitting('NET*é', ['net.é', 'Net É'], fold)).toEqual(['net.é']);
    expect(fitting('\\N?T', ['NeT', 'net', 'Net'], fold)).toEqual(['NeT', 'Net']);
    expect(fitting('k', ['K', '\u212a'], fold)).toEqual(['K']);
  });

  it.each([
    ['*a*a*a*a*a*a*a*b', 'a'.repeat(100_000)],
    ['*a?a?a?a?a?a?b*', 'a'.repeat(100_000)],
    [`*${'a?'.repeat(500)}b*`, 'a'.repeat(100_000)],
    [`*b${'a'.repeat(2000)}*x`, 'a'.repeat(100_000)],
    [`*${'a'.repeat(2000)}b*x`, 'a'.repeat(100_000)],
    [`*${'ab'.repeat(1000)}c*${'ba'.repeat(1000)}*`, 'ab'.repeat(50_000)],
  ])('needs linear time: %.30s', (pattern, value) => {
    const start = performance.now();
    expect(compileWildcard(pattern)(value)).toBe(false);
    expect(compileWildcard(pattern, fold)(value)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
