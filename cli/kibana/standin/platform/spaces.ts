import type { JsonObject } from '../../../text/json.ts';
import { bodyOf } from '../exceptions/lists.ts';
import { ok, PlatformError, type Handler, type Route } from '../route.ts';
import { textOf } from '../values.ts';
import { emptySpace, type Space } from '../world.ts';
import { array, boolean, like, oneOf, onlyThese, string } from '../zod.ts';

const PATH = '/api/spaces/space';
const id = like((text) => /^[a-z0-9_-]+$/.test(text), 'must be lower case, a-z, 0-9, "_", and "-" are allowed');
const rest = {
  'description?': string(),
  'initials?': string(),
  'color?': string(),
  'disabledFeatures?': array(string()),
  'imageUrl?': string(),
  'solution?': oneOf('security', 'oblt', 'es', 'classic'),
  '_reserved?': boolean,
};
const shape = onlyThese({ id, name: string(1), ...rest });

const shown = (id: string, space: Space): JsonObject => ({ id, name: space.name, disabledFeatures: [] });

const all: Handler = (_, world) => ok([...world.spaces].map(([id, space]) => shown(id, space)));

const create: Handler = (call, world) => {
  const body = bodyOf(call, shape);
  const id = textOf(body, 'id');
  if (world.spaces.has(id)) throw new PlatformError(409, `A space with the identifier ${id} already exists.`);
  const space = emptySpace(textOf(body, 'name'));
  world.spaces.set(id, space);
  return ok(shown(id, space));
};

const named = (call: Parameters<Handler>[0], world: Parameters<Handler>[1]): readonly [string, Space] => {
  const id = call.parameters['id'] ?? '';
  const space = world.spaces.get(id);
  if (space === undefined) throw new PlatformError(404, 'Not Found');
  return [id, space];
};

const read: Handler = (call, world) => ok(shown(...named(call, world)));

const update: Handler = (call, world) => {
  const body = bodyOf(call, shape);
  const [id, space] = named(call, world);
  const renamed = { ...space, name: textOf(body, 'name') };
  world.spaces.set(id, renamed);
  return ok(shown(id, renamed));
};

/** All that is in the space goes with it. */
const remove: Handler = (call, world) => {
  const [id] = named(call, world);
  if (id === 'default') throw new PlatformError(400, 'The default space cannot be deleted because it is reserved.');
  world.spaces.delete(id);
  return { status: 204 };
};

export const spaceRoutes: readonly Route[] = [
  { method: 'GET', path: PATH, handle: all },
  { method: 'POST', path: PATH, handle: create },
  { method: 'GET', path: `${PATH}/{id}`, handle: read },
  { method: 'PUT', path: `${PATH}/{id}`, handle: update },
  { method: 'DELETE', path: `${PATH}/{id}`, handle: remove },
];
