import { ok, type Route } from './route.ts';
import { crudRoutes } from './rules/crud.ts';

/** Every route of the stand-in. */
export const routes: readonly Route[] = [
  ...crudRoutes,
  {
    method: 'GET',
    path: '/api/status',
    handle: () =>
      ok({
        name: 'dac-standin',
        status: { overall: { level: 'available' } },
        version: { number: '9.3.1', build_flavor: 'traditional' },
      }),
  },
];
