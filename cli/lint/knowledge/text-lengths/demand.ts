import type { Span } from '../../../text/span.ts';

/** A condition that holds only on texts that are longer than their field makes searchable. */
export interface Demand {
  readonly field: string;
  /** Characters (UTF-16 units) that a text needs at least. */
  readonly least: number;
  /** Where the rule says so, in the query or in its file. */
  readonly span: Span;
}

/** The longest text of a field that can be searched in all of the rule's indices; Infinity: any, or no such field. */
export type LimitOf = (field: string) => number;
