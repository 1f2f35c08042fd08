import type { Event } from '../fields/event.ts';
import { KnownError } from '../text/known-error.ts';
import type { Alert } from './alert.ts';
import type { PreparedRule } from './execution.ts';

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
  error?: KnownError;
}

/**
 * Many rules over a long stream of events. Events are grouped by index, so that a rule only meets events that it searches;
 * a rule whose alerts come from single events is run at once and keeps only those, the others keep the events they search,
 * sequences only those that fit a term.
 */
export class BulkRun {
  readonly #states: readonly State[];
  /** Rules that search an index, by its name. */
  readonly #byIndex = new Map<string, readonly State[]>();

  constructor(rules: readonly PreparedRule[]) {
    this.#states = rules.map((prepared) => ({ prepared, kept: [] }));
  }

  /** Ordinals have to count on over all calls. */
  add(events: readonly Event[]): void {
    const groups = new Map<string, Event[]>();
    for (const event of events) {
      const group = groups.get(event.index);
      if (group === undefined) groups.set(event.index, [event]);
      else group.push(event);
    }
    const reached = new Map<State, Event[][]>();
    for (const [index, group] of groups)
      for (const state of this.#searching(index)) {
        const lists = reached.get(state);
        if (lists === undefined) reached.set(state, [group]);
        else lists.push(group);
      }
    for (const [state, lists] of reached) {
      const [only, ...others] = lists;
      const mine = only !== undefined && others.length === 0 ? only : lists.flat();
      keep(
        state,
        state.prepared.perEvent === true ? run(state, mine).flatMap((alert) => alert.events) : concerned(state, mine),
      );
    }
  }

  /** The results, in the order of the rules; alerts in the order that the rule gives them. */
  finish(): readonly BulkResult[] {
    return this.#states.map((state) => {
      const alerts = run(state, state.kept.sort((a, b) => a.ordinal - b.ordinal)); // prettier-ignore
      state.kept = [];
      if (state.error !== undefined) return { alerts: [], error: state.error };
      return {
        alerts: alerts.map(({ events }) => ({ events: events.map(({ index, id }) => ({ _index: index, _id: id })) })),
      };
    });
  }

  #searching(index: string): readonly State[] {
    let found = this.#byIndex.get(index);
    if (found === undefined) {
      const probe: Event = { index, id: '', source: {}, ordinal: 0 };
      found = this.#states.filter((state) => state.prepared.outOfReach(probe) === undefined);
      this.#byIndex.set(index, found);
    }
    return found;
  }
}

function keep(state: State, events: readonly Event[]): void {
  for (const event of events) state.kept.push(event);
}

const run = (state: State, events: readonly Event[]): readonly Alert[] =>
  events.length === 0 ? [] : attempt(state, () => state.prepared.run(events));

/** The events that the alerts can depend on. */
function concerned(state: State, events: readonly Event[]): readonly Event[] {
  const { prepared } = state;
  if (prepared.concerns === undefined) return events;
  return attempt(state, () => events.filter((event) => prepared.concerns?.(event) === true));
}

/** Nothing more is run after a search has failed: its alerts would be some of many. */
function attempt<T>(state: State, job: () => readonly T[]): readonly T[] {
  if (state.error !== undefined) return [];
  try {
    return job();
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    state.error = error;
    state.kept = [];
    return [];
  }
}
