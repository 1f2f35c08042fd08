import { isRefused, type Refused } from '../answer.ts';
import type { AskedServer } from '../cluster.ts';
import { compareTaken, takenSide } from '../compare.ts';
import type { Difference } from '../difference.ts';
import { lacks } from '../lacks.ts';
import { OurIndex } from '../ours.ts';
import type { VectorIndex } from './case.ts';
import { differ } from './differ.ts';
import { compareDocuments } from './documents.ts';
import { compareQueries, expectedOf } from './queries.ts';

/** What came out of one index and its vectors. */
export interface IndexResult {
  /** Vectors that were asked. */
  readonly vectors: number;
  /** Pairs of a query and a document that all sides were asked. */
  readonly pairs: number;
  readonly differences: readonly Difference[];
  /** Vectors that could not be asked, with the reason. */
  readonly notRun: readonly { readonly id: string; readonly reason: string }[];
}

/** Asks a server and our engine the vectors of one index, and holds the three answers against each other. */
export async function runVectorIndex(cluster: AskedServer, index: VectorIndex): Promise<IndexResult> {
  const ours = OurIndex.create(index.mapping, index.settings, cluster.version);
  const name = await cluster.createIndex(index.mapping, index.settings);
  if (isRefused(name)) return refusedIndex(index, name, isRefused(ours) ? ours : undefined);
  try {
    if (isRefused(ours)) {
      const found = compareTaken('mapping', undefined, ours);
      const differences = found === undefined ? [] : [differ(index)(found)];
      return { vectors: index.queries.length, pairs: 0, differences, notRun: [] };
    }
    const documents = await compareDocuments(cluster, name, index, ours);
    const { asked, differences, notRun } = await compareQueries(cluster, name, index, ours);
    const pairs = asked * index.documents.length;
    return { vectors: asked, pairs, differences: [...documents, ...differences], notRun };
  } finally {
    await cluster.delete(name);
  }
}

/** A mapping that the server does not know, or refuses. */
function refusedIndex(index: VectorIndex, server: Refused, ours: Refused | undefined): IndexResult {
  const lacking = lacks(server.refused);
  if (lacking !== undefined) {
    const notRun = index.queries.map(({ id }) => ({ id, reason: `the server lacks ${lacking}` }));
    return { vectors: 0, pairs: 0, differences: [], notRun };
  }
  const differs = differ(index);
  const found = compareTaken('mapping', server, ours);
  const answering = index.queries.filter(({ expected }) => expected !== undefined && expected !== 'fails');
  const differences =
    found === undefined
      ? answering.map((query) =>
          differs({ kind: 'vector', server, ours: takenSide(ours), ...expectedOf(query) }, query),
        )
      : [differs(found)];
  return { vectors: index.queries.length, pairs: 0, differences, notRun: [] };
}
