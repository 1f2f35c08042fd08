import { describe, expect, it } from 'vitest';
import { KnownError } from '../../text/known-error.ts';
import { minimumShouldMatch } from './minimum-should-match.ts';

describe('minimum_should_match', () => {
  it.each<[string | number, number]>([
    [2, 2],
    [' 2 ', 2],
    ['+2', 2],
    ['-1', 3],
    ['-9', 0],
    ['75%', 3],
    ['-25%', 3],
    ['2<75%', 3],
    ['4<75%', 4],
    ['1 < 2 3<-1', 3],
    // Digits of any script
    ['\u0662', 2],
    ['\u0665\u0660%', 2],
  ])('of four clauses, %j: %i', (spec, needed) => {
    expect(minimumShouldMatch(4, spec)).toBe(needed);
  });

  it.each(['', 'x', '1.5', '2147483648', '2\u00a0', '1\u00a0<3', '1<3\u00a0', '1  2<50%'])('refuses %j', (spec) => {
    expect(() => minimumShouldMatch(4, spec)).toThrow(KnownError);
  });
});
