import type { Event } from '../fields/event.ts';
import { KnownError } from '../text/known-error.ts';
import { Audience } from './audience.ts';
import type { Alert } from './alert.ts';
import type { PreparedRule } from './execution.ts';
import { RefusedEvents } from './refused-events.ts';

/** An event by the names that Elasticsearch has for it. */
export interface EventRef {
  readonly _index: string;
  readonly _id: string;
}

export interface BulkAlert {
  readonly events: readonly EventRef[];
}

/** What one rule raised; `error` if its search failed, and then no alert. */
export interface BulkResult {
  readonly alerts: readonly BulkAlert[];
  readonly error?: KnownError;
}

interface State {
  readonly prepared: PreparedRule;
  /** Events that the rule has to see together at the end. */
  kept: Event[];
  error?: KnownError | undefined;
}

/**
 * Many rules over a long stream of events. Each event goes to all the rules that search its index before the next one comes,
 * so that what one rule has read of it the others need not read; a rule keeps the events on which its alerts can depend, and
 * is run over those at the end.
 */
export class BulkRun {
  readonly #states: readonly State[];
  /** Rules that search an index, by its name. */
  readonly #byIndex = new Map<string, Audience<State>>();
  readonly #refused = new RefusedEvents();

  constructor(rules: readonly PreparedRule[]) {
    this.#states = rules.map((prepared) => ({ prepared, kept: [] }));
  }

  /** Events in the order of their ordinals, which count on over all calls. */
  add(events: readonly Event[]): void {
    const grown = this.#states.filter(({ prepared }) => prepared.observe?.(events) === true);
    if (grown.length > 0) this.#byIndex.clear();
    for (const event of events)
      this.#searching(event.index).show(event.source, (state) => {
        if (concerned(state, event) && this.#isTaken(state, event)) state.kept.push(event);
      });
  }

  /** Events that some rule would have found, had Elasticsearch taken them, each with the reason. */
  get refused(): ReadonlyMap<Event, string> {
    return this.#refused.all;
  }

  /** Only what a rule finds is looked at: that is little of a long stream. */
  #isTaken({ prepared }: State, event: Event): boolean {
    return prepared.mapping === undefined || this.#refused.takes(event, prepared.mapping);
  }

  /** The results, in the order of the rules; alerts in the order that the rule gives them. */
  finish(): readonly BulkResult[] {
    return this.#states.map((state) => {
      state.error ??= state.prepared.failure?.();
      const alerts = state.error === undefined ? run(state) : [];
      state.kept = [];
      if (state.error !== undefined) return { alerts: [], error: state.error };
      return {
        alerts: alerts.map(({ events }) => ({ events: events.map(({ index, id }) => ({ _index: index, _id: id })) })),
      };
    });
  }

  #searching(index: string): Audience<State> {
    let found = this.#byIndex.get(index);
    if (found === undefined) {
      const probe: Event = { index, id: '', source: {}, ordinal: 0 };
      found = new Audience(
        this.#states
          .filter((state) => state.prepared.outOfReach(probe) === undefined)
          .map((rule) => ({ rule, values: rule.prepared.leading?.(index) ?? [] })),
      );
      this.#byIndex.set(index, found);
    }
    return found;
  }
}

function run(state: State): readonly Alert[] {
  if (state.kept.length === 0) return [];
  try {
    return state.prepared.run(state.kept);
  } catch (error) {
    fail(state, error);
    return [];
  }
}

function concerned(state: State, event: Event): boolean {
  if (state.error !== undefined) return false;
  try {
    return state.prepared.concerns?.(event) ?? true;
  } catch (error) {
    fail(state, error);
    return false;
  }
}

/** Nothing more is run after a search has failed: its alerts would be some of many. */
function fail(state: State, error: unknown): void {
  if (!(error instanceof KnownError)) throw error;
  state.error = error;
  state.kept = [];
}
