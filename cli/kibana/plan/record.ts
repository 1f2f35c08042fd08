import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { digest } from './digest.ts';

/** Form of the digests: raised when normalising changes, so that old records are known as such and not misread. */
const FORM = 1;

/**
 * What the last apply left: a digest of every member that it set. It stands in the thing itself, as `meta.dac`, so that every
 * machine that plans sees the same. Kibana's rule editor writes `meta` anew: then it is gone, and that alone says that
 * somebody has saved the rule there.
 */
export interface ApplyRecord {
  readonly fields: ReadonlyMap<string, string>;
}

/** The record as `meta.dac`, for a normalised document without the members that belong to the space. */
export const recordOf = (fields: JsonObject, version: string): JsonObject => ({
  applied: Object.fromEntries(
    Object.entries(fields)
      .map(([key, value]): [string, Json] => [key, digest(value)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
  form: FORM,
  version,
});

/** The record of a document of the space; undefined: there is none that can be read. */
export function readRecord(document: JsonObject): ApplyRecord | undefined {
  const meta = own(document, 'meta');
  const dac = isJsonObject(meta) ? own(meta, 'dac') : undefined;
  if (!isJsonObject(dac) || own(dac, 'form') !== FORM) return undefined;
  const applied = own(dac, 'applied');
  if (!isJsonObject(applied)) return undefined;
  return {
    fields: new Map(Object.entries(applied).filter((one): one is [string, string] => typeof one[1] === 'string')),
  };
}
