import { ok, type Handler, type Route } from '../route.ts';
import type { Privilege } from '../world.ts';

/** The version that the stand-in says it is. */
const VERSION = '9.3.1';

const available = { level: 'available', summary: 'All services are available', meta: {} };

/** Without credentials there is only the level, as in Kibana. */
const status: Handler = (call, world) =>
  ok(
    call.anonymous
      ? { status: { overall: { level: 'available' } } }
      : {
          name: 'dac-standin',
          uuid: '00000000-0000-4000-8000-000000000000',
          version: {
            number: VERSION,
            build_hash: '0'.repeat(40),
            build_number: 0,
            build_snapshot: false,
            build_flavor: world.circumstances.flavor,
            build_date: '2026-01-01T00:00:00.000Z',
          },
          status: { overall: available, core: { elasticsearch: available, savedObjects: available }, plugins: {} },
          metrics: {
            last_updated: world.now(),
            collection_interval_in_millis: 5000,
            elasticsearch_client: { totalActiveSockets: 0, totalIdleSockets: 0, totalQueuedRequests: 0 },
          },
        },
  );

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
  { method: 'GET', path: '/api/detection_engine/privileges', handle: privileges },
];
