import type { Field, Mapping } from '../../fields/mapping.ts';
import type { FieldNumber } from '../../fields/numbers.ts';
import type { Event } from '../../fields/event.ts';
import type { JsonObject } from '../../text/json.ts';

/** What a query runs under. */
export interface RunContext {
  readonly mapping: Mapping;
  /** The instant that `now` means, epoch milliseconds. */
  readonly now: number;
  readonly stack?: string;
  /**
   * The least and the greatest date that a field has in the index, where all that it holds is known: a search skips an index
   * whose dates all lie outside a range. Absent: events are not all that the index holds.
   */
  readonly datesHeld?: (field: Field) => { readonly min: FieldNumber; readonly max: FieldNumber } | undefined;
  /** Whether any document of the index has a field, where all that it holds is known; absent: each may have each field. */
  readonly fieldHeld?: (field: Field) => boolean;
}

/** The document that a clause sees: the event's source, or inside a nested query one nested object of it. */
export interface Scope {
  /** Path of the nested object; empty for the root document. */
  readonly path: string;
  /** Nested paths above, outermost first. */
  readonly outer: readonly string[];
}

export const ROOT: Scope = { path: '', outer: [] };

/** A compiled clause. `source` is the scope's object, `event` the whole document (for `_id` and `_index`). */
export type Test = (source: JsonObject, event: Event) => boolean;

export const never: Test = () => false;
export const always: Test = () => true;
