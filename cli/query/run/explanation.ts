import type { Query, Scalar } from '../algebra/query.ts';

/** Why a predicate held or did not, for one event. A tree in the shape of the query as it was written. */
export interface Explanation {
  readonly query: Query;
  readonly held: boolean;
  /** For leaves: what the event has in the field(s), in the order of the source; empty when it has nothing. */
  readonly actual?: readonly { readonly field: string; readonly values: readonly Scalar[]; readonly mapped: boolean }[];
  /** Nearest reason why a leaf did not hold: `not in the list`, `differs in case`, `the event has no such field`, … */
  readonly reason?: string;
  readonly children: readonly Explanation[];
}
