import type { Json } from '../../text/json.ts';
import { list, object, text } from '../json.ts';
import { knownDifferences } from '../gate.ts';
import type { Difference } from './difference.ts';

/** Vectors that a server of another version answers otherwise, or that differ on purpose, and why. */
export interface KnownVectors {
  /** `<9.2`, `>=9.1 <9.2`, `<9.2 || >=9.3`; every version where nothing is said. */
  readonly versions: string | undefined;
  /** The file of vectors, and the vectors in it. */
  readonly suite: string;
  readonly ids: readonly string[];
  readonly reason: string;
}

/**
 * Reads `known-differences.json`: the member `servers`, `[{ versions?, reason, vectors: { suite: [ids] } }]`, and the vectors
 * that are wrong, `differences`.
 */
export const knownVectors = (file: Json): readonly KnownVectors[] => [
  ...list(object(file)['servers'])
    .map(object)
    .flatMap((one) =>
      Object.entries(object(one['vectors'])).map(([suite, ids]) => ({
        versions: typeof one['versions'] === 'string' ? one['versions'] : undefined,
        suite,
        ids: list(ids).map(text),
        reason: text(one['reason']),
      })),
    ),
  ...knownDifferences(file).map(({ suite, id, evidence }) => ({
    versions: undefined,
    suite,
    ids: [id],
    reason: evidence,
  })),
];

/** The difference is known for a server of this version. */
export const isKnown = (known: readonly KnownVectors[], difference: Difference, version: string): boolean =>
  known.some(
    ({ versions, suite, ids }) =>
      suite === difference.suite &&
      ids.includes(difference.id ?? '') &&
      (versions === undefined || versionIn(version, versions)),
  );

/** Whether a version fits all conditions of a range, or of one of several: `9.1.5` in `>=9.1 <9.2`, `9.3.0` in `<9.2 || >=9.3`. */
export const versionIn = (version: string, ranges: string): boolean =>
  ranges.split(' || ').some((range) =>
    range.split(' ').every((condition) => {
      const parts = /^(>=|<)(\d+(?:\.\d+)*)$/.exec(condition);
      if (parts === null) return false;
      const order = compareVersions(version, parts[2] ?? '');
      return parts[1] === '<' ? order < 0 : order >= 0;
    }),
  );

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 3; at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
