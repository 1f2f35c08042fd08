import { describe, expect, it } from 'vitest';
import { limitEvents, limitOf, limitSequences } from './limit.ts';
import { parseEql } from './parse.ts';

const pipesOf = (text: string) => parseEql(`any where true ${text}`).statement?.pipes ?? [];
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const run = (pipes: string, of = 12, size = 10) => {
  const limit = limitOf(pipesOf(pipes), size);
  return { events: limitEvents(upTo(of), limit), sequences: limitSequences(upTo(of), limit) };
};

describe('head, tail and size', () => {
  it.each([
    ['', [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ['| head 3', [1, 2, 3]],
    ['| tail 3', [10, 11, 12]],
    ['| head 4 | tail 2', [3, 4]],
    ['| tail 10 | head 7', [3, 4, 5, 6, 7, 8, 9]],
    ['| head 20', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['| head 5 | head 8', [1, 2, 3, 4, 5]],
    ['| head 0', []],
    ['| head 1 + 2', [1, 2, 3]],
    ['| tail 2147483648 - 2147483646', [11, 12]],
  ])('"%s" of 12 results with size 10', (pipes, wanted) => {
    expect(run(pipes)).toEqual({ events: wanted, sequences: wanted });
  });

  it('takes the other end where the request asks for it', () => {
    expect(limitEvents(upTo(12), limitOf([], 3, 'head'))).toEqual([1, 2, 3]);
  });

  it('skips hits of a search however few there are, but not sequences', () => {
    expect(run('| head 4 | tail 2', 3)).toEqual({ events: [3], sequences: [2, 3] });
    expect(run('| tail 10 | head 7', 5)).toEqual({ events: [1, 2], sequences: [1, 2, 3, 4, 5] });
  });
});
