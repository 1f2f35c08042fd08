import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Another place that helps to understand a diagnostic ("also defined here"). */
export interface RelatedPlace {
  /** Absent: the same file as the diagnostic itself. */
  readonly path?: string;
  readonly span: Span;
  readonly message: string;
}

/** One replacement in a text. An insertion has an empty span. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A change that mends the fault. `safe` means that the meaning of the rule does not change or was plainly a slip. */
export interface Fix {
  readonly description: string;
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/**
 * Something to say about a place in a text: what is wrong, why it matters, what to do. The span belongs to the text that
 * was given to the function that returns it: a parser speaks of the query, a check of the whole file.
 */
export interface Diagnostic {
  /** `category/name`, the id that people read, suppress and look up. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  readonly span: Span;
  /** Short text to print beside the carets. */
  readonly label?: string;
  /** Why it matters: the consequence for the rule. */
  readonly why?: string;
  /** What to do. */
  readonly help?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Fix;
}

/** A diagnostic with the file that it speaks of; its spans are offsets in that file. */
export interface Finding extends Diagnostic {
  readonly path: string;
}
