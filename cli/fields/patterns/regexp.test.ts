import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PatternError, PatternTooLarge } from './pattern-error.ts';
import { compileJavaRegexp, compileRegexp, fitsEveryString, onlyString, type RegexpOptions } from './regexp.ts';

/** Which of the values a pattern fits. */
const fitting = (pattern: string, values: readonly string[], options: RegexpOptions = {}): string[] =>
  values.filter(compileRegexp(pattern, options));

const fault = (pattern: string): { message: string; offset: number } => {
  try {
    compileRegexp(pattern);
  } catch (error) {
    if (error instanceof PatternError) return { message: error.message, offset: error.offset };
    throw error;
  }
  throw new Error(`${pattern} compiled`);
};

/** An expression as a tree, its text, and its meaning by definition: the ends of what it matches from a place on. */
interface Tree {
  readonly text: string;
  ends(value: readonly string[], from: number): Set<number>;
}

const one = (text: string, meets: (character: string) => boolean): Tree => ({
  text,
  ends: (value, from) => new Set(from < value.length && meets(value[from] ?? '') ? [from + 1] : []),
});

const oneOf = (trees: readonly Tree[]): Tree => ({
  text: `(${trees.map((tree) => tree.text).join('|')})`,
  ends: (value, from) => new Set(trees.flatMap((tree) => [...tree.ends(value, from)])),
});

const both = (a: Tree, b: Tree): Tree => ({
  text: `(${a.text}&${b.text})`,
  ends: (value, from) => {
    const right = b.ends(value, from);
    return new Set([...a.ends(value, from)].filter((end) => right.has(end)));
  },
});

const inRow = (a: Tree, b: Tree): Tree => ({
  text: `${a.text}${b.text}`,
  ends: (value, from) => new Set([...a.ends(value, from)].flatMap((end) => [...b.ends(value, end)])),
});

const not = (inner: Tree): Tree => ({
  text: `(~(${inner.text}))`,
  ends: (value, from) => {
    const inside = inner.ends(value, from);
    const all = Array.from({ length: value.length - from + 1 }, (_, at) => from + at);
    return new Set(all.filter((end) => !inside.has(end)));
  },
});

const repeated = (inner: Tree, min: number, max: number): Tree => ({
  text: `(${inner.text}){${min},${max === Infinity ? '' : max}}`,
  ends: (value, from) => {
    const found = new Set<number>(min === 0 ? [from] : []);
    let reached = new Set([from]);
    for (let count = 1; count <= Math.min(max, value.length + min); count++) {
      reached = new Set([...reached].flatMap((end) => [...inner.ends(value, end)]));
      if (count >= min) for (const end of reached) found.add(end);
    }
    return found;
  },
});

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'é').map((letter) => one(letter, (character) => character === letter)),
    fc.constant(one('.', () => true)),
    fc.constant(one('[^a]', (character) => character !== 'a')),
    fc.constant(one('[b-é]', (character) => character >= 'b' && character <= 'é')),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => inRow(a, b)),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => oneOf([a, b])),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => both(a, b)),
    tie('tree').map(not),
    fc
      .tuple(tie('tree'), fc.nat(2), fc.constantFrom(0, 1, 2, Infinity))
      .map(([inner, min, more]) => repeated(inner, min, min + more)),
  ),
})).tree;

describe('compileRegexp', () => {
  it('agrees with the definition of each operator', () => {
    const values = fc.array(fc.constantFrom('a', 'b', 'é', '😀'), { maxLength: 6 });
    fc.assert(
      fc.property(trees, values, (tree, value) => {
        expect([tree.text, compileRegexp(tree.text)(value.join(''))]).toEqual([
          tree.text,
          tree.ends(value, 0).has(value.length),
        ]);
      }),
      { numRuns: 1500, seed: 7 },
    );
  });

  it('wants the whole value, newlines included, and has no anchors', () => {
    expect(fitting('a.c', ['abc', 'a\nc', 'xabc', 'abcx', 'a😀c', 'ac'])).toEqual(['abc', 'a\nc', 'a😀c']);
    expect(fitting('^a$', ['a', '^a$'])).toEqual(['^a$']);
    expect(fitting('', ['', 'a'])).toEqual(['']);
  });

  it('gives a second quantifier to the first, there are no lazy ones', () => {
    expect(fitting('a+?', ['', 'a', 'aa'])).toEqual(['', 'a', 'aa']);
  });

  it('reads numbers as intervals, with leading zeros unless both ends are as long', () => {
    expect(fitting('<5-100>', ['4', '5', '005', '99', '100', '101', '0100', ''])).toEqual([
      '5',
      '005',
      '99',
      '100',
      '0100',
    ]);
    expect(fitting('<01-12>', ['1', '01', '12', '13', '001'])).toEqual(['01', '12']);
    expect(fitting('<7-3>', ['2', '3', '7', '8'])).toEqual(['3', '7']);
  });

  it('knows @ for any string, # for none, quotes for literal text', () => {
    expect(fitting('a@', ['a', 'abc', 'b'])).toEqual(['a', 'abc']);
    expect(fitting('a|#', ['a', '', '#'])).toEqual(['a']);
    expect(fitting('"a.*"b', ['a.*b', 'axxb'])).toEqual(['a.*b']);
  });

  it('binds ~ to the next item, and & more tightly than |', () => {
    expect(fitting('~ab', ['ab', 'b', 'cb', 'aab', 'c'])).toEqual(['b', 'cb', 'aab']);
    expect(fitting('a.&.b|cc', ['ab', 'ac', 'bb', 'cc'])).toEqual(['ab', 'cc']);
  });

  it('knows the classes of ASCII only', () => {
    const values = ['5', '٣', 'a', '_', 'é', ' ', '\t', '\u00a0', '\v'];
    expect(fitting('\\d', values)).toEqual(['5']);
    expect(fitting('\\w', values)).toEqual(['5', 'a', '_']);
    expect(fitting('\\s', values)).toEqual([' ', '\t']);
    expect(fitting('[\\D&&a]', ['a', '&', '5'])).toEqual(['a', '&']);
  });

  it('refuses the other escaped letters, as Lucene does', () => {
    expect(fault('a\\bc')).toEqual({ message: "\\b means nothing in Lucene's regular expressions", offset: 1 });
    expect(fault('[\\n]')).toEqual({ message: "\\n means nothing in Lucene's regular expressions", offset: 1 });
    expect(fitting('\\.\\-\\/\\"\\\\', ['.-/"\\', '.-/""'])).toEqual(['.-/"\\']);
  });

  it('folds single letters, of any script, but no ranges', () => {
    const fold = { caseInsensitive: true };
    expect(fitting('[abc]x', ['ax', 'AX'], fold)).toEqual(['ax', 'AX']);
    expect(fitting('[a-c]x', ['ax', 'aX', 'Ax'], fold)).toEqual(['ax', 'aX']);
    expect(fitting('[^a]', ['a', 'A', 'b'], fold)).toEqual(['b']);
    expect(fitting('"É"k', ['Ék', 'ék', 'ÉK', 'É\u212a'], fold)).toEqual(['Ék', 'ék', 'ÉK', 'É\u212a']);
    expect(fitting('σ[ſx]ß', ['Σsẞ', 'ςXß', 'σsss'], fold)).toEqual(['Σsẞ', 'ςXß']);
    expect(fitting('ı', ['I', 'i', 'ı'], fold)).toEqual(['I', 'ı']);
    expect(fitting('I', ['I', 'i', 'ı', 'İ'], fold)).toEqual(['I', 'i']);
    expect(fitting('[a\\é]', ['É', 'é', 'A'], fold)).toEqual(['é', 'A']);
    expect(fitting('[\\é]', ['É', 'é'], fold)).toEqual(['É', 'é']);
  });

  it('folds letters of ASCII alone before Lucene 10.2, where an escaped character of a class may begin a range', () => {
    const old = { caseInsensitive: true, ascii: true };
    expect(fitting('"É"k', ['Ék', 'ék', 'ÉK', 'É\u212a'], old)).toEqual(['Ék', 'ÉK']);
    expect(fitting('[\\,-.]', [',', '-', '.'], old)).toEqual([',', '-', '.']);
    expect(fitting('[\\,-.]', [',', '-', '.', '+'])).toEqual([',', '-', '.']);
    expect(fitting('[\\+-.]', ['+', ',', '-', '.'], old)).toEqual(['+', ',', '-', '.']);
    expect(fitting('[\\+-.]', ['+', ',', '-', '.'])).toEqual(['+', '-', '.'].sort());
  });

  it('has nothing fit an empty text by itself when case is ignored', () => {
    const values = ['', 'abc', 'ABC'];
    expect(fitting('()|abc', values)).toEqual(['', 'abc']);
    expect(fitting('()|abc', values, { caseInsensitive: true })).toEqual(['abc', 'ABC']);
    expect(fitting('', values, { caseInsensitive: true })).toEqual([]);
    expect(fitting('()abc', values, { caseInsensitive: true })).toEqual(['abc', 'ABC']);
    expect(fitting('(abc*)""', values, { caseInsensitive: true })).toEqual([]);
  });

  it('reads a dash in a class as Lucene does', () => {
    expect(fitting('[-a]', ['-', 'a'])).toEqual(['-', 'a']);
    expect(fitting('[a-c-]', ['b', '-', 'd'])).toEqual(['b', '-']);
    expect(fitting('[a\\-c]', ['a', 'b', '-', 'c'])).toEqual(['a', '-', 'c']);
    expect(fitting('[]a]', [']', 'a'])).toEqual([']', 'a']);
    expect(fault('[a-]')).toEqual({
      message: 'the range of the character class is the wrong way round',
      offset: 3,
    });
  });

  it('counts repetitions, and refuses one that ends before it begins', () => {
    expect(fitting('a{2000}', ['a'.repeat(2000), 'a'.repeat(1999)])).toEqual(['a'.repeat(2000)]);
    expect(compileRegexp('a{20000}')('a'.repeat(20_000))).toBe(true);
    expect(fitting('#*', ['', '#'])).toEqual([]);
    expect(fault('xa{3,1}')).toEqual({ message: 'the repetition is the wrong way round', offset: 2 });
    expect(fault('a{2147483648}')).toEqual({ message: 'a repetition counts to 2147483647 at most', offset: 1 });
  });

  it('takes the length and the cost that an index allows', () => {
    expect(compileRegexp('a'.repeat(1001), { maxLength: 2000 })('a'.repeat(1001))).toBe(true);
    expect(compileRegexp('.*a.{13}', { workLimit: 13_108 })('xa1234567890123')).toBe(true);
    expect(fault('.*a.{13}').message).toBe(
      'the regular expression is too costly: its automaton takes more than 10000 steps',
    );
  });

  it('points at the fault', () => {
    expect(fault('ab(c')).toEqual({ message: 'the parenthesis is not closed', offset: 2 });
    for (const pattern of ['(', 'a|', 'a&', '~', '(a|'])
      expect(fault(pattern)).toEqual({
        message: 'the pattern ends where something has to follow',
        offset: pattern.length,
      });
    expect(fault('ab)')).toEqual({ message: 'unexpected ")"', offset: 2 });
    expect(fault('a[bc')).toEqual({ message: 'the character class has no end', offset: 1 });
    expect(fault('say "hi')).toEqual({ message: 'the quoted text has no end', offset: 4 });
    expect(fault('a<1-x>')).toEqual({
      message: '"<" begins an interval of numbers such as <1-100>, up to 2147483647',
      offset: 1,
    });
    expect(fault('a{x}')).toEqual({ message: 'a repetition is written {n}, {n,} or {n,m}', offset: 1 });
    expect(fault('a\\')).toEqual({ message: 'the pattern ends after a backslash', offset: 2 });
    expect(fault('a'.repeat(1001))).toEqual({
      message: 'the regular expression has 1001 characters, 1000 are allowed',
      offset: 1000,
    });
  });

  it.each(['(a*)*b', '(a|a)*b', '(a|aa)+b', '.*a.*a.*a.*a.*ab', '(.*,){11}x', '~(.*b.*)b', '(a?){200}b'])(
    'needs linear time for %s on a hundred thousand characters',
    (pattern) => {
      const value = 'a'.repeat(100_000);
      const start = performance.now();
      expect(compileRegexp(pattern)(value)).toBe(false);
      expect(compileJavaRegexp(pattern, false)(value)).toBe(false);
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );

  it('gives up in time on a pattern that is too large, and reads one that is nested deep', () => {
    const start = performance.now();
    expect(() => compileRegexp(`a${'+'.repeat(60)}`)).toThrow(PatternTooLarge);
    expect(() => compileRegexp('((a{1000}){1000}){1000}')).toThrow(PatternTooLarge);
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(compileRegexp(`${'('.repeat(490)}a${')'.repeat(490)}`)('a')).toBe(true);
  });
});

describe('compileJavaRegexp', () => {
  const fold = (pattern: string, values: readonly string[]): string[] =>
    values.filter(compileJavaRegexp(pattern, true));

  it('folds ASCII letters, those of ranges too', () => {
    expect(fold('[a-c]é', ['Aé', 'cé', 'AÉ', 'd'])).toEqual(['Aé', 'cé']);
  });

  it('runs what is too costly for an index, over texts without a short period', () => {
    let seed = 1;
    const bit = (): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) & 65536;
    const text = Array.from({ length: 20_000 }, () => (bit() === 0 ? 'a' : 'b')).join('');
    const fits = compileJavaRegexp('.*a.{30}', false);
    const start = performance.now();
    expect([fits(text), fits(`${text}a${'b'.repeat(30)}`), fits(`${text}b${'a'.repeat(30)}`)]).toEqual([
      text.at(-31) === 'a',
      true,
      false,
    ]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('onlyString', () => {
  it('finds the one string of a pattern without operators', () => {
    expect(['net\\.exe', 'a.c', 'a\\dc', 'a\\bc', 'C:\\\\x', ''].map(onlyString)).toEqual([
      'net.exe',
      undefined,
      undefined,
      undefined,
      'C:\\x',
      '',
    ]);
  });

  it('sees through classes, groups, repetitions and equal alternatives', () => {
    expect(['[a]b', '(ab)c', 'a{3}', '(a|a)b', 'a|b', 'a+', '"a.b"', '(', 'a{0}'].map(onlyString)).toEqual([
      'ab',
      'abc',
      'aaa',
      'ab',
      undefined,
      undefined,
      'a.b',
      undefined,
      '',
    ]);
  });
});

describe('fitsEveryString', () => {
  it('is true for the patterns of every string', () => {
    expect(['.*', '@', 'a|.*', '(.*)', '.*.*', '.+', 'a.*', ''].map(fitsEveryString)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
