import type { Json } from '../../text/json.ts';

/**
 * Where two answers differ. `mapping`, `document`, `query`: one refuses what the other takes. `verdict`: a document matches
 * for one alone. `vector`: the server does not give what a vector says. `crash`: ours fails in a way that is no refusal.
 */
export type DifferenceKind = 'mapping' | 'document' | 'query' | 'verdict' | 'vector' | 'crash';

/** The answer of one side: whether it takes or finds a thing, or why it refuses it. */
export type Side = boolean | string | { readonly refused: string };

export interface Difference {
  /** Of vectors a `DifferenceKind`; of generated pairs the clauses, the types and how the verdicts differ. */
  readonly kind: string;
  /** Where it comes from: the suite and the vector, or the language and seed of a generated pair. */
  readonly suite: string;
  readonly id: string;
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
