import { bulkRoutes } from './bulk/route.ts';
import { connectorRoutes } from './platform/connectors.ts';
import { spaceRoutes } from './platform/spaces.ts';
import { statusRoutes } from './platform/status.ts';
import { endpointListRoutes } from './exceptions/endpoint-list.ts';
import { exceptionTransferRoutes } from './exceptions/transfer-routes.ts';
import { itemRoutes } from './exceptions/items.ts';
import { listRoutes } from './exceptions/lists.ts';
import { ruleExceptionRoutes } from './exceptions/of-rule.ts';
import type { Route } from './route.ts';
import { crudRoutes } from './rules/crud.ts';
import { exportRoutes } from './rules/export.ts';
import { findRoutes } from './rules/find.ts';
import { importRoutes } from './rules/import.ts';
import { valueItemRoutes } from './values/items.ts';
import { valueListRoutes } from './values/lists.ts';
import { packageRoutes } from './rules/package.ts';
import { previewRoutes } from './preview/route.ts';

/** Every route of the stand-in. A path without `{}` wins over one with it, as it comes first. */
export const routes: readonly Route[] = [
  ...statusRoutes,
  ...spaceRoutes,
  ...connectorRoutes,
  ...findRoutes,
  ...exportRoutes,
  ...importRoutes,
  ...bulkRoutes,
  ...previewRoutes,
  ...packageRoutes,
  ...crudRoutes,
  ...ruleExceptionRoutes,
  ...exceptionTransferRoutes,
  ...listRoutes,
  ...itemRoutes,
  ...endpointListRoutes,
  ...valueListRoutes,
  ...valueItemRoutes,
];
