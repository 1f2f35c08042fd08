import { ok, paged, type Call, type Handler, type Route } from '../route.ts';
import { textOf } from '../values.ts';
import type { World } from '../world.ts';
import { byMember, itemsOf, newList, put } from './documents.ts';
import { matching } from './filter.ts';
import { addItem, changeItem, queriedItem } from './items.ts';
import { bodyOf, writerOf } from './lists.ts';
import { endpointItemShape, itemChangeShape } from './shape.ts';

const ID = 'endpoint_list';
const ITEMS = '/api/endpoint_list/items';

/** Makes the one exception list of Elastic Defend, for all spaces; undefined if it is there. */
export function ensureEndpointList(call: Call, world: World) {
  if (byMember(world.agnostic.lists, 'list_id', ID) !== undefined) return undefined;
  const body = {
    name: 'Endpoint Security Exception List',
    description: 'Endpoint Security Exception List',
    type: 'endpoint',
    list_id: ID,
    namespace_type: 'agnostic',
  };
  return put(world.agnostic.lists, newList(body, writerOf(call, world)));
}

const create: Handler = (call, world) => ok(ensureEndpointList(call, world) ?? {});

const createItem: Handler = (call, world) => {
  ensureEndpointList(call, world);
  const body = { ...bodyOf(call, endpointItemShape), list_id: ID, namespace_type: 'agnostic' };
  return ok(addItem(body, world.agnostic, call, world));
};

const updateItem: Handler = (call, world) => ok(changeItem(bodyOf(call, itemChangeShape), world.agnostic, call, world));

const readItem: Handler = (call, world) => ok(queriedItem(world.agnostic, call));

const removeItem: Handler = (call, world) => {
  const item = queriedItem(world.agnostic, call);
  world.agnostic.items.delete(textOf(item, 'id'));
  return ok(item);
};

const findItems: Handler = (call, world) => {
  const { page, perPage, total, data } = paged(call, matching(call, itemsOf(world.agnostic, ID), world));
  return ok({ data, page, per_page: perPage, total });
};

export const endpointListRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/endpoint_list', needs: 'exceptions-all', handle: create },
  { method: 'POST', path: ITEMS, needs: 'exceptions-all', handle: createItem },
  { method: 'PUT', path: ITEMS, needs: 'exceptions-all', handle: updateItem },
  { method: 'GET', path: ITEMS, needs: 'exceptions-read', handle: readItem },
  { method: 'DELETE', path: ITEMS, needs: 'exceptions-all', handle: removeItem },
  { method: 'GET', path: `${ITEMS}/_find`, needs: 'exceptions-read', handle: findItems },
];
