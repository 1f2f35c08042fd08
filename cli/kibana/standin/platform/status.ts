import { ok, type Handler, type Route } from '../route.ts';
import type { Privilege } from '../world.ts';

const status: Handler = () =>
  ok({
    name: 'dac-standin',
    version: { number: '9.3.1', build_flavor: 'traditional', build_snapshot: false },
    status: { overall: { level: 'available', summary: 'All services are available' } },
  });

const spaces: Handler = (_, world) =>
  ok([...world.spaces].map(([id, space]) => ({ id, name: space.name, disabledFeatures: [] })));

const space: Handler = (call, world) => {
  const id = call.parameters['id'] ?? '';
  const found = world.spaces.get(id);
  if (found === undefined) return { status: 404, body: { statusCode: 404, error: 'Not Found', message: 'Not Found' } };
  return ok({ id, name: found.name, disabledFeatures: [] });
};

/** What the caller may do with the indices that rules and lists write to. */
const privileges: Handler = (call, world) => {
  const may = (privilege: Privilege): boolean => !world.circumstances.missing.has(privilege);
  const index = (read: boolean, write: boolean): Record<string, boolean> => ({
    all: read && write,
    read,
    write,
    maintenance: write,
    view_index_metadata: read,
    manage: write,
  });
  return ok({
    username: call.user,
    has_all_requested: world.circumstances.missing.size === 0,
    cluster: { all: true, manage: true, monitor: true, manage_api_key: true },
    index: {
      [`.alerts-security.alerts-${call.space}`]: index(may('rules-read'), may('rules-all')),
      [`.lists-${call.space}`]: index(may('lists-read'), may('lists-all')),
      [`.items-${call.space}`]: index(may('lists-read'), may('lists-all')),
    },
    application: {},
    is_authenticated: true,
    has_encryption_key: true,
  });
};

export const statusRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/status', handle: status },
  { method: 'GET', path: '/api/spaces/space', handle: spaces },
  { method: 'GET', path: '/api/spaces/space/{id}', handle: space },
  { method: 'GET', path: '/api/detection_engine/privileges', handle: privileges },
];
