import type { Span } from './span.ts';

/** Where a known error arose, as far as it is known. */
export interface ErrorPlace {
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly span?: Span;
}

/** What the program says when it stops: exit code 2 for input and arguments, 3 for a remote. */
export type KnownErrorKind = 'input' | 'remote';

/**
 * The only family of exceptions that the project throws on purpose: the job cannot go on, and the user can do something
 * about it. Anything else that is thrown is a bug of ours and is reported as one.
 */
export class KnownError extends Error {
  override readonly name: string = 'KnownError';
  readonly why: string | undefined;
  readonly help: string | undefined;
  readonly place: ErrorPlace | undefined;
  readonly kind: KnownErrorKind;

  constructor(
    what: string,
    more: { why?: string; help?: string; place?: ErrorPlace; kind?: KnownErrorKind; cause?: unknown } = {},
  ) {
    super(what, more.cause === undefined ? undefined : { cause: more.cause });
    this.why = more.why;
    this.help = more.help;
    this.place = more.place;
    this.kind = more.kind ?? 'input';
  }
}
