import type { AskedServer } from '../cluster.ts';
import type { Difference } from '../difference.ts';
import { askedOf } from '../health.ts';
import { NoAnswer } from '../not-run.ts';
import type { SuiteLine } from '../report.ts';
import type { VectorIndex } from './case.ts';
import type { VectorSuite } from './folder.ts';
import { runVectorIndex, type IndexResult } from './run.ts';
import { runTokens } from './tokens.ts';

/** What came out of one file of vectors. */
export interface SuiteReport {
  readonly line: SuiteLine;
  readonly differences: readonly Difference[];
}

/** Indices that are asked at the same time. */
const AT_ONCE = 4;

/** Asks all vectors, one file after the other, without the differences that are known. */
export async function runSuites(
  cluster: AskedServer,
  suites: readonly VectorSuite[],
  known: (difference: Difference) => boolean,
  done: (suite: SuiteReport) => void,
): Promise<undefined> {
  for (const { name, indices, texts } of suites) {
    const results: IndexResult[] = [];
    try {
      await runIndices(cluster, indices, results);
      if (texts.length > 0) results.push(await runTokens(cluster, name, texts));
    } finally {
      // What was asked counts, also where the server ends before the rest.
      if (results.length > 0) done(reportOf(name, [...results], known));
    }
  }
}

async function runIndices(
  cluster: AskedServer,
  indices: readonly VectorIndex[],
  results: IndexResult[],
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = indices[next++]; index !== undefined; index = indices[next++]) {
      const one = index;
      const result = await askedOf(cluster, () => runVectorIndex(cluster, one));
      results.push(result instanceof NoAnswer ? unanswered(one.queries, result.message) : result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** An index about which the server gives no answer says nothing of the others. */
const unanswered = (queries: VectorIndex['queries'], reason: string): IndexResult => ({
  vectors: 0,
  pairs: 0,
  differences: [],
  notRun: queries.map(({ id }) => ({ id, reason })),
});

function reportOf(
  name: string,
  results: readonly IndexResult[],
  known: (difference: Difference) => boolean,
): SuiteReport {
  const notRun: Record<string, number> = {};
  for (const { reason } of results.flatMap((result) => result.notRun)) notRun[reason] = (notRun[reason] ?? 0) + 1;
  const found = results.flatMap((result) => result.differences);
  const order = new Intl.Collator('en').compare;
  const differences = found.filter((one) => !known(one)).sort((a, b) => order(a.id ?? '', b.id ?? ''));
  const sum = (key: 'vectors' | 'pairs'): number => results.reduce((all, result) => all + result[key], 0);
  const counts = { vectors: sum('vectors'), differences: differences.length, known: found.length - differences.length };
  return { line: { name, pairs: sum('pairs'), counts, notRun }, differences };
}
