import { ANY_TEXT, NOTHING, oneOf, text, type Automaton } from './automaton/automaton.ts';
import { Budget, TooLarge } from './automaton/budget.ts';
import { decimalInterval } from './automaton/decimal-interval.ts';
import { determinize, TooCostly, WORK_LIMIT } from './automaton/determinize.ts';
import { fitsAll, lazyMatcherOf, matcherOf, onlyText } from './automaton/matcher.ts';
import { atLeast, complement, concatenate, intersect, optional, repeat, star, union } from './automaton/operations.ts';
import { asciiVariants, caseVariants } from './case-folding.ts';
import { PatternError, PatternTooLarge } from './pattern-error.ts';
import { partsOf, type RegexpNode } from './regexp-node.ts';
import { RegexpParser, type RegexpOperator, type RegexpSyntax } from './regexp-parser.ts';

export type { RegexpOperator };

export interface RegexpOptions extends RegexpSyntax {
  /** `index.max_regex_length`, in UTF-16 units; default 1000. */
  readonly maxLength?: number | undefined;
  /** `max_determinized_states`; default 10,000. */
  readonly workLimit?: number | undefined;
}

const MAX_LENGTH = 1000;

/** The automaton of an expression, with the states that Lucene gives it (lucene: RegExp.java toAutomaton). */
function automatonOf(node: RegexpNode, syntax: RegexpSyntax, budget: Budget): Automaton {
  const of = (inner: RegexpNode): Automaton => automatonOf(inner, syntax, budget);
  switch (node.kind) {
    case 'union':
      return union(node.items.map(of), budget);
    case 'concat':
      return concatenate(partsOf(node).map(of), budget);
    case 'intersection':
      return intersect(of(node.left), of(node.right), budget);
    case 'optional':
      return optional(of(node.inner), budget);
    case 'star':
      return star(of(node.inner), budget);
    case 'repeat':
      return node.max === Infinity
        ? atLeast(of(node.inner), node.min, budget)
        : repeat(of(node.inner), node.min, node.max, budget);
    case 'not':
      return complement(of(node.inner), WORK_LIMIT, budget);
    case 'text': {
      if (syntax.caseInsensitive !== true) return text(node.codes, budget);
      // No characters in a row are no automaton at all, which fits nothing
      if (node.codes.length === 0) return NOTHING;
      const variants = syntax.ascii === true ? asciiVariants : caseVariants;
      const letters = node.codes.map((code) =>
        oneOf(
          variants(code).flatMap((one) => [one, one]),
          budget,
        ),
      );
      return letters.length === 1 ? (letters[0] ?? NOTHING) : concatenate(letters, budget);
    }
    case 'class':
      return oneOf(node.ranges, budget);
    case 'nothing':
      return NOTHING;
    case 'anything':
      return ANY_TEXT;
    case 'interval':
      return decimalInterval(node.min, node.max, node.digits, budget);
  }
}

/** Reads an expression and makes its automaton, in which a state may have several ways on for one character. */
function read(pattern: string, options: RegexpOptions, budget: Budget): Automaton {
  const { maxLength = MAX_LENGTH } = options;
  if (pattern.length > maxLength)
    throw new PatternError(
      `the regular expression has ${pattern.length} characters, ${maxLength} are allowed`,
      maxLength,
    );
  return automatonOf(new RegexpParser(pattern, options).parse(), options, budget);
}

/** Turns limits into errors that speak of the pattern. */
function guarded<T>(work: (budget: Budget) => T): T {
  try {
    return work(new Budget());
  } catch (error) {
    if (error instanceof TooCostly)
      throw new PatternError(
        `the regular expression is too costly: its automaton takes more than ${error.limit} steps`,
        0,
        'write it as several simpler ones; what is repeated after .* or a similar part costs most',
      );
    if (error instanceof TooLarge || error instanceof RangeError) throw new PatternTooLarge();
    throw error;
  }
}

const deterministic = (pattern: string, options: RegexpOptions): Automaton =>
  guarded((budget) => determinize(read(pattern, options, budget), options.workLimit ?? WORK_LIMIT, budget));

/** Compiles a Lucene regular expression; the whole value has to fit. Throws a PatternError with the place of the fault. */
export const compileRegexp = (pattern: string, options: RegexpOptions = {}): ((value: string) => boolean) =>
  matcherOf(deterministic(pattern, options));

/**
 * Compiles an expression that Elasticsearch runs in Java's language, written in Lucene's syntax: its cost has no limit there, and
 * case-insensitive it folds the ASCII letters of ranges too.
 */
export const compileJavaRegexp = (pattern: string, caseInsensitive: boolean): ((value: string) => boolean) =>
  lazyMatcherOf(guarded((budget) => read(pattern, { caseInsensitive, ascii: true, foldRanges: true }, budget)));

/** The last pattern that was asked about: mostly several things are asked of one, one after the other. */
let last: { readonly pattern: string; readonly language: Automaton | undefined } | undefined;

/** The automaton, or undefined where the pattern cannot be compiled. */
function known(pattern: string): Automaton | undefined {
  if (last?.pattern !== pattern) last = { pattern, language: languageOf(pattern) };
  return last.language;
}

function languageOf(pattern: string): Automaton | undefined {
  try {
    return deterministic(pattern, {});
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}

/** The one string that a pattern fits, or undefined when it fits none or several (or is broken). */
export function onlyString(pattern: string): string | undefined {
  const language = known(pattern);
  return language === undefined ? undefined : onlyText(language);
}

/** Whether a pattern fits every string, such as `.*`, `@` or `a|.*`. */
export function fitsEveryString(pattern: string): boolean {
  const language = known(pattern);
  return language !== undefined && fitsAll(language);
}
