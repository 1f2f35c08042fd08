import { createHash } from 'node:crypto';
import { parseJson } from '../../text/parse-json.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { FORM, UNSURE, type ApplyRecord } from './record.ts';

/**
 * The ledger is a second copy of what was applied last, apart from the things themselves: by `keyOf`, the record of each rule,
 * and of lists and items that they were applied at all. It answers when a rule has lost its own record, and when something is
 * gone. Of a connector, which has no place for a record, it is the only one.
 *
 * It is kept in a few items of the list `dac-state`, each with a part of the keys: 5,000 rules of 30 members are 2 MB, and a
 * request may have one. Within an item it stands in tags, each smaller than the 32,766 bytes that Elasticsearch takes of a
 * keyword: `dac-ledger: {"form": 1, "fields": [names], "of": {key: digests}}`, where the digests of the names follow each other
 * in base64, eleven characters each.
 */
export const BUCKETS = 8;

const TAG = 'dac-ledger: ';

/** Bytes of a tag, of a bucket, and of a key; what is longer is not kept, so that nothing is known of it. */
const MAX_TAG = 30_000;
const MAX_BUCKET = 900_000;
const MAX_KEY = 1000;
const MAX_FIELDS = 200;

/** Characters of a digest in base64. */
const WIDTH = 11;
const UNSURE_TEXT = UNSURE.repeat(WIDTH);

export const bucketOf = (key: string): number => (createHash('sha256').update(key).digest()[0] ?? 0) % BUCKETS;

const isKept = (key: string, { fields }: ApplyRecord): boolean =>
  Buffer.byteLength(key) <= MAX_KEY &&
  fields.size <= MAX_FIELDS &&
  [...fields].every(([name, value]) => /^[\w.-]{1,100}$/.test(name) && /^(?:[0-9a-f]{16}|\?)$/.test(value));

const shortened = (value: string): string =>
  value === UNSURE ? UNSURE_TEXT : Buffer.from(value, 'hex').toString('base64url');

/** The digest of a text; undefined: nobody has written that. */
function restored(text: string): string | undefined {
  if (text === UNSURE_TEXT) return UNSURE;
  const value = Buffer.from(text, 'base64url').toString('hex');
  return shortened(value) === text ? value : undefined;
}

/** Records as the tags of an item; the same records give the same tags. */
export function ledgerTags(records: ReadonlyMap<string, ApplyRecord>): readonly string[] {
  const shapes = new Map<string, [key: string, digests: string][]>();
  for (const [key, record] of [...records].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isKept(key, record)) continue;
    const fields = [...record.fields].sort(([a], [b]) => (a < b ? -1 : 1));
    const shape = JSON.stringify(fields.map(([name]) => name));
    const list = shapes.get(shape) ?? [];
    list.push([key, fields.map(([, value]) => shortened(value)).join('')]);
    shapes.set(shape, list);
  }
  const tags: string[] = [];
  let room = MAX_BUCKET;
  for (const [shape, list] of [...shapes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const head = `${TAG}{"form":${FORM},"fields":${shape},"of":{`;
    let [parts, size]: [string[], number] = [[], head.length];
    const close = (): void => {
      const tag = `${head}${parts.join(',')}}}`;
      room -= Buffer.byteLength(tag);
      if (room >= 0) tags.push(tag);
      [parts, size] = [[], head.length];
    };
    for (const [key, digests] of list) {
      const part = `${JSON.stringify(key)}:"${digests}"`;
      const bytes = Buffer.byteLength(part) + 1;
      if (parts.length > 0 && size + bytes > MAX_TAG) close();
      parts.push(part);
      size += bytes;
    }
    if (parts.length > 0) close();
  }
  return tags;
}

/** The records in one tag. What cannot be read is left out: nothing is known of it then. */
function recordsOf(tag: Json): readonly (readonly [string, ApplyRecord])[] {
  if (typeof tag !== 'string' || !tag.startsWith(TAG)) return [];
  let value: unknown;
  try {
    value = parseJson(tag.slice(TAG.length));
  } catch {
    return [];
  }
  if (!isJsonObject(value) || own(value, 'form') !== FORM) return [];
  const names = elements(own(value, 'fields')).filter((one) => typeof one === 'string');
  const of = own(value, 'of');
  if (!isJsonObject(of) || names.length > MAX_FIELDS) return [];
  return Object.entries(of).flatMap(([key, digests]): (readonly [string, ApplyRecord])[] => {
    if (typeof digests !== 'string' || digests.length !== names.length * WIDTH) return [];
    const fields = names.map((name, at): [string, string] => [name, restored(digests.slice(at * WIDTH, (at + 1) * WIDTH)) ?? '']);
    const record = { fields: new Map(fields) };
    return isKept(key, record) ? [[key, record]] : [];
  }); // prettier-ignore
}

/** The records in the item of a bucket. A key that belongs into another bucket, or is there twice, is not believed. */
export function readBucket(item: JsonObject, bucket: number): ReadonlyMap<string, ApplyRecord> {
  const found = new Map<string, ApplyRecord>();
  const twice = new Set<string>();
  for (const [key, record] of elements(own(item, 'tags')).flatMap(recordsOf)) {
    if (found.has(key)) twice.add(key);
    if (bucketOf(key) === bucket) found.set(key, record);
  }
  for (const key of twice) found.delete(key);
  return found;
}
