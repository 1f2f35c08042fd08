import { KnownError } from '../../text/known-error.ts';

/** A pattern that cannot be read. `offset` is in the pattern, in UTF-16 code units. */
export class PatternError extends KnownError {
  override readonly name = 'PatternError';
  readonly offset: number;

  constructor(what: string, offset: number, help?: string) {
    super(what, help === undefined ? {} : { help });
    this.offset = offset;
  }
}
