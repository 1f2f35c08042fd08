import type { JsonObject } from '../../../text/json.ts';
import { isOpen, sameAnswer, type Answer } from './judge.ts';
import { spelledJson } from '../../../text/spelled-json.ts';
import type { Case, Judges, Verdicts } from './shrink.ts';

/** What a batch of documents and queries over one mapping gave. */
export interface BatchResult {
  /** Queries times documents that both took. */
  readonly pairs: number;
  readonly documents: number;
  /** Searches that fail on both sides, and those that this engine refuses by name. */
  readonly failing: number;
  readonly unsupported: number;
  readonly differences: readonly (Case & { readonly verdicts: Verdicts })[];
}

const NOTHING: BatchResult = { pairs: 0, documents: 0, failing: 0, unsupported: 0, differences: [] };

/** One mapping, its documents, and the queries of a batch: both sides are asked, and each answer is compared. */
export interface Batch {
  readonly mapping: JsonObject;
  readonly settings: JsonObject;
  readonly documents: readonly JsonObject[];
  readonly queries: readonly JsonObject[];
}

export async function compareBatch(judges: Judges, batch: Batch): Promise<BatchResult> {
  const { mapping, settings, documents, queries } = batch;
  const [server, ours] = [await judges.server.open(mapping, settings), await judges.ours.open(mapping, settings)];
  try {
    if (!isOpen(server) || !isOpen(ours)) {
      if (!isOpen(server) && !isOpen(ours)) return NOTHING;
      if (!isOpen(ours) && ours.unsupported === true) return { ...NOTHING, unsupported: 1 };
      const refusal = (opened: typeof server): Answer => (isOpen(opened) ? { found: [] } : { fails: opened.refused });
      const verdicts = { server: refusal(server), ours: refusal(ours) };
      return { ...NOTHING, differences: [{ mapping, settings, document: null, query: undefined, verdicts }] };
    }
    const texts = documents.map(spelledJson);
    const [refusedThere, refusedHere] = [await server.add(texts), await ours.add(texts)];
    const differences: (Case & { verdicts: Verdicts })[] = [];
    const both = new Set<number>();
    documents.forEach((document, at) => {
      const [there, here] = [refusedThere[at], refusedHere[at]];
      if (there === undefined && here === undefined) both.add(at);
      else if (there === undefined || here === undefined)
        differences.push({ mapping, settings, document, query: undefined, verdicts: { server: taken(there), ours: taken(here) } }); // prettier-ignore
    });
    const asked = queries.map(spelledJson);
    const [answersThere, answersHere] = [await server.search(asked), await ours.search(asked)];
    let failing = 0;
    let unsupported = 0;
    queries.forEach((query, at) => {
      const [there, here] = [among(answersThere[at], both), among(answersHere[at], both)];
      if (there === undefined || here === undefined) return;
      if ('fails' in here && here.unsupported === true) unsupported++;
      else if (!sameAnswer(there, here)) {
        const document = documents[odd(there, here)] ?? {};
        differences.push({ mapping, settings, document, query, verdicts: about(there, here) });
      } else if ('fails' in there) failing++;
    });
    return { pairs: queries.length * both.size, documents: documents.length, failing, unsupported, differences };
  } finally {
    if (isOpen(server)) await server.close();
    if (isOpen(ours)) await ours.close();
  }
}

const taken = (refusal: string | undefined): Answer => (refusal === undefined ? { found: [] } : { fails: refusal });

/** An answer about the documents that both sides took. */
const among = (answer: Answer | undefined, both: ReadonlySet<number>): Answer | undefined =>
  answer === undefined || 'fails' in answer ? answer : { found: answer.found.filter((id) => both.has(id)) };

/** The first document on which two answers differ; with a failure, one that the other side finds. */
function odd(there: Answer, here: Answer): number {
  const [a, b] = [there, here].map((answer) => ('fails' in answer ? undefined : answer.found));
  if (a === undefined || b === undefined) return (a ?? b)?.[0] ?? 0;
  return a.find((id) => !b.includes(id)) ?? b.find((id) => !a.includes(id)) ?? 0;
}

/** The verdicts on that document alone. */
function about(there: Answer, here: Answer): Verdicts {
  const at = odd(there, here);
  const one = (answer: Answer): Answer =>
    'fails' in answer ? answer : { found: answer.found.includes(at) ? [0] : [] };
  return { server: one(there), ours: one(here) };
}
