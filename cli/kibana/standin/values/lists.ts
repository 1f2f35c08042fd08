import { isJsonObject, own, type JsonObject } from '../../../text/json.ts';
import { byMember, changedItem, put } from '../exceptions/documents.ts';
import { bodyOf, writerOf } from '../exceptions/lists.ts';
import { filtered, sorted } from '../filter.ts';
import {
  flag,
  ok,
  orderOf,
  paged,
  PlatformError,
  RouteError,
  sortFieldOf,
  type Call,
  type Handler,
  type Reply,
  type Route,
} from '../route.ts';
import { objects, textOf } from '../values.ts';
import { spaceOf, type ListStore, type Privilege, type Space, type World } from '../world.ts';
import { changedList, checkVersion, ignoredWarning, itemsOf, listNamed, newList, spaceWithLists } from './documents.ts';
import { listChangeShape, listPatchShape, listShape } from './shape.ts';

const PATH = '/api/lists';

/** A parameter of the query string that has to be there. */
export function required(call: Call, name: string): string {
  const value = call.query.get(name);
  if (value === null || value === '') throw new PlatformError(400, `[request query]: ${name}: Required`);
  return value;
}

const warned = (body: JsonObject, reply: Reply): Reply => ({
  ...reply,
  headers: ignoredWarning(
    ['serializer', 'deserializer'].filter((key) => own(body, key) !== undefined),
    'parameter',
  ),
});

const create: Handler = (call, world) => {
  const body = bodyOf(call, listShape);
  const space = spaceWithLists(call, world, 'create a list');
  const id = textOf(body, 'id');
  if (id !== '' && space.valueLists.has(id)) throw new RouteError(409, `list id: "${id}" already exists`);
  const list = newList(body, writerOf(call, world));
  space.valueLists.set(textOf(list, 'id'), list);
  return warned(body, ok(list));
};

const change =
  (whole: boolean): Handler =>
  (call, world) => {
    const body = bodyOf(call, whole ? listChangeShape : listPatchShape);
    const space = spaceWithLists(call, world, 'update a list');
    const before = listNamed(space, textOf(body, 'id'));
    checkVersion(before, body);
    const list = changedList(before, body, writerOf(call, world), whole);
    space.valueLists.set(textOf(list, 'id'), list);
    return warned(body, ok(list));
  };

const read: Handler = (call, world) => ok(listNamed(spaceOf(world, call.space), required(call, 'id')));

interface Use {
  readonly store: ListStore;
  readonly item: JsonObject;
  /** Entries of the item that do not use the list. */
  readonly rest: readonly JsonObject[];
}

/** Items of exception lists, of the space or of all, that use a value list. */
function usesOf(id: string, space: Space, world: World): readonly Use[] {
  const uses = (entry: JsonObject): boolean => {
    const list = own(entry, 'list');
    return isJsonObject(list) && own(list, 'id') === id;
  };
  return [space, world.agnostic].flatMap((store) =>
    [...store.items.values()].flatMap((item) => {
      const entries = objects(own(item, 'entries'));
      const rest = entries.filter((entry) => !uses(entry));
      return rest.length < entries.length ? [{ store, item, rest }] : [];
    }),
  );
}

/** Refuses to delete a list in use, but takes it out of the items first if told so (kibana: delete_list_route.ts). */
function release(call: Call, id: string, space: Space, world: World): void {
  if (flag(call, 'ignoreReferences')) return;
  const used = usesOf(id, space, world);
  if (used.length > 0 && !flag(call, 'deleteReferences'))
    throw new RouteError(409, {
      error: {
        message: `Value list '${id}' is referenced in existing exception list(s)`,
        references: used.map(({ store, item }) => ({
          exception_item: item,
          exception_list: byMember(store.lists, 'list_id', textOf(item, 'list_id')) ?? null,
        })),
        value_list_id: id,
      },
    });
  for (const { store, item, rest } of used)
    if (rest.length === 0) store.items.delete(textOf(item, 'id'));
    else put(store.items, changedItem(item, { ...item, entries: rest, comments: null }, writerOf(call, world)));
}

const remove: Handler = (call, world) => {
  const id = required(call, 'id');
  const space = spaceOf(world, call.space);
  const list = listNamed(space, id);
  release(call, id, space, world);
  for (const item of itemsOf(space, id)) space.valueItems.delete(textOf(item, 'id'));
  space.valueLists.delete(id);
  return ok(list);
};

const keyword = { type: 'keyword' };

/** A page of documents as lists and their items are found: with a cursor for what comes after it. */
export function foundPage(call: Call, all: readonly JsonObject[], world: World): Reply {
  const searchable = {
    mapping: { properties: { id: keyword, name: keyword, description: keyword, type: keyword, value: keyword } },
    document: (one: JsonObject) => one,
  };
  const found = filtered(all, call.query.get('filter') ?? '', searchable, world.now());
  const field = sortFieldOf(call);
  const order = orderOf(call) ?? null;
  const ordered = field === undefined ? found : sorted(found, (one) => own(one, field), order);
  const { page, perPage, total, data } = paged(call, ordered);
  const from = startOf(call.query.get('cursor'));
  const shown = from === undefined ? data : ordered.slice(from, from + perPage);
  const cursor = Buffer.from(JSON.stringify([(from ?? (page - 1) * perPage) + shown.length])).toString('base64');
  return ok({ cursor, data: shown, page, per_page: perPage, total });
}

/** Where the page after a cursor starts; throws 400 for a cursor that is none. */
function startOf(cursor: string | null): number | undefined {
  if (cursor === null) return undefined;
  const [, start] = /^\[(\d{1,9})\]$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  if (start === undefined) throw new RouteError(400, 'the cursor cannot be read');
  return Number(start);
}

const find: Handler = (call, world) => foundPage(call, [...spaceOf(world, call.space).valueLists.values()], world);

const createIndex: Handler = (call, world) => {
  const space = spaceOf(world, call.space);
  if (space.hasValueLists)
    throw new RouteError(409, `data stream: ".lists-${call.space}" and ".items-${call.space}" already exists`);
  space.hasValueLists = true;
  return ok({ acknowledged: true });
};

const streamsMissing = (call: Call): RouteError =>
  new RouteError(404, `data stream .lists-${call.space} and data stream .items-${call.space} does not exist`);

const readIndex: Handler = (call, world) => {
  if (!spaceOf(world, call.space).hasValueLists) throw streamsMissing(call);
  return ok({ list_index: true, list_item_index: true });
};

const removeIndex: Handler = (call, world) => {
  const space = spaceOf(world, call.space);
  if (!space.hasValueLists) throw streamsMissing(call);
  space.hasValueLists = false;
  space.valueLists.clear();
  space.valueItems.clear();
  return ok({ acknowledged: true });
};

const privileges: Handler = (call, world) => {
  const may = (one: Privilege): boolean => !world.circumstances.missing.has(one);
  const of = (index: string): JsonObject => ({
    username: call.user,
    has_all_requested: may('lists-all'),
    cluster: { manage: may('lists-all') },
    index: { [index]: { read: may('lists-read'), write: may('lists-all'), view_index_metadata: may('lists-read') } },
    application: {},
  });
  return ok({
    lists: of(`.lists-${call.space}`),
    listItems: of(`.items-${call.space}`),
    is_authenticated: true,
  });
};

export const valueListRoutes: readonly Route[] = [
  { method: 'POST', path: PATH, needs: 'lists-all', handle: create },
  { method: 'PUT', path: PATH, needs: 'lists-all', handle: change(true) },
  { method: 'PATCH', path: PATH, needs: 'lists-all', handle: change(false) },
  { method: 'GET', path: PATH, needs: 'lists-read', handle: read },
  { method: 'DELETE', path: PATH, needs: 'lists-all', handle: remove },
  { method: 'GET', path: `${PATH}/_find`, needs: 'lists-read', handle: find },
  { method: 'POST', path: `${PATH}/index`, needs: 'lists-all', handle: createIndex },
  { method: 'GET', path: `${PATH}/index`, needs: 'lists-read', handle: readIndex },
  { method: 'DELETE', path: `${PATH}/index`, needs: 'lists-all', handle: removeIndex },
  { method: 'GET', path: `${PATH}/privileges`, handle: privileges },
];
