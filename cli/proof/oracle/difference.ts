import type { Json } from '../../text/json.ts';

/**
 * Where two answers differ. `mapping`, `document`, `query`: one refuses what the other takes. `verdict`: a document matches
 * for one alone. `doc values`, `tokens`: a field holds other values, a text other words. `vector`: the server does not give what a vector says. `crash`: ours
 * fails in a way that is no refusal.
 */
export type DifferenceKind =
  'mapping' | 'document' | 'query' | 'verdict' | 'doc values' | 'tokens' | 'vector' | 'crash';

/** The answer of one side, or the words in which it refuses. */
export type Side = string | { readonly refused: string };

export const TAKEN = 'taken';
export const REFUSED = 'refused';
export const MATCHES = 'matches';
export const NO_MATCH = 'does not match';

/** A difference as a report shows it. Numbers of mappings, documents and queries stand as they were written. */
export interface Difference {
  /** A DifferenceKind, or what a generated pair has in common with others: `range on long: server finds it, ours finds nothing`. */
  readonly kind: string;
  /** The file of vectors and the vector; a language of generated pairs has none. */
  readonly suite?: string;
  readonly id?: string;
  readonly mapping: Json;
  readonly settings?: Json;
  /** Null where the difference is not of one document. */
  readonly document: Json;
  /** Null where no query has a part in it. */
  readonly query: Json;
  readonly server: Side;
  readonly ours: Side;
  /** What the vector says, where it says something. */
  readonly expected?: Side;
}
