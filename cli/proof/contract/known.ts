import { isJsonObject, type Json } from '../../text/json.ts';
import type { Violation } from './contract.ts';

interface Known extends Pick<Violation, 'route' | 'status' | 'part'> {
  /** Absent: anywhere in the part. */
  readonly pointer?: string;
  /** Begins with where Kibana does it. */
  readonly evidence: string;
}

const LISTS = 'kibana:x-pack/solutions/security/plugins/lists/server/routes';
const DETECTIONS = 'kibana:x-pack/solutions/security/plugins/security_solution/server/lib/detection_engine';
const SPACES = 'kibana:x-pack/platform/plugins/shared/spaces/server';

/** Where Kibana does what the contract does not say, or where the stand-in says that it is simpler. */
export const KNOWN: readonly Known[] = [
  {
    route: 'PUT /api/exception_lists',
    status: 409,
    part: 'status',
    evidence: `${LISTS}/update_exception_list_route.ts: a stale _version is the saved object's conflict, passed on by transformError`,
  },
  {
    route: 'PUT /api/exception_lists/items',
    status: 409,
    part: 'status',
    evidence: `${LISTS}/update_exception_list_item_route.ts: a stale _version is the saved object's conflict, passed on by transformError`,
  },
  ...[200, 404].map((status): Known => ({
    route: 'GET /api/data_views/data_view/view-1',
    status,
    part: 'route',
    evidence:
      'kibana:src/platform/plugins/shared/data_views/server/rest_api_routes/public/get_data_view.ts: the contract holds no data views',
  })),
  {
    route: 'POST /.preview.alerts-security.alerts-default/_refresh',
    status: 400,
    part: 'route',
    evidence: 'a request to Elasticsearch, in a test that gives the address of Kibana for it; Kibana refuses it',
  },
  {
    route: 'PUT /api/lists',
    status: 409,
    part: 'status',
    evidence: `${LISTS}/list/update_list_route.ts: a stale _version, as Kibana's own test of it expects (lists/update_lists.ts)`,
  },
  {
    route: 'DELETE /api/lists',
    status: 409,
    part: 'status',
    evidence: `${LISTS}/list/delete_list_route.ts: the list is referenced by exception items`,
  },
  {
    route: 'GET /api/lists/items/_find',
    status: 404,
    part: 'status',
    evidence: `${LISTS}/list_item/find_list_item_route.ts: no such list`,
  },
  {
    route: 'POST /api/lists/items',
    status: 404,
    part: 'response',
    evidence: `${LISTS}/list_item/create_list_item_route.ts: no such list is an error of the handler, {message, status_code}`,
  },
  {
    route: 'PUT /api/exception_lists/items',
    status: 403,
    part: 'response',
    evidence: `${LISTS}/update_exception_list_item_route.ts: deleting a comment is an error of the handler, {message, status_code}`,
  },
  {
    route: 'POST /api/exception_lists/_duplicate',
    status: 404,
    part: 'response',
    evidence: `${LISTS}/duplicate_exception_list_route.ts: no such list is an error of the handler, {message, status_code}`,
  },
  {
    route: 'POST /api/detection_engine/rules/_bulk_action',
    status: 400,
    part: 'status',
    evidence: `${DETECTIONS}/rule_management/api/rules/bulk_actions/route.ts: too many rules, ids with a query, dry run of an export`,
  },
  {
    route: 'POST /api/detection_engine/rules/_bulk_action',
    status: 429,
    part: 'status',
    evidence: `${DETECTIONS}/rule_management/api/rules/bulk_actions/route.ts: five at once (routeLimitedConcurrencyTag)`,
  },
  {
    route: 'GET /api/spaces/space',
    status: 200,
    part: 'query',
    pointer: 'include_authorized_purposes',
    evidence: `${SPACES}/routes/api/external/get_all.ts: may be left out; the contract calls it required and, in the same breath, x-oas-optional`,
  },
  {
    route: 'DELETE /api/spaces/space/{id}',
    status: 400,
    part: 'status',
    evidence: `${SPACES}/spaces_client/spaces_client.ts: a reserved space is a bad request`,
  },
  {
    route: 'POST /api/detection_engine/rules/_bulk_action',
    status: 403,
    part: 'status',
    evidence: `${DETECTIONS}/rule_management/api/rules/bulk_actions/route.ts: no licence for editing alert suppression`,
  },
  {
    route: 'POST /api/lists/items/_import',
    status: 415,
    part: 'status',
    evidence: `${LISTS}/list_item/import_list_item_route.ts: neither .txt nor .csv; Kibana's own test expects it (items/import_list_items.ts)`,
  },
  // The contract wants exactly one of the types' schemas to fit, whatever connector_type_id says; as they are open and many have
  // optional members only, none or several fit what Kibana's own tests send (rule_bulk_actions/perform_bulk_action.ts: .slack).
  ...['POST /api/actions/connector', 'POST /api/actions/connector/{id}', 'PUT /api/actions/connector/{id}'].flatMap(
    (route) =>
      ['/config', '/secrets'].map((pointer): Known => {
        const evidence =
          'kibana:x-pack/platform/plugins/shared/actions/server/routes/connector/create: config and secrets are any record';
        return { route, status: 200, part: 'request', pointer, evidence };
      }),
  ),
];

/**
 * What the HTTP layer answers before any route is asked, whatever the contract says of the route: no credentials, no privilege, no
 * such space, a body that is too large or of a type that the route does not take (kibana:src/core/packages/http/server-internal).
 */
const HTTP_LAYER: readonly number[] = [401, 403, 404, 413, 415];

/** True: an answer of the HTTP layer, `{statusCode, error, message}`. */
export const isOfHttpLayer = (status: number, body: Json | undefined): boolean =>
  HTTP_LAYER.includes(status) &&
  isJsonObject(body) &&
  Object.keys(body).sort().join() === 'error,message,statusCode' &&
  body['statusCode'] === status;

/** True: the contract is wrong here, or says less than Kibana does. */
export const isKnown = (violation: Violation): boolean =>
  KNOWN.some(
    ({ route, status, part, pointer }) =>
      route === violation.route &&
      status === violation.status &&
      part === violation.part &&
      (pointer === undefined || pointer === violation.pointer),
  );
