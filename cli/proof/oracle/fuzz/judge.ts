import type { JsonObject } from '../../../text/json.ts';

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

/** Whether two answers are the same verdict: the same documents, or a failure on both sides. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  if ('fails' in a || 'fails' in b) return 'fails' in a && 'fails' in b;
  return a.found.length === b.found.length && a.found.every((id, at) => id === b.found[at]);
}
