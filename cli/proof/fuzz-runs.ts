import type { Json } from '../text/json.ts';
import { list, object, text } from './json.ts';

/** What one seed of random comparison with a server gave; kept so that `docs/conformance.md` can state it. */
export interface FuzzRun {
  /** Version of the server. */
  readonly server: string;
  readonly seed: number;
  readonly seconds: number;
  readonly documents: number;
  readonly queries: number;
  /** One query on one document, or one document under one field. */
  readonly pairs: number;
  /** Kinds of differences that are not known. */
  readonly differences: number;
}

/** Reads `fuzz-runs.json`: `{ "runs": [...] }`. */
export const fuzzRuns = (file: Json): readonly FuzzRun[] =>
  list(object(file)['runs'])
    .map(object)
    .map((one) => ({
      server: text(one['server']),
      seed: Number(one['seed']),
      seconds: Number(one['seconds']),
      documents: Number(one['documents']),
      queries: Number(one['queries']),
      pairs: Number(one['pairs']),
      differences: Number(one['differences']),
    }));

/** The runs with one more: another run of the same server, seed and length takes the place of the earlier one. */
export function withRun(runs: readonly FuzzRun[], run: FuzzRun): readonly FuzzRun[] {
  const others = runs.filter(
    (one) => one.server !== run.server || one.seed !== run.seed || one.seconds !== run.seconds,
  );
  return [...others, run].sort((a, b) => (a.server < b.server ? -1 : a.server > b.server ? 1 : a.seed - b.seed));
}
