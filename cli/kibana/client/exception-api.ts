/** Exception lists and their items, one small function a route. */
import type { JsonObject } from '../../text/json.ts';
import { foundOf, objectOf, pagesOf } from './answers.ts';
import type { Transport } from './transport.ts';

const LISTS = '/api/exception_lists';
const ITEMS = '/api/exception_lists/items';

/** `single` lists belong to the space, `agnostic` ones to all spaces. */
export type Namespace = 'single' | 'agnostic';

export interface ListAddress {
  readonly list_id: string;
  readonly namespace_type: Namespace;
}
export interface ItemAddress {
  readonly item_id: string;
  readonly namespace_type: Namespace;
}

export const findExceptionLists = (transport: Transport, namespace: Namespace): Promise<readonly JsonObject[]> =>
  pagesOf(transport, {
    method: 'GET',
    path: `${LISTS}/_find`,
    query: { namespace_type: namespace, sort_field: 'created_at', sort_order: 'asc' },
  });

export const getExceptionList = (transport: Transport, address: ListAddress): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'GET', path: LISTS, query: { ...address } });

/** Not repeatable: a second one would be refused with 409. */
export const createExceptionList = (transport: Transport, list: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'POST', path: LISTS, json: list });

export const replaceExceptionList = (transport: Transport, list: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'PUT', path: LISTS, json: list });

/** With its items. */
export const deleteExceptionList = (transport: Transport, address: ListAddress): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'DELETE', path: LISTS, query: { ...address } });

/** Items of one list that is there; an unknown list is an error. */
export const findExceptionItems = (transport: Transport, address: ListAddress): Promise<readonly JsonObject[]> =>
  pagesOf(transport, {
    method: 'GET',
    path: `${ITEMS}/_find`,
    query: { ...address, sort_field: 'created_at', sort_order: 'asc' },
  });

export const getExceptionItem = (transport: Transport, address: ItemAddress): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'GET', path: ITEMS, query: { ...address } });

export const createExceptionItem = (transport: Transport, item: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'POST', path: ITEMS, json: item });

/** Members that are left out keep their value: to clear one, send the empty value. */
export const replaceExceptionItem = (transport: Transport, item: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'PUT', path: ITEMS, json: item });

export const deleteExceptionItem = (transport: Transport, address: ItemAddress): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'DELETE', path: ITEMS, query: { ...address } });
