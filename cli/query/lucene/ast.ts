import type { Span } from '../../text/span.ts';

interface Node {
  readonly span: Span;
  /** The field in front of the colon, unescaped; absent: that of the group around, or the default fields. */
  readonly field?: string;
  /** As written behind `^`; it changes scores only. */
  readonly boost?: string;
}

/** A bare term, unescaped; several in a row are one text, which the field analyses as a whole. */
export interface LuceneText extends Node {
  readonly kind: 'text';
  readonly text: string;
}
export interface LucenePhrase extends Node {
  readonly kind: 'phrase';
  readonly text: string;
  /** As written behind `~`; absent: none was written. */
  readonly slop?: string;
}
/** `text` is unescaped and stands before the one star at the end. */
export interface LucenePrefix extends Node {
  readonly kind: 'prefix';
  readonly text: string;
}
/** `pattern` keeps its escapes. A lone star is a kind of its own. */
export interface LuceneWildcard extends Node {
  readonly kind: 'wildcard';
  readonly pattern: string;
}
export interface LuceneStar extends Node {
  readonly kind: 'star';
}
/** What stands between the slashes, as written. */
export interface LuceneRegexp extends Node {
  readonly kind: 'regexp';
  readonly pattern: string;
}
/** `edits` as written behind `~`; empty: automatic. */
export interface LuceneFuzzy extends Node {
  readonly kind: 'fuzzy';
  readonly text: string;
  readonly edits: string;
}
/** Ends are unescaped and without quotes; undefined is open. */
export interface LuceneRangeNode extends Node {
  readonly kind: 'range';
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly includeLow: boolean;
  readonly includeHigh: boolean;
}
/** Clauses in the order of the text. The list of the whole query has no parentheses around it. */
export interface LuceneGroup extends Node {
  readonly kind: 'group';
  readonly clauses: readonly LuceneClause[];
}

export type LuceneNode =
  | LuceneText
  | LucenePhrase
  | LucenePrefix
  | LuceneWildcard
  | LuceneStar
  | LuceneRegexp
  | LuceneFuzzy
  | LuceneRangeNode
  | LuceneGroup;

/** One clause of a flat list, with what stands in front of it. */
export interface LuceneClause {
  readonly conjunction?: 'and' | 'or';
  readonly modifier?: 'not' | 'required';
  /** Several bare terms without anything between them but white space. */
  readonly merged?: boolean;
  readonly node: LuceneNode;
}

export type Occur = 'required' | 'optional' | 'prohibited';

/**
 * What Lucene makes of each clause of a list. There is no precedence: AND makes the clause before it required, too, and in a
 * list with a required clause the optional ones no longer matter (lucene: QueryParserBase.addClause). `dropped` says that a
 * clause came to nothing, as when the analyser finds no token in it; it still turns its neighbour.
 */
export function occurrences(
  clauses: readonly LuceneClause[],
  defaultOperator: 'and' | 'or',
  dropped: (index: number) => boolean = () => false,
): readonly (Occur | undefined)[] {
  const all = defaultOperator === 'and';
  const out: (Occur | undefined)[] = [];
  let previous = -1;
  clauses.forEach(({ conjunction, modifier, merged }, index) => {
    if (previous >= 0 && out[previous] !== 'prohibited') {
      if (conjunction === 'and') out[previous] = 'required';
      else if (conjunction === 'or' && all) out[previous] = 'optional';
    }
    if (dropped(index)) {
      out.push(undefined);
      return;
    }
    previous = index;
    if (modifier === 'not') out.push('prohibited');
    else if (merged === true) out.push(all ? 'required' : 'optional');
    else if (all) out.push(conjunction === 'or' ? 'optional' : 'required');
    else out.push(modifier === 'required' || conjunction === 'and' ? 'required' : 'optional');
  });
  return out;
}
