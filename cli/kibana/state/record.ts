import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { digest } from '../plan/digest.ts';

/** Form of the digests: raised when normalising changes, so that old records are known as such and not misread. */
export const FORM = 1;

/** Stands for a digest where it is known that a member was set, and not to what: a run ended while it was being written. */
export const UNSURE = '?';

/**
 * What the last apply left: a digest of every member that it set. It stands in the thing itself, so that every machine that
 * plans sees the same, and is written with it in one request:
 * - of a rule and of a value list as `meta.dac`. Kibana's rule editor writes `meta` anew: then the ledger answers;
 * - of an exception list or item as one of its tags, which survives an edit in Kibana. Their `meta` is mapped as `keyword`, so
 *   that Elasticsearch refuses the object that Kibana's routes ask for
 *   (kibana:x-pack/solutions/security/plugins/lists/server/saved_objects/exception_list.ts). That of value lists is an object
 *   that is not indexed (kibana:x-pack/solutions/security/plugins/lists/server/services/lists/list_mappings.json).
 */
export interface ApplyRecord {
  readonly fields: ReadonlyMap<string, string>;
}

/** The record of what keeps its own: that it was applied at all. Of a connector: that is all that is known. */
export const EXISTS: ApplyRecord = { fields: new Map() };

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The record of an apply that sets these members: a normalised document without what belongs to the space. */
export const recordOf = (fields: JsonObject): ApplyRecord => ({
  fields: new Map(
    Object.entries(fields)
      .map(([key, value]): [string, string] => [key, digest(value)])
      .sort(byName),
  ),
});

/** The record as `meta.dac`. */
export const recordMeta = ({ fields }: ApplyRecord, version: string): JsonObject => ({
  applied: Object.fromEntries(fields),
  form: FORM,
  version,
});

/** The record in `meta.dac` of a document of the space; undefined: there is none that can be read. */
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

/**
 * True: the record was made for a thing of this id. Kibana copies rules and lists with their tags and `meta`, as "Duplicate" does:
 * the copy has the record of the original, which says nothing of the copy.
 */
export const isRecordOf = ({ fields }: ApplyRecord, member: 'rule_id' | 'list_id', document: JsonObject): boolean =>
  fields.get(member) === digest(own(document, member) ?? null);

/** The record in a rule; undefined: there is none that can be read, or that of another rule. */
export function readRuleRecord(rule: JsonObject): ApplyRecord | undefined {
  const record = readRecord(rule);
  return record !== undefined && isRecordOf(record, 'rule_id', rule) ? record : undefined;
}

const TAG = 'dac-applied:';

/** True: the tag is our record and no tag of a user's. */
export const isRecordTag = (tag: Json): boolean => typeof tag === 'string' && tag.startsWith(TAG);

/** The record as a tag: `dac-applied: 1 description=0123456789abcdef …`. */
export const recordTag = ({ fields }: ApplyRecord): string =>
  [TAG, FORM, ...[...fields].map(([name, value]) => `${name}=${value}`)].join(' ');

/** The record among the tags of a document; undefined: there is none that can be read, or more than one. */
export function readRecordTag(document: JsonObject): ApplyRecord | undefined {
  const [tag, ...more] = elements(own(document, 'tags')).filter(isRecordTag);
  if (typeof tag !== 'string' || more.length > 0) return undefined;
  const [, form, ...written] = tag.split(' ');
  const fields = written.map((one) => /^([a-z_]{1,100})=([0-9a-f]{16})$/.exec(one));
  if (form !== String(FORM) || fields.includes(null)) return undefined;
  return { fields: new Map(fields.map((one): [string, string] => [one?.[1] ?? '', one?.[2] ?? ''])) };
}

/** True: both say the same. */
export const sameRecord = (a: ApplyRecord, b: ApplyRecord): boolean =>
  a.fields.size === b.fields.size && [...a.fields].every(([name, value]) => b.fields.get(name) === value);

/** True: the last apply set exactly these members to these values; members that belong to the space by now do not count. */
export const isApplied = (record: ApplyRecord, fields: JsonObject, left: ReadonlySet<string> = new Set()): boolean =>
  sameRecord({ fields: new Map([...record.fields].filter(([name]) => !left.has(name))) }, recordOf(fields));

/** What is true whichever of the two was applied last. */
export function agreed(a: ApplyRecord, b: ApplyRecord): ApplyRecord {
  const names = [...new Set([...a.fields.keys(), ...b.fields.keys()])].sort();
  return {
    fields: new Map(
      names.map((name): [string, string] => {
        const value = a.fields.get(name);
        return [name, value !== undefined && value === b.fields.get(name) ? value : UNSURE];
      }),
    ),
  };
}
