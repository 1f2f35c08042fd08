import { Draft, type Automaton } from './automaton.ts';
import type { Budget } from './budget.ts';

/** `max_determinized_states` of Elasticsearch's regexp query, and the limit of all patterns that have no such parameter. */
export const WORK_LIMIT = 10_000;

/** More work than the limit allows: Elasticsearch refuses the search. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly';
  readonly limit: number;

  constructor(limit: number) {
    super();
    this.limit = limit;
  }
}

/**
 * The same language without choices: each state stands for a set of states, and each set that is worked off costs its size, up to
 * ten times the limit (lucene: Operations.java determinize).
 */
export function determinize(part: Automaton, workLimit: number, budget: Budget): Automaton {
  if (part.deterministic || part.accepts.length <= 1) return part;
  const draft = new Draft(budget);
  const known = new Map<string, number>();
  const sets: (readonly number[])[] = [];
  const stateOf = (set: readonly number[]): number => {
    const key = set.join();
    let state = known.get(key);
    if (state === undefined) {
      known.set(key, (state = draft.state(set.some((member) => part.accepts[member] === true))));
      sets.push(set);
    }
    return state;
  };
  stateOf([0]);
  let effort = 0;
  for (let at = 0; at < sets.length; at++) {
    const set = sets[at] ?? [];
    effort += set.length;
    if (effort >= workLimit * 10) throw new TooCostly(workLimit);
    steps(part, set, budget, (low, high, to) => {
      draft.edge(at, low, high, stateOf(to));
    });
  }
  return draft.finish();
}

/** The ways on from a set of states: code points with the same targets together, in ascending order. */
function steps(
  part: Automaton,
  set: readonly number[],
  budget: Budget,
  step: (low: number, high: number, to: readonly number[]) => void,
): void {
  const edges = set.length === 1 ? (part.edges[set[0] ?? 0] ?? []) : set.flatMap((state) => part.edges[state] ?? []);
  if (edges.length === 0) return;
  budget.spend(edges.length);
  const starts = new Set<number>();
  for (const { low, high } of edges) starts.add(low).add(high + 1);
  const points = [...starts].sort((a, b) => a - b);
  const opening = new Map<number, number[]>();
  const closing = new Map<number, number[]>();
  const note = (map: Map<number, number[]>, point: number, to: number): void => {
    const list = map.get(point);
    if (list === undefined) map.set(point, [to]);
    else list.push(to);
  };
  for (const { low, high, to } of edges) {
    note(opening, low, to);
    note(closing, high + 1, to);
  }
  const open = new Map<number, number>();
  let from = -1;
  for (const point of points) {
    if (open.size > 0) {
      budget.spend(open.size);
      step(
        from,
        point - 1,
        [...open.keys()].sort((a, b) => a - b),
      );
    }
    for (const to of closing.get(point) ?? []) {
      const count = open.get(to) ?? 0;
      if (count <= 1) open.delete(to);
      else open.set(to, count - 1);
    }
    for (const to of opening.get(point) ?? []) open.set(to, (open.get(to) ?? 0) + 1);
    from = point;
  }
}
