import { createHash } from 'node:crypto';
import { own, type JsonObject } from '../../text/json.ts';

/** Namespace of our ids (RFC 9562, UUID version 5). It never changes: with another one no connector would be ours any more. */
const NAMESPACE = Buffer.from('5b0f1e0c64f24a7e9d3c8a1f7c2e6b90', 'hex');

/**
 * The id of a connector of ours. Connectors have neither tags nor `meta`, so their id is our mark: whoever knows space and name
 * knows it, before the connector is there and after an interrupted apply. It has to be a UUID, since Kibana refuses other ids for
 * what it encrypts, and differs from space to space, since an id of an isolated saved object is taken in all of them (kibana:
 * actions/server/saved_objects/index.ts, core-saved-objects-utils-server/src/saved_objects_utils.ts).
 */
export function connectorId(space: string, name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(`${space}\0${name}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether a connector of a space was made by us. One of ours that got another name in Kibana is known only by the old name. */
export function isOurConnector(space: string, connector: JsonObject): boolean {
  const name = own(connector, 'name');
  return typeof name === 'string' && own(connector, 'id') === connectorId(space, name);
}
