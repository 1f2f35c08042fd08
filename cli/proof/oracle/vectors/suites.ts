import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Json } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { walk } from '../../../text/walk.ts';
import { list, object } from '../../json.ts';
import type { AskedServer } from '../cluster.ts';
import type { Difference } from '../difference.ts';
import type { SuiteLine } from '../report.ts';
import type { VectorIndex } from './case.ts';
import { readVectors } from './read.ts';
import { runVectorIndex, type IndexResult } from './run.ts';
import { runTokens } from './tokens.ts';

/** What came out of one file of vectors. */
export interface SuiteReport {
  readonly line: SuiteLine;
  readonly differences: readonly Difference[];
}

/** Indices that are asked at the same time. */
const AT_ONCE = 4;
const TOKENS = 'dsl/standard_tokens';

/**
 * Asks all vectors below a folder, one file after the other, without the differences that are known. Files of other kinds are
 * left out.
 */
export async function runSuites(
  cluster: AskedServer,
  folder: string,
  known: (difference: Difference) => boolean,
  done: (suite: SuiteReport) => void,
): Promise<undefined> {
  for (const path of walk(folder, /\.json$/)) {
    const name = relative(folder, path).split(sep).join('/').slice(0, -'.json'.length);
    const content = readFileSync(path, 'utf8');
    const indices = readable(path, () => readVectors(name, content));
    if (indices !== undefined) done(reportOf(name, await runIndices(cluster, indices), known));
    else if (name === TOKENS) {
      const vectors = list(object(readable(path, () => JSON.parse(content) as Json))['vectors']).map(object);
      done(reportOf(name, [await runTokens(cluster, name, vectors)], known));
    }
  }
}

/** Throws a KnownError for a file that is no JSON. */
function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new KnownError(`${path} is not JSON: ${error.message}`);
  }
}

async function runIndices(cluster: AskedServer, indices: readonly VectorIndex[]): Promise<readonly IndexResult[]> {
  const results: IndexResult[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = indices[next++]; index !== undefined; index = indices[next++])
      results.push(await runVectorIndex(cluster, index));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

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
