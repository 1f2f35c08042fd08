/** An input that is not taken: a mapping, a document or a query. */
export interface Refused {
  /** Why, in the words of the one that refuses. */
  readonly refused: string;
  /** Refused by our engine as a construct that it does not run, which says nothing of what a server does. */
  readonly unsupported?: boolean;
}

/** What a query gives: ids of the documents that match, or that it fails. */
export type Answer = readonly string[] | Refused;

export const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'refused' in value;

/** A document of an index: its source as JSON text, since the spelling of its numbers counts. */
export interface SourceDocument {
  readonly id: string;
  readonly source: string;
}
