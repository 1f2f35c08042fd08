import { own, type JsonObject } from '../../text/json.ts';
import { digest } from './digest.ts';
import type { Entry } from './plan.ts';

export const textOf = (document: JsonObject, key: string): string => {
  const value = own(document, key);
  return typeof value === 'string' ? value : '';
};

/** Members that change without anybody changing the thing. */
const RESTLESS = new Set(['execution_summary', '_version']);

/** Digest of what the space has, ids and counters included: whatever is written there gives another one. */
export const seenOf = (document: JsonObject): string =>
  digest(Object.fromEntries(Object.entries(document).filter(([key]) => !RESTLESS.has(key))));

/** Who changed it last, and when. */
export function changedOf(document: JsonObject): Pick<Entry, 'changed'> {
  const at = textOf(document, 'updated_at');
  return at === '' ? {} : { changed: { by: textOf(document, 'updated_by'), at } };
}
