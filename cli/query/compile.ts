import type { Mapping } from '../fields/mapping.ts';
import type { Event } from '../fields/event.ts';
import type { Json } from '../text/json.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Query } from './algebra/query.ts';
import type { Explanation } from './run/explanation.ts';

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
  /** Stack version whose behaviour is followed, such as `9.4`. */
  readonly stack?: string;
}

/** A query that says yes or no to one event. `test` and `explain` may throw a QueryFailure: the search fails. */
export interface EventQuery {
  readonly kind: 'event';
  readonly query: Query;
  test(event: Event): boolean;
  explain(event: Event): Explanation;
}

export interface Compiled {
  /** Absent when the diagnostics hold an error. */
  readonly runnable?: EventQuery;
  readonly diagnostics: readonly Diagnostic[];
}
