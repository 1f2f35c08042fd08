import type { Json } from '../../../text/json.ts';
import type { SourceDocument } from '../answer.ts';
import type { Question } from '../question.ts';

/** What a vector holds a query to: ids, that it fails, or nothing. */
export type Expected = readonly string[] | 'fails' | undefined;

export interface VectorQuery {
  readonly id: string;
  readonly question: Question;
  readonly expected: Expected;
  /** The clock of the query, epoch milliseconds. */
  readonly now?: number;
}

/** An index with all queries that are asked of it: vectors of one file that share mapping, settings and documents. */
export interface VectorIndex {
  /** `dsl/eval`, the path of the file. */
  readonly suite: string;
  /** JSON text, as the settings. */
  readonly mapping: string;
  readonly settings: string | undefined;
  readonly documents: readonly SourceDocument[];
  /** Ids of the documents that have to be refused. */
  readonly refused: ReadonlySet<string>;
  readonly queries: readonly VectorQuery[];
  /** A field whose doc values the vectors give, by id of the document. */
  readonly docValues?: { readonly field: string; readonly expected: ReadonlyMap<string, readonly Json[]> };
}
