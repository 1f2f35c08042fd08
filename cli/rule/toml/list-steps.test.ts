import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonEnds } from './set-list.ts';
import { listSteps } from './list-steps.ts';

describe('the way from one list to another', () => {
  it.each<[string, string, readonly string[]]>([
    ['abc', 'abc', []],
    ['abc', 'acd', ['ac', 'acd']],
    ['abc', 'aBc', ['aBc']],
    ['abcde', 'xbcdy', ['xbcde', 'xbcdy']],
    ['', 'ab', ['ab']],
    ['ab', '', ['']],
  ])('%s to %s', (old, next, steps) => {
    expect(listSteps([...old], [...next]).map((one) => one.map(String).join(''))).toEqual(steps);
  });

  it('ends where it should, and each step changes one run', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 9 });
    fc.assert(
      fc.property(list, list, (old, next) => {
        let before: readonly unknown[] = old;
        for (const step of listSteps(old, next)) {
          expect(step).not.toEqual(before);
          before = step;
        }
        expect(before).toEqual(next);
      }),
    );
  });

  it('is one step for lists that are too long to compare', () => {
    const long = Array.from({ length: 600 }, (_, at) => at);
    const next = [...long.slice(1), 'x'];
    expect(listSteps(long, next)).toEqual([next]);
    expect(commonEnds(long, next)).toEqual({ before: 0, after: 0 });
  });
});
