import { equalsAsciiFolded, equalsIgnoreCase } from '../../../fields/patterns/fold.ts';
import type { Fuzzy, Prefix, Range, Regexp, Scalar, Term, Terms, Wildcard } from '../../algebra/query.ts';
import { scalarText } from '../../algebra/scalar-text.ts';
import { QueryFailure } from '../../failure.ts';
import { fuzzyTest } from './fuzzy.ts';
import { prefixTest, regexpTest, wildcardTest } from './patterns.ts';
import type { TermRules } from './term-rules.ts';

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
  return scalarText(value);
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

/** The test of one term. */
export function termTest(clause: TermClause, rules: TermRules): (term: string) => boolean {
  const { normalize } = rules;
  switch (clause.kind) {
    case 'term': {
      const wanted = normalize(termText(clause.value, clause));
      if (clause.caseInsensitive !== true) return (term) => term === wanted;
      return rules.scripted ? (term) => equalsIgnoreCase(term, wanted) : (term) => equalsAsciiFolded(term, wanted);
    }
    case 'terms': {
      const wanted = new Set(
        clause.values.filter((value) => value !== null).map((value) => normalize(scalarText(value))),
      );
      return (term) => wanted.has(term);
    }
    case 'prefix':
      return prefixTest(clause, rules);
    case 'wildcard':
      return wildcardTest(clause, rules);
    case 'regexp':
      return regexpTest(clause, rules);
    case 'fuzzy':
      return fuzzyTest(normalize(clause.value), clause, rules);
    case 'range': {
      const compare = rules.runtime ? (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0) : compareTerms;
      const bound = (value: Scalar | undefined): string | undefined =>
        value === undefined || value === null ? undefined : normalize(scalarText(value));
      const [gt, gte, lt, lte] = [bound(clause.gt), bound(clause.gte), bound(clause.lt), bound(clause.lte)];
      return (term) =>
        (gt === undefined || compare(term, gt) > 0) &&
        (gte === undefined || compare(term, gte) >= 0) &&
        (lt === undefined || compare(term, lt) < 0) &&
        (lte === undefined || compare(term, lte) <= 0);
    }
  }
}
