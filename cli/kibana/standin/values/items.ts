import { own, type JsonObject } from '../../../text/json.ts';
import { valueFault } from '../../normalise/values.ts';
import { bodyOf, writerOf } from '../exceptions/lists.ts';
import { download, ok, PlatformError, RouteError, type Call, type Handler, type Route } from '../route.ts';
import { textOf } from '../values.ts';
import { spaceOf, type Space } from '../world.ts';
import {
  changedItem,
  checkVersion,
  ignoredWarning,
  itemsOf,
  listNamed,
  newItem,
  newList,
  spaceWithLists,
} from './documents.ts';
import { foundPage, required } from './lists.ts';
import { itemChangeShape, itemPatchShape, itemShape, VALUE_TYPES } from './shape.ts';

const PATH = '/api/lists/items';
const BYTES = 9_000_000;
const EXTENSIONS = ['.csv', '.txt'];

const itemMissing = (id: string): RouteError => new RouteError(404, `list item id: "${id}" does not exist`);

const create: Handler = (call, world) => {
  const body = bodyOf(call, itemShape);
  const space = spaceWithLists(call, world, 'create a list item');
  const list = listNamed(space, textOf(body, 'list_id'));
  const id = textOf(body, 'id');
  if (id !== '' && space.valueItems.has(id)) throw new RouteError(409, `list item id: "${id}" already exists`);
  const fault = valueFault(textOf(list, 'type'), textOf(body, 'value'));
  if (fault !== undefined) throw new RouteError(400, `failed to parse field [${textOf(list, 'type')}]: it ${fault}`);
  const item = newItem(list, body, writerOf(call, world));
  space.valueItems.set(textOf(item, 'id'), item);
  return ok(item);
};

const change =
  (whole: boolean): Handler =>
  (call, world) => {
    const body = bodyOf(call, whole ? itemChangeShape : itemPatchShape);
    const space = spaceOf(world, call.space);
    const before = space.valueItems.get(textOf(body, 'id'));
    if (before === undefined) throw itemMissing(textOf(body, 'id'));
    checkVersion(before, body);
    const item = changedItem(before, body, writerOf(call, world));
    space.valueItems.set(textOf(item, 'id'), item);
    return ok(item);
  };

/** One item by `id`, or those of a list with this value, as a list. */
function named(call: Call, space: Space): JsonObject | readonly JsonObject[] {
  const id = call.query.get('id');
  if (id !== null) {
    const item = space.valueItems.get(id);
    if (item === undefined) throw itemMissing(id);
    return item;
  }
  const [listId, value] = [call.query.get('list_id'), call.query.get('value')];
  if (listId === null || value === null)
    throw new RouteError(400, 'Either "list_id" or "id" needs to be defined in the request');
  listNamed(space, listId);
  const items = itemsOf(space, listId).filter((item) => own(item, 'value') === value);
  if (items.length === 0) throw new RouteError(404, `list_id: "${listId}" item of ${value} does not exist`);
  return items;
}

const read: Handler = (call, world) => ok(named(call, spaceOf(world, call.space)));

const remove: Handler = (call, world) => {
  const space = spaceOf(world, call.space);
  const found = named(call, space);
  for (const item of Array.isArray(found) ? (found as readonly JsonObject[]) : [found as JsonObject])
    space.valueItems.delete(textOf(item, 'id'));
  return ok(found);
};

const find: Handler = (call, world) => {
  const space = spaceOf(world, call.space);
  const listId = required(call, 'list_id');
  listNamed(space, listId);
  return foundPage(call, itemsOf(space, listId), world);
};

const exported: Handler = (call, world) => {
  const space = spaceOf(world, call.space);
  const listId = required(call, 'list_id');
  listNamed(space, listId, 400);
  return download(
    listId.replace(/[^\w.-]/g, '_'),
    itemsOf(space, listId)
      .map((item) => `${textOf(item, 'value')}\n`)
      .join(''),
  );
};

/**
 * One value a line; a list that is not named gets the name of the file. The answer comes before the values are written, those that
 * do not fit the type are dropped, and those that are there already are there twice then
 * (kibana: items/write_lines_to_bulk_list_items.ts, items/buffer_lines.ts, items/create_list_items_bulk.ts).
 */
const imported: Handler = (call, world) => {
  const space = spaceWithLists(call, world, 'import a list item');
  const { plainName: name, text = '' } = call.file ?? {};
  if (name === undefined) throw new RouteError(400, 'To import a list item, the file name must be specified');
  if (!EXTENSIONS.some((one) => name.endsWith(one)))
    throw new RouteError(
      415,
      `Unsupported media type. File must be one of the following types: [${EXTENSIONS.join(', ')}]`,
    );
  const [listId, type] = [call.query.get('list_id'), call.query.get('type')];
  if (type !== null && !(VALUE_TYPES as readonly string[]).includes(type))
    throw new PlatformError(400, `[request query]: type: Invalid enum value, received '${type}'`);
  const writer = writerOf(call, world);
  let list: JsonObject | undefined;
  if (listId !== null) list = listNamed(space, listId, 409);
  else if (type === null) throw new RouteError(400, 'Either type or list_id need to be defined in the query');
  else
    list =
      space.valueLists.get(name) ??
      newList({ id: name, name, description: `File uploaded from file system of ${name}`, type }, writer);
  const id = textOf(list, 'id');
  space.valueLists.set(id, list);
  const lines = new Set(text.split(/\r?\n/).filter((line) => line.trim() !== ''));
  const write = (): void => {
    for (const line of lines) {
      if (valueFault(textOf(list, 'type'), line) !== undefined) continue;
      const item = newItem(list, { value: line }, writer);
      space.valueItems.set(textOf(item, 'id'), item);
    }
  };
  // Without a delay before the answer: one that a timer of no time gives may end before or after the next request.
  if (world.circumstances.importDelay === 0) write();
  else setTimeout(write, world.circumstances.importDelay).unref();
  const ignored = ['serializer', 'deserializer'].filter((key) => call.query.has(key));
  return { ...ok(list), headers: ignoredWarning(ignored, 'query parameter') };
};

export const valueItemRoutes: readonly Route[] = [
  { method: 'POST', path: PATH, needs: 'lists-all', handle: create },
  { method: 'PUT', path: PATH, needs: 'lists-all', handle: change(true) },
  { method: 'PATCH', path: PATH, needs: 'lists-all', handle: change(false) },
  { method: 'GET', path: PATH, needs: 'lists-read', handle: read },
  { method: 'DELETE', path: PATH, needs: 'lists-all', handle: remove },
  { method: 'GET', path: `${PATH}/_find`, needs: 'lists-read', handle: find },
  { method: 'POST', path: `${PATH}/_export`, needs: 'lists-read', handle: exported },
  { method: 'POST', path: `${PATH}/_import`, needs: 'lists-all', takesForm: true, maxBytes: BYTES, handle: imported },
];
