import { KnownError } from '../../text/known-error.ts';

/** A pattern that Elasticsearch refuses. `offset` is in the pattern, in UTF-16 code units. */
export class PatternError extends KnownError {
  override readonly name: string = 'PatternError';
  readonly offset: number;

  constructor(what: string, offset: number, help?: string) {
    super(what, help === undefined ? {} : { help });
    this.offset = offset;
  }
}

/** A pattern that is more work than the offline engine does for one; Elasticsearch may answer. */
export class PatternTooLarge extends PatternError {
  override readonly name = 'PatternTooLarge';

  constructor() {
    super('the regular expression is too complex', 0, 'write it as several simpler ones');
  }
}
