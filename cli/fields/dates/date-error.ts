import { KnownError } from '../../text/known-error.ts';

/** A date or date expression that cannot be read. */
export class DateError extends KnownError {
  override readonly name = 'DateError';
}
