import { isJsonObject, own, type Json } from '../text/json.ts';
import { list, object, text } from './json.ts';

/** What a run made of one file of vectors. `name` is its path below the folder, without `.json`. */
export interface SuiteResult {
  readonly name: string;
  readonly passed: number;
  readonly total: number;
  readonly failures: readonly { readonly id: string; readonly reason: string | undefined }[];
}

/** A vector that is proved wrong; `evidence` names the source that proves it. */
export interface KnownDifference {
  readonly suite: string;
  readonly id: string;
  readonly evidence: string;
}

/** Reads `known-differences.json`: `{ "differences": [{ "suite", "ids", "evidence" }] }`. */
export const knownDifferences = (file: Json): readonly KnownDifference[] =>
  list(object(file)['differences'])
    .map(object)
    .flatMap((one) =>
      list(one['ids']).map((id) => ({ suite: text(one['suite']), id: text(id), evidence: text(one['evidence']) })),
    );

/** A kind of difference from a server that stays, and why. In `kind` a star stands for any run of characters. */
export interface KnownKind {
  readonly kind: string;
  readonly reason: string;
  /** Versions of the server that show it, such as `<9.2`; all where none are given. */
  readonly versions?: string;
}

/** Reads the kinds of `known-differences.json`: `{ "kinds": [{ "kind", "reason" }] }`. */
export const knownKinds = (file: Json): readonly KnownKind[] =>
  list(object(file)['kinds'])
    .map(object)
    .map((one) => ({
      kind: text(one['kind']),
      reason: text(one['reason']),
      ...(typeof one['versions'] === 'string' ? { versions: one['versions'] } : {}),
    }));

/** Failures of a suite that no known difference accounts for. */
export const unexplained = (suite: SuiteResult, known: readonly KnownDifference[]): SuiteResult['failures'] =>
  suite.failures.filter(({ id }) => !known.some((one) => one.suite === suite.name && one.id === id));

/**
 * What a run lacks against the floors, one line a suite: each suite named in `floors` has to be there, with at least so many
 * vectors that hold or are proved wrong, and without any other failure. Suites without a floor are free.
 */
export function shortfalls(
  suites: readonly SuiteResult[],
  floors: Json,
  known: readonly KnownDifference[],
): readonly string[] {
  return (isJsonObject(floors) ? Object.keys(floors) : []).flatMap((name) => {
    const floor = Number(own(object(floors), name));
    const suite = suites.find((one) => one.name === name);
    if (suite === undefined) return [`${name} was not run, and has to pass ${floor}`];
    const failures = unexplained(suite, known);
    const held = suite.total - failures.length;
    const [first] = failures;
    if (first !== undefined)
      return [`${name} passes ${held}/${suite.total}; the first that fails: ${first.id}: ${first.reason ?? ''}`];
    return held < floor ? [`${name} has ${held} vectors, and had ${floor}`] : [];
  });
}
