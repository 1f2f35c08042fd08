import { WORK_LIMIT } from './automaton/determinize.ts';
import { asciiVariants } from './case-folding.ts';

const STAR = -1;
const ANY = -2;

/** What a pattern asks for, one after the other: a star, any character, or one of some code points. */
type Element = typeof STAR | typeof ANY | readonly number[];

/**
 * Whether Elasticsearch refuses a wildcard pattern because its automaton takes too many steps: many stars, or many `?` behind one
 * (lucene: WildcardQuery.java toAutomaton; elasticsearch: AutomatonQueries.java toCaseInsensitiveWildcardAutomaton). Made without
 * choices, each state of the automaton is a set of elements that were met last; the work is the size of all these sets.
 */
export function isTooCostly(pattern: string, caseInsensitive: boolean): boolean {
  const star = pattern.indexOf('*');
  if (star < 0 || star === pattern.length - 1) return false;
  const elements = elementsOf(pattern, caseInsensitive);
  const first = elements.indexOf(STAR);
  // Without a choice, that is with nothing behind a star, there is nothing to be made
  if (first < 0 || first === elements.length - 1) return false;
  // An escaped letter keeps its case beside others that do not, so that the longest beginning does not decide the others
  const mixed = caseInsensitive && pattern.includes('\\');
  return (mixed || !isSurelyCheap(elements, first)) && workOf(elements) >= WORK_LIMIT * 10;
}

function elementsOf(pattern: string, caseInsensitive: boolean): readonly Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < pattern.length; at++) {
    let code = pattern.codePointAt(at) ?? 0;
    const escaped = code === 92 && at + 1 < pattern.length;
    if (escaped) code = pattern.codePointAt(++at) ?? 0;
    if (code > 0xffff) at++;
    if (code === 42 && !escaped) elements.push(STAR);
    else if (code === 63 && !escaped) elements.push(ANY);
    else elements.push(caseInsensitive && !escaped ? asciiVariants(code) : [code]);
  }
  return elements;
}

/**
 * A bound that most patterns keep. Behind so many stars a state says how many were passed and which beginnings of the texts between
 * them were read last, of which the longest decides all others; each `?` doubles that.
 */
function isSurelyCheap(elements: readonly Element[], first: number): boolean {
  let [stars, singles] = [0, 0];
  for (let at = first; at < elements.length; at++) {
    if (elements[at] === STAR) stars++;
    else if (elements[at] === ANY) singles++;
  }
  return singles < 16 && 3 * stars * (elements.length + 1) ** 2 * 2 ** singles < WORK_LIMIT * 10;
}

/** The work, counted up to the limit. Element `i` was met in state `i + 1`; state 0 is the beginning. */
function workOf(elements: readonly Element[]): number {
  const known = new Set<string>();
  const sets: (readonly number[])[] = [];
  const add = (set: readonly number[]): void => {
    if (set.length === 0) return;
    const key = set.join();
    if (known.has(key)) return;
    known.add(key);
    sets.push(set);
  };
  add([elements[0] === STAR ? 1 : 0]);
  let work = 0;
  for (let at = 0; at < sets.length; at++) {
    const set = sets[at] ?? [];
    work += set.length;
    if (work >= WORK_LIMIT * 10) break;
    const [always, byCode] = nextOf(elements, set);
    add(always);
    for (const some of byCode.values()) add([...always, ...some].sort((a, b) => a - b));
  }
  return work;
}

/** The states behind a set under any character, and what there is besides under some. */
function nextOf(
  elements: readonly Element[],
  set: readonly number[],
): readonly [always: readonly number[], byCode: ReadonlyMap<number, readonly number[]>] {
  const always: number[] = [];
  const byCode = new Map<number, number[]>();
  let seen = -1;
  for (const state of set) {
    // A star that was met last is met again, and stars behind may be passed without a character
    for (let at = elements[state - 1] === STAR ? state - 1 : state; at < elements.length; at++) {
      const element = elements[at];
      if (element === undefined) break;
      if (at > seen) {
        seen = at;
        if (element === STAR || element === ANY) always.push(at + 1);
        else
          for (const code of element) {
            const there = byCode.get(code);
            if (there === undefined) byCode.set(code, [at + 1]);
            else there.push(at + 1);
          }
      }
      if (element !== STAR) break;
    }
  }
  return [always, byCode];
}
