import { KnownError } from '../../../text/known-error.ts';
import { isRefused, type Answer, type Refused } from '../answer.ts';
import type { AskedServer, Search } from '../cluster.ts';
import { answerSide, compareAnswers, verdictSide } from '../compare.ts';
import type { Difference, Side } from '../difference.ts';
import type { OurIndex } from '../ours.ts';
import { dslOf } from '../question.ts';
import type { VectorIndex, VectorQuery } from './case.ts';
import { atClock } from './clock.ts';
import { differ } from './differ.ts';

export interface QueryResult {
  readonly asked: number;
  readonly differences: readonly Difference[];
  readonly notRun: readonly { readonly id: string; readonly reason: string }[];
}

/** Asks both sides the queries of an index, and compares their answers and the vectors'. */
export async function compareQueries(
  cluster: AskedServer,
  name: string,
  index: VectorIndex,
  ours: OurIndex,
): Promise<QueryResult> {
  const differs = differ(index);
  const prepared = index.queries.map((query) => ({ query, dsl: dslAt(query, ours) }));
  const searches = prepared.flatMap(({ dsl }): Search[] =>
    dsl === undefined || isRefused(dsl) ? [] : [{ index: name, query: dsl }],
  );
  const answers = [...(await cluster.searches(searches))];
  const ids = index.documents.map(({ id }) => id);
  const differences: Difference[] = [];
  const notRun: { id: string; reason: string }[] = [];
  for (const { query, dsl } of prepared) {
    if (dsl === undefined) {
      notRun.push({ id: query.id, reason: 'the server has another clock' });
      continue;
    }
    const server = isRefused(dsl) ? dsl : (answers.shift() ?? []);
    const own = ours.search(query.question, query.now ?? Date.now());
    const found = compareAnswers(server, own, ids).map((each) =>
      differs({ ...each, ...expectedOf(query, each.id) }, query),
    );
    differences.push(...found);
    if (found.length === 0 && !holds(query, server))
      differences.push(
        differs({ kind: 'vector', server: answerSide(server), ours: answerSide(own), ...expectedOf(query) }, query),
      );
  }
  return { asked: prepared.length - notRun.length, differences, notRun };
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

/** What the vector says of a document, or of the whole answer. */
export function expectedOf({ expected }: VectorQuery, id?: string): { readonly expected?: Side } {
  if (expected === undefined) return {};
  if (expected === 'fails') return { expected };
  return { expected: id === undefined ? answerSide(expected) : verdictSide(expected.includes(id)) };
}

/** Whether the server gives what the vector says. */
function holds({ expected }: VectorQuery, server: Answer): boolean {
  if (expected === undefined) return true;
  if (expected === 'fails' || isRefused(server)) return expected === 'fails' && isRefused(server);
  const found = new Set(server);
  return expected.length === found.size && expected.every((id) => found.has(id));
}
