import { own, type Json, type JsonObject } from '../../../text/json.ts';
import { textOf } from '../values.ts';
import { faultsOf } from '../zod.ts';
import {
  byMember,
  changedItem,
  changedList,
  itemsOf,
  namespaceOf,
  newItem,
  newList,
  put,
  storeOf,
  type Writer,
} from './documents.ts';
import { mappingFault } from './mapping.ts';
import { importedItemShape, importedListShape } from './shape.ts';

export interface ImportOptions {
  readonly space: string;
  readonly overwrite: boolean;
  readonly asNewList: boolean;
}

export interface Imported {
  readonly errors: readonly JsonObject[];
  readonly lists: number;
  readonly items: number;
  readonly listsFailed: boolean;
  readonly itemsFailed: boolean;
}

/** A line is of a list or an item if it has a `list_id` and no `rule_id`; of an item if it has entries or an `item_id`. */
export const isExceptionLine = (line: JsonObject): boolean =>
  typeof own(line, 'list_id') === 'string' && own(line, 'rule_id') === undefined;
const isItem = (line: JsonObject): boolean => own(line, 'item_id') !== undefined || own(line, 'entries') !== undefined;

const error = (status: number, message: string, ids: JsonObject): JsonObject => ({
  error: { status_code: status, message },
  ...ids,
});

/** The last of the lines with the same ids, and an error for each that it replaces. */
function lastOfEach(
  lines: readonly JsonObject[],
  key: 'list_id' | 'item_id',
): { readonly kept: readonly JsonObject[]; readonly errors: readonly JsonObject[] } {
  const kept = new Map<string, JsonObject>();
  const errors: JsonObject[] = [];
  const [what, last] = key === 'list_id' ? ['', 'list'] : [' item', 'item'];
  for (const line of lines) {
    const id = textOf(line, key);
    const ids = JSON.stringify([id, textOf(line, 'list_id')]);
    if (kept.has(ids))
      errors.push(
        error(
          400,
          `More than one exception list${what} with ${key}: "${id}" found in imports. The last ${last} will be used.`,
          { [key]: id },
        ),
      );
    kept.set(ids, line);
  }
  return { kept: [...kept.values()], errors };
}

/**
 * Imports lists, then items (kibana: import_exception_list_and_items.ts). What exists is skipped with 409, or replaced with
 * `overwrite`; items of an overwritten list that the file does not have go if nothing failed.
 */
export function importExceptions(lines: readonly JsonObject[], options: ImportOptions, writer: Writer): Imported {
  const errors: JsonObject[] = [];
  let listsFailed = false;
  let itemsFailed = false;
  let lists = 0;
  let items = 0;
  const shaped = (line: JsonObject, shape: typeof importedListShape, what: 'list' | 'list item'): boolean => {
    const faults = faultsOf(shape, line);
    if (faults !== undefined) {
      // An item's id stands under `list_id` in Kibana too.
      const unknown = what === 'list' ? '(unknown list_id)' : '(unknown item_id)';
      errors.push(error(400, `Error found importing exception ${what}: ${faults}`, { list_id: unknown }));
    }
    return faults === undefined;
  };
  const listLines = lines.filter((line) => !isItem(line));
  const itemLines = lines.filter(isItem);
  const goodLists = listLines.filter((line) => shaped(line, importedListShape, 'list'));
  const goodItems = itemLines.filter((line) => shaped(line, importedItemShape, 'list item'));
  if (goodLists.length < listLines.length) listsFailed = true;
  if (goodItems.length < itemLines.length) itemsFailed = true;

  const uniqueLists = lastOfEach(goodLists, 'list_id');
  const uniqueItems = lastOfEach(goodItems, 'item_id');
  errors.push(...uniqueLists.errors, ...uniqueItems.errors);
  if (uniqueLists.errors.length > 0) listsFailed = true;
  if (uniqueItems.errors.length > 0) itemsFailed = true;

  const storeFor = (line: JsonObject) => storeOf(writer.world, options.space, namespaceOf(own(line, 'namespace_type')));
  const renamed = new Map<string, string>();
  const overwritten: JsonObject[] = [];
  for (const line of uniqueLists.kept) {
    const store = storeFor(line);
    const listId = textOf(line, 'list_id');
    const refused = mappingFault(line);
    if (refused !== undefined) {
      listsFailed = true;
      // A fault of storing, unlike one of the schema, comes without the id (kibana: bulk_create_imported_lists.ts).
      errors.push(error(400, refused, { list_id: '(unknown list_id)' }));
      continue;
    }
    const existing = byMember(store.lists, 'list_id', listId);
    if (options.asNewList) {
      const list = put(store.lists, newList({ ...line, list_id: writer.world.uuid() }, writer));
      renamed.set(listId, textOf(list, 'list_id'));
      lists++;
    } else if (existing === undefined) {
      put(store.lists, newList(line, writer));
      lists++;
    } else if (options.overwrite) {
      overwritten.push(put(store.lists, changedList(existing, line, writer)));
      lists++;
    } else {
      listsFailed = true;
      errors.push(
        error(409, `Found that list_id: "${listId}" already exists. Import of list_id: "${listId}" skipped.`, {
          list_id: listId,
        }),
      );
    }
  }

  const inFile = new Set<string>();
  for (const line of uniqueItems.kept) {
    const store = storeFor(line);
    const [itemId, written] = [textOf(line, 'item_id'), textOf(line, 'list_id')];
    const listId = renamed.get(written) ?? written;
    inFile.add(itemId);
    const ids = { item_id: itemId, list_id: listId };
    const fail = (message: string): void => {
      itemsFailed = true;
      errors.push(error(409, message, ids));
    };
    const existing = byMember(store.items, 'item_id', itemId);
    const refused = mappingFault(line);
    if (refused !== undefined) {
      itemsFailed = true;
      errors.push(error(400, refused, { item_id: '(unknown item_id)' }));
      continue;
    }
    if (byMember(store.lists, 'list_id', listId) === undefined)
      fail(`Exception list with list_id: "${listId}", not found for exception list item with item_id: "${itemId}"`);
    else if (options.asNewList) {
      put(store.items, newItem({ ...line, list_id: listId, item_id: writer.world.uuid() }, writer));
      items++;
    } else if (existing === undefined) {
      put(store.items, newItem(line, writer));
      items++;
    } else if (options.overwrite && own(existing, 'list_id') === listId) {
      put(store.items, changedItem(existing, { ...line, comments: null }, writer));
      items++;
    } else if (options.overwrite)
      fail(
        `Error trying to update item_id: "${itemId}" and list_id: "${listId}". The item already exists under list_id: ${textOf(existing, 'list_id')}`,
      );
    else fail(`Found that item_id: "${itemId}" already exists. Import of item_id: "${itemId}" skipped.`);
  }
  if (errors.length === 0)
    for (const list of overwritten) {
      const store = storeFor(list);
      for (const item of itemsOf(store, textOf(list, 'list_id')))
        if (!inFile.has(textOf(item, 'item_id'))) store.items.delete(textOf(item, 'id'));
    }
  return { errors, lists, items, listsFailed, itemsFailed };
}

/** What the import route of exceptions answers. */
export const importAnswer = ({ errors, lists, items, listsFailed, itemsFailed }: Imported): Json => ({
  errors,
  success: errors.length === 0,
  success_count: lists + items,
  success_exception_lists: !listsFailed,
  success_count_exception_lists: lists,
  success_exception_list_items: !itemsFailed,
  success_count_exception_list_items: items,
});
