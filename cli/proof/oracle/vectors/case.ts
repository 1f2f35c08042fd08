import type { SourceDocument } from '../answer.ts';
import type { Question } from '../question.ts';

/** What a vector holds a query to: ids, that it fails, or nothing. */
export type Expected = readonly string[] | 'fails' | undefined;

export interface VectorQuery {
  /** `dsl/eval`, the path of its file. */
  readonly suite: string;
  readonly id: string;
  readonly question: Question;
  readonly expected: Expected;
  /** The clock of the query, epoch milliseconds. */
  readonly now?: number;
}

/** An index with all queries that are asked of it: vectors of one file that share mapping, settings and documents. */
export interface VectorIndex {
  readonly mapping: string;
  readonly settings: string | undefined;
  readonly documents: readonly SourceDocument[];
  /** Ids of the documents that have to be refused, where the vectors say it. */
  readonly refused: ReadonlySet<string> | undefined;
  readonly queries: readonly VectorQuery[];
}

/** The vectors of one file. */
export interface VectorFile {
  readonly suite: string;
  readonly indices: readonly VectorIndex[];
}
