import type { Event } from '../../../fields/event.ts';
import type { Json } from '../../../text/json.ts';
import type { Span } from '../../../text/span.ts';
import type { Explanation } from '../explanation.ts';

/** One part of a join key and its value. */
export interface KeyPart {
  readonly name: string;
  readonly value: Json;
}

/** Why a stage was not reached. Events of `late`, `until`, `early` and the keys fit the term of the stage. */
export type Cause =
  /** The event came `elapsed` milliseconds after the first one; maxspan is less. */
  | { readonly kind: 'late'; readonly event: Event; readonly elapsed: number; readonly maxspan: number }
  /** The event of `until` ended the sequence before the stage was reached. */
  | { readonly kind: 'until'; readonly event: Event }
  /** The event that had to be missing is there. */
  | { readonly kind: 'present'; readonly event: Event }
  /** The event has the key `found`, and not the one of the events before it. */
  | {
      readonly kind: 'other-key';
      readonly event: Event;
      readonly differs: readonly (KeyPart & { readonly found: Json })[];
    }
  /** The event has no value for this part of the key. */
  | { readonly kind: 'no-key'; readonly event: Event; readonly name: string }
  /** The event came before the one of the stage before. */
  | { readonly kind: 'early'; readonly event: Event }
  /** Samples: the event is needed for another term as well. */
  | { readonly kind: 'same-event'; readonly event: Event }
  /** The condition is never true, whatever the event. */
  | { readonly kind: 'never'; readonly reason: string }
  /** No event fits the term; the nearest one, and what keeps it from fitting. */
  | { readonly kind: 'no-event'; readonly nearest?: { readonly event: Event; readonly explanation: Explanation } };

export interface StageExplanation {
  /** The event filter in the query. */
  readonly span: Span;
  readonly missing: boolean;
  /** `met`: the event is there, or of a missing stage is not. `open`: what came before kept it from being asked. */
  readonly outcome: 'met' | 'broken' | 'open';
  readonly event?: Event;
  /** Time of `event` in a sequence, epoch milliseconds. */
  readonly at?: number;
  readonly cause?: Cause;
}

/** How far a set of events got in a sequence or a sample: the attempt that got farthest, stage by stage. */
export interface GroupExplanation {
  readonly kind: 'sequence' | 'sample';
  /** Complete ones; above 0 the stages are those of the first. */
  readonly found: number;
  readonly key: readonly KeyPart[];
  readonly stages: readonly StageExplanation[];
}
