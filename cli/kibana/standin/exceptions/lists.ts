import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';
import { choiceOf, flag, ok, paged, PlatformError, RouteError, type Call, type Handler, type Route } from '../route.ts';
import { list as elements, textOf } from '../values.ts';
import type { ListStore, World } from '../world.ts';
import { faultsOf, type Shape } from '../zod.ts';
import {
  bySearch,
  changedList,
  duplicate,
  itemsOf,
  namespaceOf,
  newList,
  put,
  storeOf,
  type Namespace,
  type Writer,
} from './documents.ts';
import { matching } from './filter.ts';
import { listChangeShape, listShape } from './shape.ts';

const PATH = '/api/exception_lists';

/** The body of a request, if it has this shape; throws 400. */
export function bodyOf(call: Call, shape: Shape): JsonObject {
  const faults = faultsOf(shape, call.body);
  if (faults !== undefined || !isJsonObject(call.body))
    throw new PlatformError(400, `[request body]: ${faults ?? 'Required'}`);
  return call.body;
}

export const writerOf = (call: Call, world: World): Writer => ({ world, user: call.user });

/** A stale `_version` is refused; without one the last write wins. */
export function checkVersion(before: JsonObject, body: JsonObject, message: string): void {
  const sent = own(body, '_version');
  if (typeof sent === 'string' && sent !== own(before, '_version')) throw new RouteError(409, message);
}

export interface Named {
  readonly store: ListStore;
  readonly list: JsonObject;
}

export const listMissing = (id: string | undefined, listId: string | undefined): RouteError =>
  new RouteError(
    404,
    id === undefined
      ? `exception list list_id: "${listId ?? ''}" does not exist`
      : `exception list id: "${id}" does not exist`,
  );

/** The list that `id`, or else `list_id` with the namespace, names. */
function namedList(store: ListStore, id: string | undefined, listId: string | undefined): JsonObject | undefined {
  if (id !== undefined) return store.lists.get(id);
  return listId === undefined ? undefined : bySearch(store.lists, 'list_id', listId);
}

const NAMESPACES = ['agnostic', 'single'];

/** The namespace that the query string names; throws 400 for another word. */
export const queryNamespace = (call: Call): Namespace => namespaceOf(choiceOf(call, 'namespace_type', NAMESPACES));

/** Namespaces of the query string, separated by commas; throws 400 for another word. */
export function queryNamespaces(call: Call): readonly Namespace[] {
  const names = (call.query.get('namespace_type') ?? 'single').split(',');
  const strange = names.find((name) => !NAMESPACES.includes(name));
  if (strange !== undefined)
    throw new PlatformError(
      400,
      `[request query]: namespace_type: Invalid enum value. Expected 'agnostic' | 'single', received '${strange}'`,
    );
  return names.map(namespaceOf);
}

function fromQuery(call: Call, world: World, neither: RouteError): Named {
  const [id, listId] = [call.query.get('id') ?? undefined, call.query.get('list_id') ?? undefined];
  if (id === undefined && listId === undefined) throw neither;
  const store = storeOf(world, call.space, queryNamespace(call));
  const list = namedList(store, id, listId);
  if (list === undefined) throw listMissing(id, listId);
  return { store, list };
}

const create: Handler = (call, world) => {
  const body = bodyOf(call, listShape);
  const store = storeOf(world, call.space, namespaceOf(own(body, 'namespace_type')));
  const listId = textOf(body, 'list_id');
  if (listId !== '' && bySearch(store.lists, 'list_id', listId) !== undefined)
    throw new RouteError(409, `exception list id: "${listId}" already exists`);
  return ok(put(store.lists, newList(body, writerOf(call, world))));
};

const update: Handler = (call, world) => {
  const body = bodyOf(call, listChangeShape);
  const [id, listId] = [textOf(body, 'id') || undefined, textOf(body, 'list_id') || undefined];
  if (id === undefined && listId === undefined) throw new RouteError(404, 'either id or list_id need to be defined');
  const store = storeOf(world, call.space, namespaceOf(own(body, 'namespace_type')));
  const before = namedList(store, id, listId);
  if (before === undefined) throw listMissing(id, listId);
  checkVersion(before, body, `Saved object [exception-list/${textOf(before, 'id')}] conflict`);
  return ok(put(store.lists, changedList(before, body, writerOf(call, world))));
};

const read: Handler = (call, world) => ok(fromQuery(call, world, new RouteError(400, 'id or list_id required')).list);

const remove: Handler = (call, world) => {
  const neither = new RouteError(400, 'Either "list_id" or "id" needs to be defined in the request');
  const { store, list } = fromQuery(call, world, neither);
  for (const item of itemsOf(store, textOf(list, 'list_id'))) store.items.delete(textOf(item, 'id'));
  store.lists.delete(textOf(list, 'id'));
  return ok(list);
};

/** Lists of the namespaces that the request names, filtered and sorted. */
const find: Handler = (call, world) => {
  const namespaces = new Set(queryNamespaces(call));
  const all = [...namespaces].flatMap((one) => [...storeOf(world, call.space, one).lists.values()]);
  const { page, perPage, total, data } = paged(call, matching(call, all, world), 1);
  return ok({ data, page, per_page: perPage, total });
};

/** Counts items by operating system (kibana: get_exception_list_summary.ts). */
const summary: Handler = (call, world) => {
  const { store, list } = fromQuery(call, world, new RouteError(400, 'id or list_id required'));
  const items = itemsOf(store, textOf(list, 'list_id'));
  const count = (system: string): number =>
    items.filter((item) => elements(own(item, 'os_types')).includes(system)).length;
  return ok({ windows: count('windows'), linux: count('linux'), macos: count('macos'), total: items.length });
};

const copy: Handler = (call, world) => {
  const store = storeOf(world, call.space, queryNamespace(call));
  const listId = call.query.get('list_id') ?? '';
  const list = bySearch(store.lists, 'list_id', listId);
  if (list === undefined) throw new RouteError(404, `exception list id: "${listId}" does not exist`);
  const withExpired = call.query.get('include_expired_exceptions') === null || flag(call, 'include_expired_exceptions');
  return ok(duplicate(list, store, writerOf(call, world), withExpired));
};

export const listRoutes: readonly Route[] = [
  { method: 'POST', path: PATH, needs: 'exceptions-all', handle: create },
  { method: 'PUT', path: PATH, needs: 'exceptions-all', handle: update },
  { method: 'GET', path: PATH, needs: 'exceptions-read', handle: read },
  { method: 'DELETE', path: PATH, needs: 'exceptions-all', handle: remove },
  { method: 'GET', path: `${PATH}/_find`, needs: 'exceptions-read', handle: find },
  { method: 'GET', path: `${PATH}/summary`, needs: 'exceptions-read', handle: summary },
  { method: 'POST', path: `${PATH}/_duplicate`, needs: 'exceptions-all', handle: copy },
];
