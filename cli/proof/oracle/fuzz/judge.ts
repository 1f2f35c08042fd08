import type { JsonObject } from '../../../text/json.ts';
import { CRASH } from '../ours.ts';

/** What a search answers: the documents that match, by their place in the list, or why it fails. */
export type Answer =
  | { readonly found: readonly number[] }
  | { readonly fails: string; /** Refused by name, as a construct that is not run. */ readonly unsupported?: boolean };

/** An index with documents in it. */
export interface JudgedIndex {
  /** Adds documents, as JSON text so that numbers keep their spelling. For each: undefined, or why it is refused. */
  add(documents: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Queries as JSON text of Query DSL. */
  search(queries: readonly string[]): Promise<readonly Answer[]>;
  close(): Promise<void>;
}

/** Who can be asked: a server, or this engine. */
export interface Judge {
  /** Makes an index, or says why the mapping is refused. */
  open(
    mapping: JsonObject,
    settings: JsonObject,
  ): Promise<JudgedIndex | { readonly refused: string; readonly unsupported?: boolean }>;
}

export const isOpen = (opened: Awaited<ReturnType<Judge['open']>>): opened is JudgedIndex => 'search' in opened;

/** Whether an engine broke down instead of answering. */
export const crashed = (answer: Answer): boolean => 'fails' in answer && answer.fails.startsWith(CRASH);

/** Whether two answers are the same verdict: the same documents, or a failure on both sides that is no crash. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  if (crashed(a) || crashed(b)) return false;
  if ('fails' in a || 'fails' in b) return 'fails' in a && 'fails' in b;
  return a.found.length === b.found.length && a.found.every((id, at) => id === b.found[at]);
}
