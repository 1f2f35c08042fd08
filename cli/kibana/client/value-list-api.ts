/** Value lists and their values, one small function a route. */
import { elements, isJsonObject, own, type JsonObject } from '../../text/json.ts';
import { foundOf, objectOf, pagesOf, unexpected } from './answers.ts';
import type { Request, Transport } from './transport.ts';

const LISTS = '/api/lists';
const INDEX = '/api/lists/index';
const ITEMS = '/api/lists/items';

/** Whether the data streams of value lists are there; before that no list can be made, and none is there to be found. */
export const hasValueListIndex = async (transport: Transport): Promise<boolean> =>
  (await foundOf(transport, { method: 'GET', path: INDEX })) !== undefined;

/** Makes the data streams; that both are there already is no error. */
export const createValueListIndex = async (transport: Transport): Promise<void> => {
  await transport.json({ method: 'POST', path: INDEX, accept: [409], repeatable: true });
};

export const findValueLists = (transport: Transport): Promise<readonly JsonObject[]> =>
  pagesOf(transport, { method: 'GET', path: `${LISTS}/_find` });

export const getValueList = (transport: Transport, id: string): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'GET', path: LISTS, query: { id } });

/** Not repeatable: a second one would be refused with 409. */
export const createValueList = (transport: Transport, list: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'POST', path: LISTS, json: list });

/** Replaces name, description and meta; what is left out is removed. */
export const replaceValueList = (transport: Transport, list: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'PUT', path: LISTS, json: list });

/** With its values, whoever refers to it: callers look for references themselves, as the server does not reliably. */
export const deleteValueList = (transport: Transport, id: string): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'DELETE', path: LISTS, query: { id, ignoreReferences: 'true' } });

/** The values, in the order of the server, each once. */
export async function readValues(transport: Transport, id: string): Promise<readonly string[]> {
  const text = await transport.text({
    method: 'POST',
    path: `${ITEMS}/_export`,
    query: { list_id: id },
    repeatable: true,
  });
  return [...new Set(text.split(/\r?\n/).filter((line) => line !== ''))];
}

/**
 * Adds values to a list that is there: one a line, at most 9,000,000 bytes. Kibana answers before they are written, drops those that
 * do not fit the type without a word, and adds once more what is there already: callers read them back
 * (kibana:x-pack/solutions/security/plugins/lists/server/services/items/write_lines_to_bulk_list_items.ts).
 */
export const importValues = (transport: Transport, id: string, values: readonly string[]): Promise<JsonObject> =>
  objectOf(transport, {
    method: 'POST',
    path: `${ITEMS}/_import`,
    query: { list_id: id, refresh: 'true' },
    file: { name: 'values.txt', text: values.map((value) => `${value}\n`).join('') },
    repeatable: true,
  });

/** A value in a list: itself, or the id of its item. */
export type ValueAddress = { readonly list_id: string; readonly value: string } | { readonly id: string };

/** Takes one value out of a list. That it is not there is no error. */
export const deleteValue = async (transport: Transport, address: ValueAddress): Promise<void> => {
  await transport.json({
    method: 'DELETE',
    path: ITEMS,
    query: { ...address, refresh: 'true' },
    accept: [404],
  });
};

const PAGE = 1000;

/** All items of a list, `{ id, value, … }`; with a cursor, as paging ends at 10,000. */
export async function readItems(transport: Transport, id: string): Promise<readonly JsonObject[]> {
  const items: JsonObject[] = [];
  for (let cursor: string | undefined; ;) {
    const query = { list_id: id, per_page: String(PAGE), ...(cursor === undefined ? {} : { cursor }) };
    const request: Request = { method: 'GET', path: `${ITEMS}/_find`, query };
    const body = await objectOf(transport, request);
    const [data, next] = [elements(own(body, 'data')), own(body, 'cursor')];
    items.push(...data.filter(isJsonObject));
    if (data.length < PAGE) return items;
    if (typeof next !== 'string' || next === cursor)
      throw unexpected(transport, request, 'the cursor of the next page');
    cursor = next;
  }
}
