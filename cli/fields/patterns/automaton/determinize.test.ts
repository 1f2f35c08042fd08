import { describe, expect, it } from 'vitest';
import { compileRegexp } from '../regexp.ts';

const passes = (pattern: string, workLimit: number): boolean => {
  try {
    compileRegexp(pattern, { workLimit });
    return true;
  } catch {
    return false;
  }
};

describe('determinize', () => {
  // The smallest limits are those of Lucene 10.3.1
  it.each([
    ['.*a.{12}', 6145],
    ['(.*,){11}x', 22],
    ['<10-250>', 3],
    ['<0-100>x', 2],
    ['(a|b)+&.*ab.*', 2],
    ['[a-c]*abc', 1],
    ['(a?){20}b', 22],
    ['(a*b*){5}c', 4],
    ['(foo|foobar|fob).*x', 2],
    ['(a{2,4}|b)*ab', 3],
  ])('costs %s as much as Lucene does', (pattern, limit) => {
    expect([passes(pattern, limit), passes(pattern, limit - 1)]).toEqual([true, false]);
  });

  it.each(['abc', 'a{0,30}b', '\\w+\\.\\w+', '~(.*ab.*)', '#*'])(
    'costs %s nothing, which has no choices',
    (pattern) => {
      expect(passes(pattern, 0)).toBe(true);
    },
  );
});
