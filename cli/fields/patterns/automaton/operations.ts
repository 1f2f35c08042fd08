import { Draft, EMPTY_TEXT, MAX_CODE, NOTHING, type Automaton } from './automaton.ts';
import type { Budget } from './budget.ts';
import { determinize } from './determinize.ts';

/**
 * The operations of Lucene's automata. What they fit is in any textbook; how many states and edges they make is Lucene's
 * (version 10), since the work limit of `determinize` counts those (lucene:lucene/core/src/java/org/apache/lucene/util/
 * automaton/Operations.java).
 */

/** One after the other. */
export function concatenate(parts: readonly Automaton[], budget: Budget): Automaton {
  if (parts.some(({ accepts }) => accepts.length === 0)) return NOTHING;
  const draft = new Draft(budget);
  const offsets = parts.map((part) => {
    const offset = draft.size;
    for (let state = 0; state < part.accepts.length; state++) draft.state();
    return offset;
  });
  if (draft.size === 0) draft.state();
  for (const [at, part] of parts.entries()) {
    const offset = offsets[at] ?? 0;
    for (const [state, accepts] of part.accepts.entries()) {
      draft.also(offset + state, part, state, offset);
      if (!accepts) continue;
      // Where this part may end the next one begins, and the one after it where that fits the empty text
      let next = at + 1;
      for (; next < parts.length; next++) {
        const follower = parts[next] ?? NOTHING;
        draft.also(offset + state, follower, 0, offsets[next] ?? 0);
        if (follower.accepts[0] !== true) break;
      }
      if (next === parts.length) draft.accept(offset + state);
    }
  }
  return withoutDeadStates(draft.finish(), budget);
}

/** Any of them. */
export function union(parts: readonly Automaton[], budget: Budget): Automaton {
  const draft = new Draft(budget);
  draft.state();
  for (const part of parts) {
    if (part.accepts.length === 0) continue;
    const offset = draft.append(part);
    draft.also(0, part, 0, offset);
    if (part.accepts[0] === true) draft.accept(0);
  }
  return withOneFinalState(withoutDeadStates(draft.finish(), budget), budget);
}

/** It or the empty text. */
export function optional(part: Automaton, budget: Budget): Automaton {
  if (part.accepts[0] === true) return part;
  if (part.accepts.length === 0) return EMPTY_TEXT;
  const entered = part.edges.some((edges) => edges.some(({ to }) => to === 0));
  if (!entered) return { ...part, accepts: [true, ...part.accepts.slice(1)] };
  const draft = new Draft(budget);
  draft.state(true);
  draft.also(0, part, 0, draft.append(part));
  return draft.finish();
}

/** Any number of times. */
export function star(part: Automaton, budget: Budget): Automaton {
  if (part.accepts.length === 0) return part;
  if (part.accepts[0] === true && part.accepts.filter(Boolean).length === 1) return part;
  const draft = new Draft(budget);
  draft.state(true);
  // A state in which the part ends for good is the start again
  const place = part.accepts.map((accepts, state) =>
    accepts && part.edges[state]?.length === 0 ? 0 : draft.state(accepts),
  );
  const copy = (from: number, state: number): void => {
    for (const { low, high, to } of part.edges[state] ?? []) draft.edge(from, low, high, place[to] ?? 0);
  };
  for (const [state, from] of place.entries()) copy(from, state);
  copy(0, 0);
  for (const [state, from] of place.entries()) if (part.accepts[state] === true && from !== 0) copy(from, 0);
  return withoutDeadStates(draft.finish(), budget);
}

/** `min` times or more. */
export function atLeast(part: Automaton, min: number, budget: Budget): Automaton {
  const ever = star(part, budget);
  return min === 0 ? ever : concatenate([...times(part, min, budget), ever], budget);
}

/** From `min` to `max` times. */
export function repeat(part: Automaton, min: number, max: number, budget: Budget): Automaton {
  const needed = min === 0 ? EMPTY_TEXT : min === 1 ? part : concatenate(times(part, min, budget), budget);
  const draft = new Draft(budget);
  draft.append(needed);
  let ends = needed.accepts.flatMap((accepts, state) => (accepts ? [state] : []));
  for (let count = min; count < max; count++) {
    const offset = draft.append(part);
    budget.spend(ends.length);
    for (const end of ends) {
      draft.also(end, part, 0, offset);
      if (part.accepts[0] === true) draft.accept(end);
    }
    ends = part.accepts.flatMap((accepts, state) => (accepts ? [offset + state] : []));
  }
  return withoutDeadStates(draft.finish(), budget);
}

function times(part: Automaton, count: number, budget: Budget): Automaton[] {
  budget.spend(count);
  return new Array<Automaton>(count).fill(part);
}

/** What both fit. */
export function intersect(a: Automaton, b: Automaton, budget: Budget): Automaton {
  if (a === b || a.accepts.length === 0) return a;
  if (b.accepts.length === 0) return b;
  const draft = new Draft(budget);
  const known = new Map<number, number>();
  const queue: (readonly [number, number])[] = [];
  const stateOf = (left: number, right: number): number => {
    const key = left * b.accepts.length + right;
    let state = known.get(key);
    if (state === undefined) {
      known.set(key, (state = draft.state(a.accepts[left] === true && b.accepts[right] === true)));
      queue.push([left, right]);
    }
    return state;
  };
  stateOf(0, 0);
  for (let at = 0; at < queue.length; at++) {
    const [left, right] = queue[at] ?? [0, 0];
    const [first, second] = [a.edges[left] ?? [], b.edges[right] ?? []];
    budget.spend(first.length * second.length);
    for (const one of first)
      for (const other of second) {
        const [low, high] = [Math.max(one.low, other.low), Math.min(one.high, other.high)];
        if (low <= high) draft.edge(at, low, high, stateOf(one.to, other.to));
      }
  }
  return withoutDeadStates(draft.finish(), budget);
}

/** All that it does not fit. Needs a deterministic automaton, which may cost up to the limit to make. */
export function complement(part: Automaton, workLimit: number, budget: Budget): Automaton {
  const whole = determinize(part, workLimit, budget);
  const draft = new Draft(budget);
  for (const accepts of whole.accepts) draft.state(!accepts);
  const rest = draft.state(true);
  draft.edge(rest, 0, MAX_CODE, rest);
  for (const [state, edges] of whole.edges.entries()) {
    let next = 0;
    for (const { low, high, to } of edges) {
      draft.edge(state, low, high, to);
      if (low > next) draft.edge(state, next, low - 1, rest);
      next = high + 1;
    }
    if (next <= MAX_CODE) draft.edge(state, next, MAX_CODE, rest);
  }
  return withoutDeadStates(draft.finish(), budget);
}

/** Leaves out the states that are never reached and those from which nothing is accepted any more. */
export function withoutDeadStates(part: Automaton, budget: Budget): Automaton {
  const forward = part.edges.map((edges) => edges.map(({ to }) => to));
  const backward = part.edges.map((): number[] => []);
  for (const [from, targets] of forward.entries()) for (const to of targets) backward[to]?.push(from);
  const reached = reach(forward, [0]);
  const living = reach(
    backward,
    part.accepts.flatMap((accepts, state) => (accepts ? [state] : [])),
  );
  budget.spend(part.accepts.length);
  const kept = part.accepts.flatMap((_, state) => (reached[state] === true && living[state] === true ? [state] : []));
  if (kept.length === part.accepts.length) return part;
  const draft = new Draft(budget);
  const place = new Map(kept.map((state) => [state, draft.state(part.accepts[state] === true)]));
  for (const [state, from] of place)
    for (const { low, high, to } of part.edges[state] ?? []) {
      const target = place.get(to);
      if (target !== undefined) draft.edge(from, low, high, target);
    }
  return draft.finish();
}

function reach(next: readonly (readonly number[])[], from: readonly number[]): readonly boolean[] {
  const seen = new Array<boolean>(next.length).fill(false);
  const queue = from.filter((state) => state < next.length);
  for (const state of queue) seen[state] = true;
  for (let state = queue.pop(); state !== undefined; state = queue.pop())
    for (const to of next[state] ?? [])
      if (seen[to] === false) {
        seen[to] = true;
        queue.push(to);
      }
  return seen;
}

/** Makes one of all accepting states without a way on. */
function withOneFinalState(part: Automaton, budget: Budget): Automaton {
  const isFinal = part.accepts.map((accepts, state) => accepts && part.edges[state]?.length === 0);
  const first = isFinal.indexOf(true);
  if (first < 0 || isFinal.indexOf(true, first + 1) < 0) return part;
  const draft = new Draft(budget);
  const place: number[] = [];
  for (const [state, accepts] of part.accepts.entries())
    place.push(isFinal[state] === true && state !== first ? (place[first] ?? 0) : draft.state(accepts));
  for (const [state, edges] of part.edges.entries())
    for (const { low, high, to } of edges) draft.edge(place[state] ?? 0, low, high, place[to] ?? 0);
  return draft.finish();
}
