import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import type { DesiredItem, DesiredList, DesiredValueList } from '../desired/desired.ts';
import { normaliseItem, normaliseList } from '../normalise/exceptions.ts';
import { hasRecord, hasTag, listKey, type Space } from '../space/space.ts';
import { isRecordOf, isRecordTag, readRecord, readRecordTag, recordMeta, recordOf, recordTag } from '../state/record.ts'; // prettier-ignore
import { compare, isConflict } from './compare.ts';
import type { Entry, Kind } from './plan.ts';
import { keyOf } from './references.ts';
import { changedOf, seenOf, textOf } from './remote.ts';
import { unappliedEntry } from './unapplied.ts';

export interface Lists {
  readonly marker: string;
  readonly version: string;
}

type Compared = (document: JsonObject, marker: string) => JsonObject;

/** Tags that are neither our mark nor our record. */
export const ownTags = (document: JsonObject, marker: string): readonly Json[] =>
  elements(own(document, 'tags')).filter((tag) => tag !== marker && !isRecordTag(tag));

const unmarked = (document: JsonObject, marker: string): JsonObject => ({
  ...document,
  tags: ownTags(document, marker),
});

/** An exception list as it is compared. */
export const comparedList = (list: JsonObject, marker: string): JsonObject => normaliseList(unmarked(list, marker));

/** What the record of a list is about: with its id, so that a copy of the list is known as one. */
export const identified = (list: JsonObject, fields: JsonObject): JsonObject => ({
  ...fields,
  list_id: own(list, 'list_id') ?? null,
});

/** An exception item as it is compared. */
export const comparedItem = (item: JsonObject, marker: string): JsonObject => normaliseItem(unmarked(item, marker));

const remoteOf = (there: JsonObject): Pick<Entry, 'remoteId' | 'changed' | 'seen'> => ({
  remoteId: textOf(there, 'id'),
  ...changedOf(there),
  seen: seenOf(there),
});

/** The document with mark and record. */
const toSend = (desired: JsonObject, fields: JsonObject, { marker }: Lists): JsonObject => ({
  ...desired,
  tags: [...ownTags(desired, marker), marker, recordTag(recordOf(fields))],
});

type Head = Pick<Entry, 'kind' | 'id' | 'name' | 'path' | 'namespace' | 'parent'>;

/** One list or item of the repository against what the space has under its id. */
function planOne(
  head: Head,
  desired: JsonObject,
  there: JsonObject | undefined,
  compared: Compared,
  lists: Lists,
): Entry | undefined {
  const wanted = compared(desired, lists.marker);
  const document = toSend(desired, head.kind === 'exceptionList' ? identified(desired, wanted) : wanted, lists);
  if (there === undefined) return { ...head, action: 'create', document, fields: [], seen: null };
  const record = readRecordTag(there);
  const fields = compare({
    desired: wanted,
    space: compared(there, lists.marker),
    record,
    always: new Set(),
  });
  if (!hasTag(there, lists.marker))
    return {
      ...head,
      action: 'foreign',
      fields,
      ...remoteOf(there),
      ...(record === undefined ? {} : { released: true }),
    };
  if (fields.length === 0 && record !== undefined) return undefined;
  const recreate = fields.some((one) => one.field === 'type');
  return {
    ...head,
    action: isConflict(fields) ? 'conflict' : 'change',
    document,
    fields,
    ...(recreate ? { recreate: true } : {}),
    ...remoteOf(there),
  };
}

/** What is to be done about an exception list and its items; an item that somebody added in Kibana is not ours and stays. */
export function planExceptionList(list: DesiredList, space: Space, lists: Lists): readonly (Entry | undefined)[] {
  const { namespace, listId, path } = list;
  const key = listKey(namespace, listId);
  const there = space.exceptionItems.get(key) ?? new Map<string, JsonObject>();
  const kept = new Set(list.items.map((item) => item.itemId));
  const item = ({ itemId, document }: DesiredItem): Entry | undefined =>
    planOne(
      { kind: 'exceptionItem', id: itemId, name: textOf(document, 'name'), path, namespace, parent: listId },
      document,
      there.get(itemId),
      comparedItem,
      lists,
    );
  return [
    planOne(
      { kind: 'exceptionList', id: listId, name: textOf(list.document, 'name'), path, namespace },
      list.document,
      space.exceptionLists.get(key),
      comparedList,
      lists,
    ),
    ...list.items.map(item),
    ...[...there].flatMap(([id, document]) =>
      kept.has(id) || !hasTag(document, lists.marker)
        ? []
        : [leftEntry('exceptionItem', id, document, { namespace, parent: listId })],
    ),
  ];
}

/** Something of ours that the repository has no more. */
export const leftEntry = (
  kind: Kind,
  id: string,
  there: JsonObject,
  more: Pick<Entry, 'namespace' | 'parent'> = {},
): Entry => ({ kind, action: 'delete', id, name: textOf(there, 'name'), ...more, fields: [], ...remoteOf(there) });

/** A list with our mark that the repository has no more; one that was never applied is not ours to delete. */
export function planLeftList(there: JsonObject, space: Space): Entry {
  const namespace = own(there, 'namespace_type') === 'agnostic' ? 'agnostic' : 'single';
  const id = textOf(there, 'list_id');
  const record = readRecordTag(there);
  const applied =
    (record !== undefined && isRecordOf(record, 'list_id', there)) ||
    space.applied.has(keyOf({ kind: 'exceptionList', id, namespace }));
  return (applied ? leftEntry : unappliedEntry)('exceptionList', id, there, { namespace });
}

const VALUE_LIST_TEXT = 'Kept in a repository by dac.';

/** What is to be done about a value list: values to add and to take out. */
export function planValueList(list: DesiredValueList, space: Space, lists: Lists): Entry | undefined {
  const { id, type, path, values } = list;
  const there = space.valueLists.get(id);
  const head = { kind: 'valueList', id, name: id, path } as const;
  const wanted: JsonObject = { type, values };
  const meta = there === undefined ? undefined : own(there.document, 'meta');
  const document: JsonObject = {
    id,
    name: there === undefined ? id : textOf(there.document, 'name'),
    description: there === undefined ? VALUE_LIST_TEXT : textOf(there.document, 'description'),
    type,
    meta: { ...(isJsonObject(meta) ? meta : {}), dac: recordMeta(recordOf(wanted), lists.version) },
  };
  if (there === undefined)
    return {
      ...head,
      action: 'create',
      document,
      values: { add: values, remove: [] },
      fields: [],
      seen: null,
    };
  const record = readRecord(there.document);
  const found = [...there.values].sort();
  const fields = compare({
    desired: wanted,
    space: { type: textOf(there.document, 'type'), values: found },
    record,
    // A record without values is that of an apply which has not come to its end: they are ours to change.
    always: new Set(['values']),
  });
  const remote = { remoteId: id, ...changedOf(there.document), seen: seenOf({ ...there.document, values: found }) };
  if (!hasRecord(there.document)) return { ...head, action: 'foreign', fields, ...remote };
  if (fields.length === 0 && record?.fields.has('values') === true) return undefined;
  const [before, after] = [new Set(found), new Set(values)];
  return {
    ...head,
    action: isConflict(fields) ? 'conflict' : 'change',
    document,
    values: { add: values.filter((one) => !before.has(one)), remove: found.filter((one) => !after.has(one)) },
    fields,
    ...(fields.some((one) => one.field === 'type') ? { recreate: true } : {}),
    ...remote,
  };
}
