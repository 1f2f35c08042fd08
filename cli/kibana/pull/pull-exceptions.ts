import { dayOf } from '../../rule/file-form.ts';
import { parseToml } from '../../rule/toml/document.ts';
import { setValue, valueAt, withoutNulls } from '../../rule/toml/set.ts';
import { writeToml } from '../../rule/toml/write.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { sameJson } from '../../text/same-json.ts';
import { SourceFile } from '../../text/source-file.ts';
import { isRecordTag } from '../state/record.ts';
import { exceptionPath } from './file-name.ts';
import type { FileChange, PullOptions } from './pull.ts';

/** An exception list of the space with its items, as Kibana gives them. */
export interface RemoteList {
  readonly list: JsonObject;
  readonly items: readonly JsonObject[];
}

const LIST_MEMBERS = ['list_id', 'name', 'description', 'type', 'namespace_type', 'tags'];
const ITEM_MEMBERS = ['item_id', 'name', 'description', 'entries', 'comments', 'tags', 'os_types', 'expire_time'];

const textOf = (object: JsonObject, key: string): string => {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
};

const isEmpty = (value: Json): boolean => value === '' || (Array.isArray(value) && value.length === 0);

/** The members that files have, without our mark and record, and without what is empty or meant anyway. */
function fileForm(remote: JsonObject, members: readonly string[], marker: string): JsonObject {
  const found: Record<string, Json> = {};
  for (const key of members) {
    const value = memberOf(key, own(remote, key) ?? null, marker);
    if (value !== null && (!isEmpty(value) || key === 'description')) found[key] = value;
  }
  return found;
}

function memberOf(key: string, value: Json, marker: string): Json {
  if (key === 'tags' && Array.isArray(value)) return (value as readonly Json[]).filter((tag) => tag !== marker && !isRecordTag(tag)); // prettier-ignore
  if (key === 'comments' && Array.isArray(value)) return (value as readonly Json[]).map((one) => (isJsonObject(one) ? { comment: own(one, 'comment') ?? '' } : one)); // prettier-ignore
  if (key === 'namespace_type') return value === 'agnostic' ? value : null;
  return withoutNulls(value);
}

const itemForms = (items: readonly JsonObject[], marker: string): JsonObject[] =>
  items
    .map((item) => fileForm(item, ITEM_MEMBERS, marker))
    .sort((a, b) => (textOf(a, 'item_id') < textOf(b, 'item_id') ? -1 : 1));

/** A new file for an exception list. */
export function draftList({ list, items }: RemoteList, options: PullOptions): FileChange {
  const listId = textOf(list, 'list_id');
  const document: JsonObject = {
    metadata: {
      creation_date: dayOf(own(list, 'created_at')) ?? options.today,
      list_name: textOf(list, 'name'),
      updated_date: dayOf(own(list, 'updated_at')) ?? options.today,
    },
    exceptions: [
      { container: fileForm(list, LIST_MEMBERS, options.marker), ...(items.length === 0 ? {} : { items: itemForms(items, options.marker) }) },
    ],
  }; // prettier-ignore
  return {
    kind: 'exceptionList',
    action: 'create',
    id: listId,
    name: textOf(list, 'name'),
    path: exceptionPath(options.exceptionsRoot, listId, options.taken),
    text: writeToml(document),
    taken: [],
    kept: [],
    conflicts: [],
  };
}

/** Ids of the items that the file does not write, as reading the file made them: by their place in the list. */
export interface LocalList {
  readonly path: string;
  readonly listId: string;
  /** Place of the list among `[[exceptions]]`. */
  readonly index: number;
  readonly itemIds: readonly string[];
}

/**
 * Brings what `take` lets through of a list of the space into its file: members of the container, items that were changed, and
 * items that were added in Kibana. Items that the space does not have stay: they may not have been applied yet.
 */
export function mergeList(
  text: string,
  local: LocalList,
  remote: RemoteList,
  options: PullOptions & {
    /** Whether the space's value of a member counts; `itemId` is absent for the list itself. */
    readonly take: (field: string, itemId?: string) => boolean;
  },
): FileChange | undefined {
  let edited = text;
  const taken: string[] = [];
  const above = ['exceptions', local.index];
  const put = (
    pointer: readonly (string | number)[],
    label: string,
    old: JsonObject,
    wanted: JsonObject,
    members: readonly string[],
    itemId?: string,
  ): void => {
    // prettier-ignore
    for (const key of members) {
      const [before, after] = [own(old, key), own(wanted, key)];
      const implied = before === undefined && (key === 'item_id' || key === 'list_id');
      if (implied || !options.take(key, itemId) || sameJson(before ?? null, after ?? null)) continue;
      if (before !== undefined && after === undefined && isEmpty(before)) continue;
      edited = setValue(edited, [...pointer, key], after);
      taken.push(`${label}${key}`);
    }
  };
  const document = parseToml(new SourceFile('', text)).data ?? {};
  const container = valueAt(document, [...above, 'container']);
  put([...above, 'container'], '', isJsonObject(container) ? container : {}, fileForm(remote.list, LIST_MEMBERS, options.marker), LIST_MEMBERS); // prettier-ignore
  const added: JsonObject[] = [];
  for (const form of itemForms(remote.items, options.marker)) {
    const itemId = textOf(form, 'item_id');
    const place = local.itemIds.indexOf(itemId);
    const old = place < 0 ? undefined : valueAt(document, [...above, 'items', place]);
    if (isJsonObject(old))
      put([...above, 'items', place], `${textOf(form, 'name')}: `, old, form, ITEM_MEMBERS, itemId);
    else if (options.take('', itemId)) added.push(form);
  }
  if (added.length > 0) {
    const items = valueAt(parseToml(new SourceFile('', edited)).data ?? {}, [...above, 'items']);
    edited = setValue(
      edited,
      [...above, 'items'],
      [...(Array.isArray(items) ? (items as readonly Json[]) : []), ...added],
    );
    taken.push(...added.map((one) => `+ ${textOf(one, 'name')}`));
  }
  if (edited === text) return undefined;
  return {
    kind: 'exceptionList',
    action: 'change',
    id: local.listId,
    name: textOf(remote.list, 'name'),
    path: local.path,
    before: text,
    text: edited,
    taken,
    kept: [],
    conflicts: [],
  };
}
