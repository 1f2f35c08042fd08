import { asciiFold, equalsAsciiFolded } from '../../../fields/patterns/fold.ts';
import { PatternError } from '../../../fields/patterns/pattern-error.ts';
import { compileRegexp, type RegexpOperator } from '../../../fields/patterns/regexp.ts';
import { compileWildcard } from '../../../fields/patterns/wildcard.ts';
import type { Fuzzy, Prefix, Range, Regexp, Scalar, Term, Terms, Wildcard } from '../../algebra/query.ts';
import { QueryFailure } from '../../failure.ts';
import { fuzzyTest } from './fuzzy.ts';

/** Clauses over terms that are texts: keywords, tokens, flattened leaves. */
export type TermClause = Term | Terms | Prefix | Wildcard | Regexp | Fuzzy | Range;

/** A scalar of a query as the text of a term. */
export function termText(value: Scalar, clause: { readonly span?: { start: number; end: number } }): string {
  if (value === null)
    throw new QueryFailure('a term cannot be null', {
      span: clause.span,
      why: 'Elasticsearch refuses a null value',
      help: 'ask for missing values with "not field:*" (KQL) or "field == null" (EQL)',
    });
  return String(value);
}

/** Order of terms in the index: UTF-8 bytes, which is the order of code points. */
export function compareTerms(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let left = a.charCodeAt(i);
    let right = b.charCodeAt(i);
    if (left === right) continue;
    // Surrogates stand for code points above all others.
    if (left >= 0xd800 && left <= 0xdfff) left += 0x10000;
    if (right >= 0xd800 && right <= 0xdfff) right += 0x10000;
    return left - right;
  }
  return a.length - b.length;
}

/** Normalises the text between the wildcards and escapes of a pattern, leaving those alone. */
export const normalizePattern = (pattern: string, normalize: (text: string) => string): string =>
  pattern.replace(/\\[\s\S]|[*?]|[^*?\\]+/g, (part) => (/^[*?\\]/.test(part) ? part : normalize(part)));

const OPERATORS: ReadonlyMap<string, RegexpOperator> = new Map([
  ['COMPLEMENT', 'complement'], ['INTERSECTION', 'intersection'], ['EMPTY', 'empty'], ['ANYSTRING', 'anystring'],
  ['INTERVAL', 'interval'],
]); // prettier-ignore

/** The optional operators that the flags of a regular expression leave on. */
export function operatorsOf({ flags }: Regexp): { readonly operators?: ReadonlySet<RegexpOperator> } {
  if (flags === undefined) return {};
  return { operators: new Set(flags.split('|').flatMap((name) => OPERATORS.get(name) ?? [])) };
}

/**
 * The test of one term. `normalize` is what the field does to terms before it indexes them; `normalizeRegexp` says whether
 * a regular expression goes through it as well.
 */
export function termTest(clause: TermClause, normalize: (text: string) => string): (term: string) => boolean {
  switch (clause.kind) {
    case 'term': {
      const wanted = normalize(termText(clause.value, clause));
      if (clause.caseInsensitive !== true) return (term) => term === wanted;
      return (term) => equalsAsciiFolded(term, wanted);
    }
    case 'terms': {
      const wanted = new Set(clause.values.filter((value) => value !== null).map((value) => normalize(String(value))));
      return (term) => wanted.has(term);
    }
    case 'prefix': {
      const wanted = normalize(clause.value);
      if (clause.caseInsensitive !== true) return (term) => term.startsWith(wanted);
      const folded = asciiFold(wanted);
      return (term) => asciiFold(term.slice(0, wanted.length)) === folded;
    }
    case 'wildcard':
      return compileWildcard(normalizePattern(clause.pattern, normalize), {
        caseInsensitive: clause.caseInsensitive === true,
      });
    case 'regexp':
      try {
        return compileRegexp(normalizePattern(clause.pattern, normalize), {
          caseInsensitive: clause.caseInsensitive === true,
          ...operatorsOf(clause),
        });
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        throw new QueryFailure(error.message, {
          span: clause.span,
          why: `the regular expression is broken at character ${error.offset + 1}: ${clause.pattern.slice(0, 80)}`,
          ...(error.help === undefined ? {} : { help: error.help }),
        });
      }
    case 'fuzzy':
      return fuzzyTest(normalize(clause.value), clause);
    case 'range': {
      const bound = (value: Scalar | undefined): string | undefined =>
        value === undefined || value === null ? undefined : normalize(String(value));
      const [gt, gte, lt, lte] = [bound(clause.gt), bound(clause.gte), bound(clause.lt), bound(clause.lte)];
      return (term) =>
        (gt === undefined || compareTerms(term, gt) > 0) &&
        (gte === undefined || compareTerms(term, gte) >= 0) &&
        (lt === undefined || compareTerms(term, lt) < 0) &&
        (lte === undefined || compareTerms(term, lte) <= 0);
    }
  }
}
