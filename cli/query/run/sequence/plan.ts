import type { Field } from '../../../fields/mapping.ts';
import type { Span } from '../../../text/span.ts';
import type { Query } from '../../algebra/query.ts';

/** One part of a join key in one term. */
export interface JoinKey {
  /** As the query names it. */
  readonly name: string;
  /** The field whose exact values are compared; absent for an optional field that no index has: null for every event. */
  readonly field?: Field;
  /** True: events without a value have the key null. False: they take no part. */
  readonly optional: boolean;
  readonly span: Span;
}

/** One bracketed term. */
export interface Term {
  /** Category, condition, conditions copied from other terms, and the rule's filters. */
  readonly query: Query;
  /** Global keys first, then the term's own. */
  readonly keys: readonly JoinKey[];
  /** `![ … ]`: no such event may be there. */
  readonly missing: boolean;
  readonly span: Span;
  /** The event filter inside the brackets. */
  readonly filterSpan: Span;
}

/** A sequence made ready: what Elasticsearch would search for and in which order. */
export interface SequencePlan {
  readonly kind: 'sequence';
  readonly terms: readonly Term[];
  /** Index of the term of each stage; `with runs=3` gives three stages of one term. */
  readonly stages: readonly number[];
  readonly until?: Term;
  /** Milliseconds from the first event to the last, both included. */
  readonly maxspan?: number;
  readonly timestamp: Field;
  readonly tiebreaker?: Field;
}

/** A sample made ready: one event for each term, with the same key, in any order. */
export interface SamplePlan {
  readonly kind: 'sample';
  readonly terms: readonly Term[];
  /** Samples of one key, at most. */
  readonly maxPerKey: number;
}
