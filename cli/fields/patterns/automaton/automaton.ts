import type { Budget } from './budget.ts';

export const MAX_CODE = 0x10ffff;

/** A step to a state under any code point from `low` to `high`. */
export interface Edge {
  readonly low: number;
  readonly high: number;
  readonly to: number;
}

/**
 * A finite automaton over code points. It starts in state 0; without states it fits nothing. The edges of a state are sorted by
 * `low`, `high`, `to`, and those to one state neither overlap nor touch.
 */
export interface Automaton {
  readonly edges: readonly (readonly Edge[])[];
  readonly accepts: readonly boolean[];
  /** Whether no state has two ways on for one code point. */
  readonly deterministic: boolean;
}

/** An automaton in the making. */
export class Draft {
  readonly #budget: Budget;
  readonly #edges: Edge[][] = [];
  readonly #accepts: boolean[] = [];

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  get size(): number {
    return this.#accepts.length;
  }

  state(accepts = false): number {
    this.#budget.spend(1);
    this.#edges.push([]);
    return this.#accepts.push(accepts) - 1;
  }

  accept(state: number): void {
    this.#accepts[state] = true;
  }

  edge(from: number, low: number, high: number, to: number): void {
    this.#budget.spend(1);
    this.#edges[from]?.push({ low, high, to });
  }

  /** Lets a state do what a state of a finished automaton does, whose states begin at `offset` here. */
  also(from: number, other: Automaton, state: number, offset: number): void {
    for (const { low, high, to } of other.edges[state] ?? []) this.edge(from, low, high, to + offset);
  }

  /** Takes in another automaton; gives the number that its first state has here. */
  append(other: Automaton): number {
    const offset = this.size;
    for (const accepts of other.accepts) this.state(accepts);
    for (let state = 0; state < other.accepts.length; state++) this.also(offset + state, other, state, offset);
    return offset;
  }

  finish(): Automaton {
    const edges = this.#edges.map((list) => (list.length > 1 ? merged(list) : list));
    this.#budget.spend(edges.length);
    return { edges, accepts: this.#accepts, deterministic: edges.every(oneWay) };
  }
}

const oneWay = (edges: readonly Edge[]): boolean =>
  edges.every(({ low }, at) => at === 0 || low > (edges[at - 1]?.high ?? -1));

/** Joins edges to one state that overlap or touch. */
function merged(list: readonly Edge[]): readonly Edge[] {
  const byTarget = [...list].sort((a, b) => a.to - b.to || a.low - b.low || a.high - b.high);
  const out: Edge[] = [];
  for (const edge of byTarget) {
    const last = out.at(-1);
    if (last?.to === edge.to && edge.low <= last.high + 1) {
      if (edge.high > last.high) out[out.length - 1] = { ...last, high: edge.high };
    } else out.push(edge);
  }
  return out.sort((a, b) => a.low - b.low || a.high - b.high || a.to - b.to);
}

/** Fits nothing. */
export const NOTHING: Automaton = { edges: [], accepts: [], deterministic: true };

/** Fits the empty text. */
export const EMPTY_TEXT: Automaton = { edges: [[]], accepts: [true], deterministic: true };

/** Fits every text. */
export const ANY_TEXT: Automaton = {
  edges: [[{ low: 0, high: MAX_CODE, to: 0 }]],
  accepts: [true],
  deterministic: true,
};

/** Fits one code point of the ranges, which are flat: low, high, low, high. */
export function oneOf(ranges: readonly number[], budget: Budget): Automaton {
  if (ranges.length === 0) return NOTHING;
  const draft = new Draft(budget);
  draft.state();
  draft.state(true);
  for (let at = 0; at < ranges.length; at += 2) draft.edge(0, ranges[at] ?? 0, ranges[at + 1] ?? 0, 1);
  return draft.finish();
}

/** Fits one text, given as code points. */
export function text(codes: readonly number[], budget: Budget): Automaton {
  const draft = new Draft(budget);
  draft.state(codes.length === 0);
  for (const [at, code] of codes.entries()) {
    draft.state(at === codes.length - 1);
    draft.edge(at, code, code, at + 1);
  }
  return draft.finish();
}
