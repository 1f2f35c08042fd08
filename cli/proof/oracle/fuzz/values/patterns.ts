import type { Random } from '../random.ts';
import { REGEXPS, TEXTS, WILDCARDS } from './texts.ts';

/** A text as a pattern that it fits, or just not: some of it is left to the pattern, what means something is escaped. */
function patternOf(
  text: string,
  random: Random,
  special: RegExp,
  folded: boolean,
  instead: (point: string, random: Random) => string,
): string {
  const points = Array.from(text).slice(0, 30);
  return points
    .map((point) => {
      if (random.chance(0.15)) return instead(point, random);
      const written = random.chance(folded ? 0.35 : 0.08) ? otherCase(point) : point;
      return special.test(written) !== random.chance(0.08) ? `\\${written}` : written;
    })
    .join('');
}

const otherCase = (point: string): string =>
  point === point.toLowerCase() ? point.toUpperCase() : point.toLowerCase();

/** A pattern of the wildcard query; `folded`: one that ignores case. */
export const wildcardPattern = (random: Random, folded = false): string =>
  random.chance(0.5)
    ? random.pick(WILDCARDS)
    : patternOf(random.usual(TEXTS), random, /^[*?\\]$/, folded, () => random.pick(['*', '?', '?*', '**', '']));

/** Expressions with the operators that flags switch on and off. */
const WITH_OPERATORS: readonly string[] = [
  '~a', '~(a.*)', '~foo', 'a&b', 'a.*&.*b.*', '.*&foo', '<1-10>', '<01-10>', '<1-3>', '<0-2>0?', '@', 'a@', '@&foo', '#', 'foo|#', 'f@o', '"a*c"', '"foo bar"', 'foo|~(.*)', '~(@)', '@', '.*&@', '(a|@)', '@|#', '#|.*', '(.*&.+)|a',
]; // prettier-ignore

/** An expression of the regexp query; `operators`: one with optional operators. */
export const regexpPattern = (random: Random, operators = false): string =>
  operators
    ? random.pick(WITH_OPERATORS)
    : random.chance(0.5)
      ? random.pick(REGEXPS)
      : patternOf(random.usual(TEXTS), random, /^[.?+*|{}[\]()"\\#@&<>~^$-]$/, false, (point) =>
          random.pick([
            '.',
            '.*',
            '.?',
            '[a-zA-Z]',
            `[^${/^\w$/.test(point) ? point : 'x'}]`,
            '(a|b|o)',
            '\\w',
            '.{1,2}',
          ]),
        );
