import { own, type Json, type JsonObject } from '../../../text/json.ts';
import { listIdFault } from '../../desired/ids.ts';
import { RouteError } from '../route.ts';
import { objects, pick, textOf } from '../values.ts';
import { spaceOf, writeVersion, type ListStore, type World } from '../world.ts';
import { checkMapping } from './mapping.ts';
import { ITEM_MEMBERS, LIST_MEMBERS } from './shape.ts';

export type Namespace = 'single' | 'agnostic';

export const namespaceOf = (value: Json | undefined): Namespace => (value === 'agnostic' ? 'agnostic' : 'single');

/** Where lists of this namespace are kept. */
export const storeOf = (world: World, space: string, namespace: Namespace): ListStore =>
  namespace === 'agnostic' ? world.agnostic : spaceOf(world, space);

/** Who writes what at which time. */
export interface Writer {
  readonly world: World;
  readonly user: string;
}

const audit = ({ world, user }: Writer): JsonObject => {
  const now = world.now();
  return { created_at: now, created_by: user, updated_at: now, updated_by: user };
};

/** A new list from a body, with the server's defaults. */
export const newList = (body: JsonObject, writer: Writer): JsonObject => ({
  tags: [],
  os_types: [],
  ...pick(body, LIST_MEMBERS),
  id: writer.world.uuid(),
  _version: writeVersion(writer.world),
  list_id: textOf(body, 'list_id') || writer.world.uuid(),
  namespace_type: namespaceOf(own(body, 'namespace_type')),
  immutable: false,
  version: 1,
  tie_breaker_id: writer.world.uuid(),
  ...audit(writer),
});

/** The list after a PUT: members that are left out stay. */
export const changedList = (before: JsonObject, body: JsonObject, { world, user }: Writer): JsonObject => ({
  ...before,
  ...pick(body, LIST_MEMBERS),
  _version: writeVersion(world),
  version: Number(own(before, 'version') ?? 0) + 1,
  updated_at: world.now(),
  updated_by: user,
});

const newComment = (comment: JsonObject, { world, user }: Writer): JsonObject => ({
  comment: textOf(comment, 'comment'),
  id: world.uuid(),
  created_at: world.now(),
  created_by: user,
});

/** A new item from a body, with the server's defaults. Items have no `version`. */
export const newItem = (body: JsonObject, writer: Writer): JsonObject => ({
  tags: [],
  os_types: [],
  ...pick(body, ITEM_MEMBERS),
  comments: objects(own(body, 'comments')).map((comment) => newComment(comment, writer)),
  id: writer.world.uuid(),
  _version: writeVersion(writer.world),
  item_id: textOf(body, 'item_id') || writer.world.uuid(),
  list_id: textOf(body, 'list_id'),
  namespace_type: namespaceOf(own(body, 'namespace_type')),
  tie_breaker_id: writer.world.uuid(),
  ...audit(writer),
});

/** Comments can only be added: what is sent has to begin with those that are there. */
function comments(before: JsonObject, body: JsonObject, writer: Writer): Json {
  const stored = objects(own(before, 'comments'));
  const sent = own(body, 'comments');
  if (sent === undefined || sent === null) return stored;
  const given = objects(sent);
  if (stored.some((one, at) => own(given[at] ?? {}, 'id') !== own(one, 'id')))
    throw new RouteError(403, 'Comments cannot be deleted, only new comments may be appended');
  return given.map((comment, at) => {
    const old = stored[at];
    if (old === undefined) return newComment(comment, writer);
    if (own(old, 'comment') === own(comment, 'comment')) return old;
    return { ...old, comment: textOf(comment, 'comment'), updated_at: writer.world.now(), updated_by: writer.user };
  });
}

/** Members of an item that a PUT takes away if it does not name them (kibana: update_overwrite_exception_list_item.ts). */
const TAKEN_AWAY = new Set(['expire_time', 'meta']);

/** The item after a PUT: other members that are left out stay. */
export const changedItem = (before: JsonObject, body: JsonObject, writer: Writer): JsonObject => ({
  ...Object.fromEntries(Object.entries(before).filter(([key]) => !TAKEN_AWAY.has(key))),
  ...pick(body, ITEM_MEMBERS),
  comments: comments(before, body, writer),
  _version: writeVersion(writer.world),
  updated_at: writer.world.now(),
  updated_by: writer.user,
});

/** Stores a list or an item; throws 400 for one that its mapping does not take. */
export function put(documents: Map<string, JsonObject>, document: JsonObject): JsonObject {
  checkMapping(document);
  documents.set(textOf(document, 'id'), document);
  return document;
}

/** The document with this value of a member, such as `list_id`. */
export function byMember(
  documents: ReadonlyMap<string, JsonObject>,
  key: string,
  value: string,
): JsonObject | undefined {
  for (const one of documents.values()) if (own(one, key) === value) return one;
  return undefined;
}

/** A list by its list_id or an item by its item_id, as far as Kibana's search finds it (kibana: get_exception_list.ts). */
export const bySearch = (documents: ReadonlyMap<string, JsonObject>, key: 'list_id' | 'item_id', value: string) =>
  listIdFault(value) === undefined ? byMember(documents, key, value) : undefined;

export const itemsOf = (store: ListStore, listId: string): readonly JsonObject[] =>
  [...store.items.values()].filter((item) => own(item, 'list_id') === listId);

const expired = (item: JsonObject, now: string): boolean => {
  const time = own(item, 'expire_time');
  return typeof time === 'string' && Date.parse(time) <= Date.parse(now);
};

/** Items of a list; without the expired ones if they are not wanted. */
export const wantedItems = (
  store: ListStore,
  listId: string,
  world: World,
  withExpired: boolean,
): readonly JsonObject[] => {
  const items = itemsOf(store, listId);
  if (withExpired) return items;
  const now = world.now();
  return items.filter((item) => !expired(item, now));
};

/** Copies a list and its items under new ids (kibana: duplicate_exception_list.ts). */
export function duplicate(list: JsonObject, store: ListStore, writer: Writer, withExpired: boolean): JsonObject {
  const copy = put(
    store.lists,
    newList({ ...list, list_id: writer.world.uuid(), name: `${textOf(list, 'name')} [Duplicate]` }, writer),
  );
  for (const item of wantedItems(store, textOf(list, 'list_id'), writer.world, withExpired))
    put(
      store.items,
      newItem({ ...item, item_id: writer.world.uuid(), list_id: textOf(copy, 'list_id'), comments: [] }, writer),
    );
  return copy;
}
