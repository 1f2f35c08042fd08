import { ANY_TEXT, oneOf, text, type Automaton } from './automaton/automaton.ts';
import { Budget, TooLarge } from './automaton/budget.ts';
import { determinize, TooCostly, WORK_LIMIT } from './automaton/determinize.ts';
import { concatenate } from './automaton/operations.ts';
import { asciiVariants } from './case-folding.ts';
import { complementOf } from './ranges.ts';

/** Up to this length a pattern with one star before its end, or one at each end, stays below the limit whatever it says. */
const SURELY_CHEAP = 200;

/**
 * Whether Elasticsearch refuses a wildcard pattern because its automaton takes too many steps: many stars, or many `?` behind one
 * (lucene: WildcardQuery.java toAutomaton; elasticsearch: AutomatonQueries.java toCaseInsensitiveWildcardAutomaton).
 */
export function isTooCostly(pattern: string, caseInsensitive: boolean): boolean {
  if (!mayCost(pattern)) return false;
  const budget = new Budget();
  try {
    determinize(automatonOf(pattern, caseInsensitive, budget), WORK_LIMIT, budget);
    return false;
  } catch (error) {
    if (error instanceof TooCostly || error instanceof TooLarge) return true;
    throw error;
  }
}

/** Whether anything follows a star, and it is not just a short text. */
function mayCost(pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0 || star === pattern.length - 1) return false;
  if (pattern.length > SURELY_CHEAP || /[?\\]/.test(pattern)) return true;
  const second = pattern.indexOf('*', star + 1);
  return second === star + 1 || (second > 0 && second < pattern.length - 1);
}

function automatonOf(pattern: string, caseInsensitive: boolean, budget: Budget): Automaton {
  const parts: Automaton[] = [];
  const anyCharacter = oneOf(complementOf([]), budget);
  for (let at = 0; at < pattern.length; at++) {
    let code = pattern.codePointAt(at) ?? 0;
    const escaped = code === 92 && at + 1 < pattern.length;
    if (escaped) code = pattern.codePointAt(++at) ?? 0;
    if (code > 0xffff) at++;
    if (code === 42 && !escaped) parts.push(ANY_TEXT);
    else if (code === 63 && !escaped) parts.push(anyCharacter);
    else if (caseInsensitive && !escaped)
      parts.push(
        oneOf(
          asciiVariants(code).flatMap((one) => [one, one]),
          budget,
        ),
      );
    else parts.push(text([code], budget));
  }
  return concatenate(parts, budget);
}
