import { asciiFold, startsWithIgnoreCase } from '../../../fields/patterns/fold.ts';
import { PatternError, PatternTooLarge } from '../../../fields/patterns/pattern-error.ts';
import { compileRegexp, type RegexpOperator } from '../../../fields/patterns/regexp.ts';
import { compileWildcard } from '../../../fields/patterns/wildcard.ts';
import { isTooCostly } from '../../../fields/patterns/wildcard-cost.ts';
import type { Prefix, Regexp, Wildcard } from '../../algebra/query.ts';
import { QueryFailure, Unsupported } from '../../failure.ts';
import type { TermRules } from './term-rules.ts';

type TermTest = (term: string) => boolean;

export function prefixTest(clause: Prefix, rules: TermRules): TermTest {
  const wanted = rules.normalize(clause.value);
  if (clause.caseInsensitive !== true) return (term) => term.startsWith(wanted);
  if (rules.scripted) return (term) => startsWithIgnoreCase(term, wanted);
  const folded = asciiFold(wanted);
  return (term) => asciiFold(term.slice(0, wanted.length)) === folded;
}

/** A wildcard pattern. The empty one fits nothing: without parts there is no automaton. */
export function wildcardTest(clause: Wildcard, rules: TermRules): TermTest {
  const pattern = normalized(clause.pattern, rules.normalizePattern ?? rules.normalize);
  if (pattern === '') return () => false;
  const caseInsensitive = clause.caseInsensitive === true;
  refuseCostly(pattern, clause);
  return compileWildcard(pattern, { caseInsensitive });
}

/** Refuses a pattern that Elasticsearch gives up on. */
export function refuseCostly(pattern: string, clause: Wildcard): void {
  if (isTooCostly(pattern, clause.caseInsensitive === true))
    throw new QueryFailure('the wildcard pattern is too costly: its automaton takes more than 10000 steps', {
      span: clause.span,
      why: 'Elasticsearch refuses the search',
      help: 'write fewer stars, and no long row of "?" behind a star; several clauses may do',
    });
}

/** A whole expression is normalised, escapes included: under `lowercase` `\W` becomes `\w`. */
export function regexpTest(clause: Regexp, rules: TermRules): TermTest {
  const { pattern } = clause;
  const caseInsensitive = clause.caseInsensitive === true;
  if (caseInsensitive && rules.scripted)
    throw new QueryFailure(`${clause.field} takes no case-insensitive regular expression`, {
      span: clause.span,
      why: 'it has no index, and Elasticsearch refuses the search',
      help: 'write both cases as classes such as [aA]',
    });
  try {
    return compileRegexp(rules.normalize(pattern), {
      caseInsensitive,
      ascii: rules.asciiRegexps,
      maxLength: Infinity,
      workLimit: clause.maxDeterminizedStates,
      ...operatorsOf(clause),
    });
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const more = { span: clause.span, ...(error.help === undefined ? {} : { help: error.help }) };
    if (error instanceof PatternTooLarge)
      throw new Unsupported('a regular expression with so large an automaton', more);
    throw new QueryFailure(error.message, {
      ...more,
      why: `the regular expression fails at character ${error.offset + 1}: ${pattern.slice(0, 80)}`,
    });
  }
}

/** Normalises the text between the wildcards and escapes of a pattern, leaving those alone. */
const normalized = (pattern: string, normalize: (text: string) => string): string =>
  pattern.replace(/\\[^\n\r\u0085\u2028\u2029]|[*?]+|(?:[^*?\\]|\\(?![^\n\r\u0085\u2028\u2029]))+/gu, (part) =>
    /^(?:[*?]|\\[^\n\r\u0085\u2028\u2029])/u.test(part) ? part : normalize(part),
  );

const OPERATORS: ReadonlyMap<string, RegexpOperator> = new Map([
  ['COMPLEMENT', 'complement'], ['INTERSECTION', 'intersection'], ['EMPTY', 'empty'], ['ANYSTRING', 'anystring'],
  ['INTERVAL', 'interval'], ['AUTOMATON', 'automaton'],
]); // prettier-ignore

/** The optional operators that the flags of a regular expression leave on. */
export function operatorsOf({ flags }: Regexp): { readonly operators?: ReadonlySet<RegexpOperator> } {
  if (flags === undefined) return {};
  return { operators: new Set(flags.split('|').flatMap((name) => OPERATORS.get(name) ?? [])) };
}
