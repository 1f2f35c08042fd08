import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { walk } from '../../../text/walk.ts';
import type { AskedServer } from '../cluster.ts';
import type { Difference } from '../difference.ts';
import type { SuiteLine } from '../report.ts';
import type { VectorIndex } from './case.ts';
import { readVectors } from './read.ts';
import { runVectorIndex } from './run.ts';

/** What came out of one file of vectors. */
export interface SuiteReport {
  readonly line: SuiteLine;
  readonly differences: readonly Difference[];
}

/** Indices that are asked at the same time. */
const AT_ONCE = 4;

/**
 * Asks all vectors below a folder, one file after the other. Files of other kinds are left out.
 */
export async function runSuites(
  cluster: AskedServer,
  folder: string,
  known: (difference: Difference) => boolean,
  done: (suite: SuiteReport) => void,
): Promise<undefined> {
  for (const path of walk(folder, /\.json$/)) {
    const name = relative(folder, path).split(sep).join('/').slice(0, -'.json'.length);
    const indices = readVectors(name, readFileSync(path, 'utf8'));
    if (indices !== undefined) done(await runSuite(cluster, name, indices, known));
  }
}

async function runSuite(
  cluster: AskedServer,
  name: string,
  indices: readonly VectorIndex[],
  known: (difference: Difference) => boolean,
): Promise<SuiteReport> {
  const notRun: Record<string, number> = {};
  const differences: Difference[] = [];
  let [vectors, pairs, next] = [0, 0, 0];
  const worker = async (): Promise<void> => {
    for (let index = indices[next++]; index !== undefined; index = indices[next++]) {
      const result = await runVectorIndex(cluster, index);
      vectors += result.vectors;
      pairs += result.pairs;
      differences.push(...result.differences);
      for (const { reason } of result.notRun) notRun[reason] = (notRun[reason] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const unknown = differences.filter((one) => !known(one));
  const order = new Intl.Collator('en').compare;
  unknown.sort((a, b) => order(a.id ?? '', b.id ?? ''));
  const counts = { vectors, differences: unknown.length, known: differences.length - unknown.length };
  return { line: { name, pairs, counts, notRun }, differences: unknown };
}
