import { MAX_CODE, type Automaton } from './automaton.ts';

/** No way on. */
const DEAD = -1;

/** Whether a text as a whole fits a deterministic automaton, in one step a character. */
export function matcherOf(part: Automaton): (text: string) => boolean {
  const { edges, accepts } = part;
  if (accepts.length === 0) return () => false;
  const rows: (Int32Array | undefined)[] = [];
  // Made when first needed: most states of a large automaton are never seen
  const rowOf = (state: number): Int32Array => {
    const row = new Int32Array(128).fill(DEAD);
    for (const { low, high, to } of edges[state] ?? []) if (low < 128) row.fill(to, low, Math.min(high, 127) + 1);
    return (rows[state] = row);
  };
  return (text) => {
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      let code = text.charCodeAt(at);
      if (code < 128) state = (rows[state] ?? rowOf(state))[code] ?? DEAD;
      else {
        if (code >= 0xd800 && code <= 0xdbff) {
          code = text.codePointAt(at) ?? code;
          if (code > 0xffff) at++;
        }
        state = target(part, state, code);
      }
      if (state === DEAD) return false;
    }
    return accepts[state] === true;
  };
}

function target({ edges }: Automaton, state: number, code: number): number {
  const list = edges[state] ?? [];
  let [low, high] = [0, list.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const edge = list[middle];
    if (edge === undefined) return DEAD;
    if (code < edge.low) high = middle - 1;
    else if (code > edge.high) low = middle + 1;
    else return edge.to;
  }
  return DEAD;
}

/** Sets of states that are kept between texts. */
const MAX_KEPT = 10_000;

interface Choices {
  readonly set: readonly number[];
  readonly accepts: boolean;
  readonly next: Map<number, Choices>;
}

/**
 * Whether a text as a whole fits an automaton that may have choices. Sets of states are made as far as texts need them, so that
 * a character costs no more than the automaton has edges.
 */
export function lazyMatcherOf(part: Automaton): (text: string) => boolean {
  if (part.deterministic) return matcherOf(part);
  const known = new Map<string, Choices>();
  let kept = 0;
  const choicesOf = (set: readonly number[]): Choices => {
    const key = set.join();
    let found = known.get(key);
    if (found === undefined) {
      found = { set, accepts: set.some((state) => part.accepts[state] === true), next: new Map() };
      known.set(key, found);
    }
    return found;
  };
  const step = ({ set, next }: Choices, code: number): Choices => {
    const to = new Set<number>();
    for (const state of set)
      for (const edge of part.edges[state] ?? []) if (edge.low <= code && code <= edge.high) to.add(edge.to);
    const made = choicesOf([...to].sort((a, b) => a - b));
    next.set(code, made);
    kept++;
    return made;
  };
  return (text) => {
    if (kept > MAX_KEPT) {
      known.clear();
      kept = 0;
    }
    let at = choicesOf([0]);
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i) ?? 0;
      if (code > 0xffff) i++;
      at = at.next.get(code) ?? step(at, code);
      if (at.set.length === 0) return false;
    }
    return at.accepts;
  };
}

/** Whether a deterministic automaton without dead states fits every text. */
export const fitsAll = ({ edges, accepts }: Automaton): boolean =>
  accepts.length > 0 &&
  accepts.every(
    (accepting, state) => {
      const list = edges[state] ?? [];
      const whole = list[0]?.low === 0 && list.at(-1)?.high === MAX_CODE;
      return accepting && whole && list.every(({ low }, at) => at === 0 || low === (list[at - 1]?.high ?? -1) + 1);
    },
  ); // prettier-ignore

/** The one text that a deterministic automaton without dead states fits; undefined: none, or several. */
export function onlyText({ edges, accepts }: Automaton): string | undefined {
  if (accepts.length === 0) return undefined;
  let text = '';
  let state = 0;
  for (let count = 0; count <= accepts.length; count++) {
    const list = edges[state] ?? [];
    const [only] = list;
    if (accepts[state] === true) return list.length === 0 ? text : undefined;
    if (only === undefined || list.length > 1 || only.low !== only.high) return undefined;
    text += String.fromCodePoint(only.low);
    state = only.to;
  }
  return undefined;
}
