import type { JsonObject } from '../../text/json.ts';
import type { Entry, Kind } from './plan.ts';
import { changedOf, seenOf, textOf } from './remote.ts';

/**
 * Something of the space that has our mark, is not in the repository, and of which nothing says that it was ever applied: a copy
 * that somebody made in Kibana, or what somebody has given our tag. It is left alone.
 */
export const unappliedEntry = (
  kind: Kind,
  id: string,
  there: JsonObject,
  more: Pick<Entry, 'namespace'> = {},
): Entry => ({
  kind,
  action: 'foreign',
  id,
  name: textOf(there, 'name'),
  ...more,
  unapplied: true,
  fields: [],
  remoteId: textOf(there, 'id'),
  ...changedOf(there),
  seen: seenOf(there),
});
