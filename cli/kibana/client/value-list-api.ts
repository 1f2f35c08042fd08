/** Value lists and their values, one small function a route. */
import type { JsonObject } from '../../text/json.ts';
import { foundOf, objectOf, pagesOf } from './answers.ts';
import type { Transport } from './transport.ts';

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

/** Adds values to a list that is there: one a line, at most 9,000,000 bytes. Values that it has already stay once. */
export const importValues = (transport: Transport, id: string, values: readonly string[]): Promise<JsonObject> =>
  objectOf(transport, {
    method: 'POST',
    path: `${ITEMS}/_import`,
    query: { list_id: id, refresh: 'true' },
    file: { name: `${id}.txt`, text: values.map((value) => `${value}\n`).join('') },
    repeatable: true,
  });

/** Takes one value out of a list. That it is not there is no error. */
export const deleteValue = async (transport: Transport, id: string, value: string): Promise<void> => {
  await transport.json({
    method: 'DELETE',
    path: ITEMS,
    query: { list_id: id, value, refresh: 'true' },
    accept: [404],
  });
};
