import { expect, it } from 'vitest';
import { leastLengthOfRegexp } from './regexp-length.ts';
import { leastLengthOfWildcard } from './wildcard.ts';

it.each([
  ['abc', 3],
  ['a.c', 3],
  ['ab|c', 1],
  ['(ab|cde)+f?g*', 2],
  ['(ab){3,}', 6],
  ['a{0,9}', 0],
  ['.{2000,}', 2000],
  ['[a-z]{4}&.*', 4],
  ['~abc', 2],
  ['<1-100>x', 2],
  ['<001-100>', 3],
  ['@', 0],
  ['#', 0],
  ['a|#b', 1],
  ['😀', 2],
  ['(', 0],
])('the shortest text that fits %s has %s characters', (pattern, length) => {
  expect(leastLengthOfRegexp(pattern)).toBe(length);
});

it.each([
  ['abc', 3],
  ['*a?c*', 3],
  ['\\*\\\\', 2],
  ['***', 0],
])('the shortest value that fits the wildcard pattern %s has %s characters', (pattern, length) => {
  expect(leastLengthOfWildcard(pattern)).toBe(length);
});
