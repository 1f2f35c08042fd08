import type { Mapping } from '../fields/mapping.ts';
import type { Event } from '../fields/event.ts';
import type { Json } from '../text/json.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Query } from './algebra/query.ts';
import type { Limit, ResultPosition } from './eql/limit.ts';
import type { Explanation } from './run/explanation.ts';
import type { LeadingValues } from './run/leading-values.ts';
import type { GroupExplanation } from './run/sequence/explanation.ts';

export type Language = 'eql' | 'kuery' | 'lucene' | 'esql';

/** What a query is compiled under. Everything that could change the verdict is in here; there is no hidden clock. */
export interface QueryContext {
  readonly mapping: Mapping;
  /** The instant that `now` means, in epoch milliseconds. */
  readonly now: number;
  /** Rule `filters[]` as the file has them. */
  readonly filters?: readonly Json[];
  /** EQL: field of the event category, default `event.category`. */
  readonly eventCategoryField?: string;
  readonly timestampField?: string;
  readonly tiebreakerField?: string;
  /** EQL: which results survive the size, default `tail`. */
  readonly resultPosition?: ResultPosition;
  /** EQL samples: how many of one key, default 1. */
  readonly maxSamplesPerKey?: number;
  /** Stack version whose behaviour is followed, such as `9.4`. */
  readonly stack?: string;
}

/** A query that says yes or no to one event. `test` and `explain` may throw a QueryFailure: the search fails. */
export interface EventQuery {
  readonly kind: 'event';
  readonly query: Query;
  test(event: Event): boolean;
  /** What `test` looks at first, see `leadingValues`. */
  leading(index: string): readonly LeadingValues[];
  explain(event: Event): Explanation;
  /** Of EQL: which events a search of this size returns, pipes included. */
  limit?(size: number): Limit;
}

/** Events that belong together: a sequence in its order, or a sample. */
export interface EventGroup {
  /** Values of the join key as Elasticsearch's response shows them; empty without a key. */
  readonly key: readonly Json[];
  /** One for each stage; undefined where an event had to be missing. */
  readonly events: readonly (Event | undefined)[];
}

/** An EQL sequence or sample. `run` and `explain` may throw a QueryFailure: the search fails. */
export interface GroupQuery {
  readonly kind: 'sequence' | 'sample';
  /** What each term searches for, in the order of the text; the term of `until` is the last. */
  readonly terms: readonly Query[];
  /** The groups that a search of this size returns, pipes included; the events may come in any order. */
  run(events: readonly Event[], size: number): readonly EventGroup[];
  /** How far the events get, and what stops them. */
  explain(events: readonly Event[]): GroupExplanation;
  /** Whether an event fits any term at all; of others the result does not depend. */
  concerns(event: Event): boolean;
  /** What `concerns` looks at first, see `leadingValues`. */
  leading(index: string): readonly LeadingValues[];
  /** Why one event fits or does not fit each of the terms. */
  explainEvent(event: Event): Explanation;
}

export interface Compiled {
  /** Absent when the diagnostics hold an error. */
  readonly runnable?: EventQuery | GroupQuery;
  readonly diagnostics: readonly Diagnostic[];
}
