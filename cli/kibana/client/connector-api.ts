/** Connectors, one small function a route. */
import { isJsonObject, jsonText, own, type JsonObject } from '../../text/json.ts';
import { foundOf, listOf, objectOf } from './answers.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Transport } from './transport.ts';

const CONNECTOR = '/api/actions/connector';

const pathOf = (id: string): string => `${CONNECTOR}/${encodeURIComponent(id)}`;

/** All connectors of the space, `{ id, name, connector_type_id, … }`; secrets are never among it. */
export const readConnectors = (transport: Transport): Promise<readonly JsonObject[]> =>
  listOf(transport, { method: 'GET', path: '/api/actions/connectors' });

/** A saved object that is not there, in the shape of the platform; a route or space that is not there says `Not Found`. */
const isMissing = (body: JsonObject): boolean => jsonText(own(body, 'message')).startsWith('Saved object [action/');

/** The connector, or undefined. */
export const getConnector = (transport: Transport, id: string): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'GET', path: pathOf(id) }, isMissing);

/** Makes a connector with this id; `{ name, connector_type_id, config, secrets }`. Not repeatable: a second one gets 409. */
export const createConnector = (transport: Transport, id: string, connector: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'POST', path: pathOf(id), json: connector });

/** Replaces name, config and secrets; secrets that are left out are lost. */
export const replaceConnector = (transport: Transport, id: string, connector: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'PUT', path: pathOf(id), json: connector });

/** That it is not there is no error. Whoever uses it is not asked: callers look at `referenced_by_count`. */
export async function deleteConnector(transport: Transport, id: string): Promise<void> {
  try {
    await transport.text({ method: 'DELETE', path: pathOf(id) });
  } catch (error) {
    if (!(error instanceof RemoteError) || error.status !== 404 || !isJsonObject(error.body) || !isMissing(error.body))
      throw error;
  }
}
