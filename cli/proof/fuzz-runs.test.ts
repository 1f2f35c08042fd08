import { expect, it } from 'vitest';
import type { Json } from '../text/json.ts';
import { fuzzRuns, withRun, type FuzzRun } from './fuzz-runs.ts';

const run = (server: string, seed: number, pairs = 1): FuzzRun => ({
  server,
  seed,
  seconds: 60,
  documents: 1,
  queries: 1,
  pairs,
  differences: 0,
});

it('keeps runs in order, and one of each server, seed and length', () => {
  const runs = [run('9.2.0', 1), run('9.2.0', 3)];
  expect(withRun(runs, run('9.2.0', 2)).map(({ seed }) => seed)).toEqual([1, 2, 3]);
  expect(withRun(runs, run('8.18.8', 9)).map(({ seed }) => seed)).toEqual([9, 1, 3]);
  expect(withRun(runs, run('9.2.0', 3, 7))).toEqual([run('9.2.0', 1), run('9.2.0', 3, 7)]);
  expect(withRun(runs, { ...run('9.2.0', 3), seconds: 600 })).toHaveLength(3);
});

it('reads what was written', () => {
  const runs = [run('9.2.0', 1)];
  expect(fuzzRuns(JSON.parse(JSON.stringify({ runs })) as Json)).toEqual(runs);
});
