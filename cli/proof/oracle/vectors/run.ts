import { KnownError } from '../../../text/known-error.ts';
import type { Json } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { isRefused, type Answer, type Refused } from '../answer.ts';
import type { OracleCluster, Search } from '../cluster.ts';
import { compareAnswers, compareTaken, shownAnswer, type Disagreement } from '../compare.ts';
import type { Difference, Side } from '../difference.ts';
import { lacks } from '../lacks.ts';
import { OurIndex } from '../ours.ts';
import { dslOf } from '../question.ts';
import type { VectorIndex, VectorQuery } from './case.ts';
import { atClock } from './clock.ts';

/** What came out of one index and its vectors. */
export interface IndexResult {
  /** Pairs of a query and a document that all sides were asked. */
  readonly pairs: number;
  /** Vectors that were asked. */
  readonly vectors: number;
  readonly differences: readonly Difference[];
  /** Vectors that could not be asked, with the reason. */
  readonly notRun: readonly { readonly id: string; readonly reason: string }[];
}

/** Asks a server and our engine the vectors of one index, and holds the three answers against each other. */
export async function runVectorIndex(cluster: OracleCluster, index: VectorIndex): Promise<IndexResult> {
  const ours = OurIndex.create(index.mapping, index.settings);
  const name = await cluster.createIndex(index.mapping, index.settings);
  const lacking = isRefused(name) ? lacks(name.refused) : undefined;
  if (lacking !== undefined) return notRun(index, `the server lacks ${lacking}`);
  const differs = reporter(index);
  const mapping = compareTaken('mapping', refusalOf(name), refusalOf(ours));
  if (isRefused(name) || isRefused(ours)) {
    const expected = index.queries.filter(({ expected }) => expected !== undefined && expected !== 'fails');
    const differences = [
      ...(mapping === undefined ? [] : [differs(mapping)]),
      ...(isRefused(name) ? expected.map((query) => differs(vectorSays(query, name, ours), { query })) : []),
    ];
    if (!isRefused(name)) await cluster.delete(name);
    return { pairs: 0, vectors: index.queries.length, differences, notRun: [] };
  }
  try {
    const documents = await compareDocuments(cluster, name, index, ours);
    const queries = await compareQueries(cluster, name, index, ours);
    return { ...queries, differences: [...documents, ...queries.differences] };
  } finally {
    await cluster.delete(name);
  }
}

const notRun = (index: VectorIndex, reason: string): IndexResult => ({
  pairs: 0,
  vectors: 0,
  differences: [],
  notRun: index.queries.map(({ id }) => ({ id, reason })),
});

const refusalOf = (value: unknown): Refused | undefined => (isRefused(value) ? value : undefined);

const vectorSays = (query: VectorQuery, server: Answer, ours: unknown): Disagreement & { expected: Side } => ({
  kind: 'vector',
  server: shownAnswer(server),
  ours: isRefused(ours) ? ours : Array.isArray(ours) ? shownAnswer(ours as readonly string[]) : true,
  expected: query.expected === 'fails' ? 'fails' : shownAnswer(query.expected ?? []),
});

/** Makes the records of a report from disagreements about an index. */
function reporter(index: VectorIndex) {
  const mapping = parseJsonSpelled(index.mapping).value as Json;
  const settings = index.settings === undefined ? undefined : (parseJsonSpelled(index.settings).value as Json);
  const sources = new Map(index.documents.map(({ id, source }) => [id, source]));
  return (
    { kind, id, server, ours, expected }: Disagreement & { readonly expected?: Side },
    { query }: { readonly query?: VectorQuery } = {},
  ): Difference => {
    const source = id === undefined ? undefined : sources.get(id);
    const [first] = index.queries;
    return {
      kind,
      suite: first?.suite ?? '',
      id: query?.id ?? first?.id ?? '',
      mapping,
      ...(settings === undefined ? {} : { settings }),
      document: source === undefined ? null : (parseJsonSpelled(source).value as Json),
      query: query === undefined ? null : shownQuestion(query),
      server,
      ours,
      ...(expected === undefined ? {} : { expected }),
    };
  };
}

const shownQuestion = ({ question }: VectorQuery): Json =>
  question.language === 'dsl' ? (parseJsonSpelled(question.query).value as Json) : { ...question };

async function compareDocuments(
  cluster: OracleCluster,
  name: string,
  index: VectorIndex,
  ours: OurIndex,
): Promise<readonly Difference[]> {
  const differs = reporter(index);
  const theirs = await cluster.index(name, index.documents);
  const own = ours.index(index.documents);
  return index.documents.flatMap(({ id }) => {
    const [server, our] = [theirs.get(id), own.get(id)];
    const found = compareTaken('document', server, our);
    const expected = index.refused === undefined ? server === undefined : !index.refused.has(id);
    return [
      ...(found === undefined ? [] : [differs({ ...found, id, expected })]),
      ...(found === undefined && expected !== (server === undefined)
        ? [differs({ kind: 'vector', id, server: server ?? true, ours: our ?? true, expected })]
        : []),
    ];
  });
}

async function compareQueries(
  cluster: OracleCluster,
  name: string,
  index: VectorIndex,
  ours: OurIndex,
): Promise<IndexResult> {
  const differs = reporter(index);
  const asked: { readonly query: VectorQuery; readonly dsl: string | Refused }[] = [];
  const skipped: { readonly id: string; readonly reason: string }[] = [];
  for (const query of index.queries) {
    const dsl = dslAt(query, ours);
    if (dsl === undefined) skipped.push({ id: query.id, reason: 'the server has another clock' });
    else asked.push({ query, dsl });
  }
  const searches = asked.flatMap(({ dsl }): Search[] => (isRefused(dsl) ? [] : [{ index: name, query: dsl }]));
  const answers = [...(await cluster.searches(searches))];
  const ids = index.documents.map(({ id }) => id);
  const differences = asked.flatMap(({ query, dsl }) => {
    const server = isRefused(dsl) ? dsl : (answers.shift() ?? []);
    const own = ours.search(query.question, query.now ?? Date.now());
    const found = compareAnswers(server, own, ids).map((each) =>
      differs({ ...each, ...expectedOf(query, each.id) }, { query }),
    );
    return found.length === 0 && !holds(query, server) ? [differs(vectorSays(query, server, own), { query })] : found;
  });
  return { pairs: asked.length * ids.length, vectors: asked.length, differences, notRun: skipped };
}

/** The query that the server is sent, at the vector's clock; a refusal where KQL does not parse, and nothing can be sent. */
function dslAt(query: VectorQuery, ours: OurIndex): string | Refused | undefined {
  try {
    const dsl = dslOf(query.question, ours.mapping);
    return query.now === undefined ? dsl : atClock(dsl, query.now);
  } catch (error) {
    if (error instanceof KnownError) return { refused: `not sent: ${error.message}` };
    throw error;
  }
}

function expectedOf({ expected }: VectorQuery, id: string | undefined): { expected?: Side } {
  if (expected === undefined) return {};
  if (expected === 'fails') return { expected };
  return { expected: id === undefined ? shownAnswer(expected) : expected.includes(id) };
}

/** Whether the server gives what the vector says. */
function holds({ expected }: VectorQuery, server: Answer): boolean {
  if (expected === undefined) return true;
  if (expected === 'fails' || isRefused(server)) return expected === 'fails' && isRefused(server);
  const found = new Set(server);
  return expected.length === found.size && expected.every((id) => found.has(id));
}
