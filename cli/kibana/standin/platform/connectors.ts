import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { checkedConfig, withDefaults } from './connector-types.ts';
import { ok, PlatformError, type Handler, type Route } from '../route.ts';
import { objects, textOf } from '../values.ts';
import { spaceOf, type Space, type World } from '../world.ts';
import { anything, faultsOf, object, onlyThese, string } from '../zod.ts';

const shape = onlyThese({
  name: string(),
  connector_type_id: string(1),
  'config?': object({}),
  'secrets?': object({}),
});
const changeShape = onlyThese({ name: string(), 'config?': object({}), 'secrets?': anything });

/** True if a secret was sent: the export then says that it is missing. */
const hasSecrets = (secrets: Json | undefined): boolean =>
  isJsonObject(secrets) && Object.values(secrets).some((one) => one !== null);

/** A connector as the space keeps it: without the secrets, which are never shown. */
export const connector = (id: string, type: string, members: JsonObject, secret: boolean): JsonObject => ({
  id,
  name: textOf(members, 'name'),
  connector_type_id: type,
  config: withDefaults(type, own(members, 'config')),
  is_preconfigured: false,
  is_deprecated: false,
  is_missing_secrets: false,
  is_system_action: false,
  /** Of the stand-in alone, and never shown: whether the export has to speak of secrets. */
  secret,
});

/** The connector with this id, be it of the space or of the configuration. */
export const connectorOf = (space: Space, world: World, id: string): JsonObject | undefined =>
  space.connectors.get(id) ?? world.preconfigured.get(id);

const shown = (one: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'secret'));

const missing = (id: string): PlatformError => new PlatformError(404, `Saved object [action/${id}] not found`);

const create: Handler = (call, world) => {
  const faults = faultsOf(shape, call.body);
  if (faults !== undefined || !isJsonObject(call.body)) throw new PlatformError(400, `[request body]: ${faults ?? ''}`);
  const space = spaceOf(world, call.space);
  const id = call.parameters['id'] ?? world.uuid();
  if (world.preconfigured.has(id)) throw new PlatformError(400, `This ${id} already exists in a preconfigured action.`);
  const type = textOf(call.body, 'connector_type_id');
  const config = checkedConfig(type, call.body);
  // An id is taken in every space: connectors are isolated, and of one kind of saved object for all of Kibana.
  if ([...world.spaces.values()].some((one) => one.connectors.has(id)))
    throw new PlatformError(409, `Saved object [action/${id}] conflict`);
  const made = connector(id, type, { ...call.body, config }, hasSecrets(own(call.body, 'secrets')));
  space.connectors.set(id, made);
  return ok(shown(made));
};

const update: Handler = (call, world) => {
  const faults = faultsOf(changeShape, call.body);
  if (faults !== undefined || !isJsonObject(call.body)) throw new PlatformError(400, `[request body]: ${faults ?? ''}`);
  const space = spaceOf(world, call.space);
  const id = call.parameters['id'] ?? '';
  const before = space.connectors.get(id);
  if (world.preconfigured.has(id)) throw new PlatformError(400, `Preconfigured action ${id} can not be updated.`);
  if (before === undefined) throw missing(id);
  const type = textOf(before, 'connector_type_id');
  const config = checkedConfig(type, call.body);
  const made = connector(id, type, { ...call.body, config }, hasSecrets(own(call.body, 'secrets')));
  space.connectors.set(id, made);
  return ok(shown(made));
};

const read: Handler = (call, world) => {
  const id = call.parameters['id'] ?? '';
  const found = connectorOf(spaceOf(world, call.space), world, id);
  if (found === undefined) throw missing(id);
  return ok(shown(found));
};

const remove: Handler = (call, world) => {
  const id = call.parameters['id'] ?? '';
  if (world.preconfigured.has(id)) throw new PlatformError(400, `Preconfigured action ${id} is not allowed to delete.`);
  if (!spaceOf(world, call.space).connectors.delete(id)) throw missing(id);
  return { status: 204 };
};

const all: Handler = (call, world) => {
  const space = spaceOf(world, call.space);
  const uses = new Map<string, number>();
  for (const rule of space.rules.values())
    for (const id of new Set(objects(own(rule, 'actions')).map((action) => textOf(action, 'id'))))
      uses.set(id, (uses.get(id) ?? 0) + 1);
  return ok(
    [...world.preconfigured, ...space.connectors].map(([id, one]) => ({
      ...shown(one),
      referenced_by_count: uses.get(id) ?? 0,
    })),
  );
};

export const connectorRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/actions/connectors', needs: 'connectors-read', handle: all },
  { method: 'POST', path: '/api/actions/connector', needs: 'connectors-all', handle: create },
  { method: 'POST', path: '/api/actions/connector/{id}', needs: 'connectors-all', handle: create },
  { method: 'PUT', path: '/api/actions/connector/{id}', needs: 'connectors-all', handle: update },
  { method: 'GET', path: '/api/actions/connector/{id}', needs: 'connectors-read', handle: read },
  { method: 'DELETE', path: '/api/actions/connector/{id}', needs: 'connectors-all', handle: remove },
];
