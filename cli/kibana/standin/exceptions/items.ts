import { own, type JsonObject } from '../../../text/json.ts';
import { ok, paged, RouteError, type Call, type Handler, type Route } from '../route.ts';
import { textOf } from '../values.ts';
import type { ListStore, World } from '../world.ts';
import { bySearch, changedItem, itemsOf, namespaceOf, newItem, put, storeOf } from './documents.ts';
import { matching } from './filter.ts';
import { bodyOf, checkVersion, listMissing, queryNamespace, queryNamespaces, writerOf } from './lists.ts';
import { itemChangeShape, itemShape } from './shape.ts';

const PATH = '/api/exception_lists/items';

const itemMissing = (id: string | undefined, itemId: string | undefined): RouteError =>
  new RouteError(
    404,
    id === undefined
      ? `exception list item item_id: "${itemId ?? ''}" does not exist`
      : `exception list item id: "${id}" does not exist`,
  );

/** The item that `id` or `item_id` names; throws 404. */
function namedItem(store: ListStore, id: string | undefined, itemId: string | undefined): JsonObject {
  const item = id !== undefined ? store.items.get(id) : bySearch(store.items, 'item_id', itemId ?? '');
  if (item === undefined) throw itemMissing(id, itemId);
  return item;
}

/** Stores a new item of a list that exists. */
export function addItem(body: JsonObject, store: ListStore, call: Call, world: World): JsonObject {
  const [listId, itemId] = [textOf(body, 'list_id'), textOf(body, 'item_id')];
  if (bySearch(store.lists, 'list_id', listId) === undefined)
    throw new RouteError(404, `exception list id: "${listId}" does not exist`);
  if (itemId !== '' && bySearch(store.items, 'item_id', itemId) !== undefined)
    throw new RouteError(409, `exception list item id: "${itemId}" already exists`);
  return put(store.items, newItem(body, writerOf(call, world)));
}

/** Changes the item that the body names. */
export function changeItem(body: JsonObject, store: ListStore, call: Call, world: World): JsonObject {
  const [id, itemId] = [textOf(body, 'id') || undefined, textOf(body, 'item_id') || undefined];
  if (id === undefined && itemId === undefined) throw new RouteError(404, 'either id or item_id need to be defined');
  const before = namedItem(store, id, itemId);
  checkVersion(before, body, `Saved object [exception-list/${textOf(before, 'id')}] conflict`);
  return put(store.items, changedItem(before, body, writerOf(call, world)));
}

/** The item that the query string names. */
export function queriedItem(store: ListStore, call: Call): JsonObject {
  const [id, itemId] = [call.query.get('id') ?? undefined, call.query.get('item_id') ?? undefined];
  if (id === undefined && itemId === undefined) throw new RouteError(400, 'id or item_id required');
  return namedItem(store, id, itemId);
}

const queryStore = (call: Call, world: World): ListStore => storeOf(world, call.space, queryNamespace(call));

const create: Handler = (call, world) => {
  const body = bodyOf(call, itemShape);
  return ok(addItem(body, storeOf(world, call.space, namespaceOf(own(body, 'namespace_type'))), call, world));
};

const update: Handler = (call, world) => {
  const body = bodyOf(call, itemChangeShape);
  return ok(changeItem(body, storeOf(world, call.space, namespaceOf(own(body, 'namespace_type'))), call, world));
};

const read: Handler = (call, world) => ok(queriedItem(queryStore(call, world), call));

const remove: Handler = (call, world) => {
  const store = queryStore(call, world);
  const item = queriedItem(store, call);
  store.items.delete(textOf(item, 'id'));
  return ok(item);
};

/** Items of one list or of several, with one namespace for each list. */
const find: Handler = (call, world) => {
  const ids = (call.query.get('list_id') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new RouteError(400, 'list_id: Required');
  const namespaces = queryNamespaces(call);
  if (ids.length !== namespaces.length)
    throw new RouteError(
      400,
      `list_id and namespace_id need to have the same comma separated number of values. Expected list_id length: ${ids.length} to equal namespace_type length: ${namespaces.length}`,
    );
  const all = ids.flatMap((id, at) => {
    const store = storeOf(world, call.space, namespaces[at] ?? 'single');
    if (bySearch(store.lists, 'list_id', id) === undefined) throw listMissing(undefined, id);
    return itemsOf(store, id);
  });
  const { page, perPage, total, data } = paged(call, matching(call, all, world));
  return ok({ data, page, per_page: perPage, total });
};

export const itemRoutes: readonly Route[] = [
  { method: 'POST', path: PATH, needs: 'exceptions-all', handle: create },
  { method: 'PUT', path: PATH, needs: 'exceptions-all', handle: update },
  { method: 'GET', path: PATH, needs: 'exceptions-read', handle: read },
  { method: 'DELETE', path: PATH, needs: 'exceptions-all', handle: remove },
  { method: 'GET', path: `${PATH}/_find`, needs: 'exceptions-read', handle: find },
];
