import { KnownError } from '../../text/known-error.ts';

const SERVER = 'Elasticsearch refuses such a mapping';

/** What is wrong with one field, as the end of `the field a.b of the mapping …`. */
export const malformed = (name: string, what: string, more: { why?: string; help?: string } = {}): KnownError =>
  new KnownError(`the field ${name} of the mapping ${what}`, { why: SERVER, ...more });
