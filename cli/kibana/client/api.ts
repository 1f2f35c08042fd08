/** One small function a route: rules, status. Lists and connectors have files of their own. */
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { foundOf, linesOf, objectOf, pagesOf, unexpected } from './answers.ts';
import type { Request, Transport } from './transport.ts';

const RULES = '/api/detection_engine/rules';

/** Which Kibana answers. `version` is absent where an unauthenticated or redacted answer does not say it. */
export interface Status {
  readonly version?: string;
  readonly serverless: boolean;
}

export async function readStatus(transport: Transport): Promise<Status> {
  // A Kibana that is not well answers 503 with the same body: what it says still counts, what it can do shows later.
  const body = await objectOf(transport, { method: 'GET', path: '/api/status', accept: [503] });
  const version = own(body, 'version');
  const number = isJsonObject(version) ? own(version, 'number') : undefined;
  const flavor = isJsonObject(version) ? own(version, 'build_flavor') : undefined;
  return { ...(typeof number === 'string' ? { version: number } : {}), serverless: flavor === 'serverless' };
}

/** What `_export` gives, by kind. */
export interface Exported {
  readonly rules: readonly JsonObject[];
  readonly exceptionLists: readonly JsonObject[];
  readonly exceptionItems: readonly JsonObject[];
  readonly connectors: readonly JsonObject[];
  /** Asked for by rule_id and not there. */
  readonly missingRules: readonly string[];
}

/** The kind of a line: lists and items have list_id, items item_id as well, connectors are saved objects. */
function kindOf(line: JsonObject): 'rules' | 'exceptionLists' | 'exceptionItems' | 'connectors' | 'details' {
  if (Object.hasOwn(line, 'exported_count')) return 'details';
  if (Object.hasOwn(line, 'item_id')) return 'exceptionItems';
  if (Object.hasOwn(line, 'rule_id')) return 'rules';
  if (Object.hasOwn(line, 'list_id')) return 'exceptionLists';
  return 'connectors';
}

/**
 * All rules of the space, or those with these rule_ids, with the exception lists and connectors that they use. More than
 * 10,000 rules in the space are refused by Kibana with 400. An answer whose last line does not agree with what came is an
 * error: it was cut, or is not from Kibana.
 */
export async function exportRules(transport: Transport, ruleIds?: readonly string[]): Promise<Exported> {
  const request: Request = {
    method: 'POST',
    path: `${RULES}/_export`,
    repeatable: true,
    ...(ruleIds === undefined ? {} : { json: { objects: ruleIds.map((rule_id) => ({ rule_id })) } }),
  };
  const lines = await linesOf(transport, request);
  const by = (kind: ReturnType<typeof kindOf>): JsonObject[] => lines.filter((line) => kindOf(line) === kind);
  const rules = by('rules');
  const details = by('details').at(-1);
  if (details === undefined || own(details, 'exported_rules_count') !== rules.length)
    throw unexpected(transport, request, 'a whole export: its last line does not agree with the rest');
  const missing = own(details, 'missing_rules');
  return {
    rules,
    exceptionLists: by('exceptionLists'),
    exceptionItems: by('exceptionItems'),
    connectors: by('connectors'),
    missingRules: (Array.isArray(missing) ? (missing as readonly Json[]) : []).flatMap((one) => {
      const id = isJsonObject(one) ? own(one, 'rule_id') : undefined;
      return typeof id === 'string' ? [id] : [];
    }),
  };
}

/** All rules that a KQL filter over saved-object attributes fits, in a fixed order. */
export const findRules = (transport: Transport, filter?: string): Promise<readonly JsonObject[]> =>
  pagesOf(transport, {
    method: 'GET',
    path: `${RULES}/_find`,
    query: { sort_field: 'name', sort_order: 'asc', ...(filter === undefined ? {} : { filter }) },
  });

export type RuleAddress = { readonly id: string } | { readonly rule_id: string };

/** The rule, or undefined. */
export const getRule = (transport: Transport, address: RuleAddress): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'GET', path: RULES, query: { ...address } });

/** Not repeatable: a second one would be refused with 409. */
export const createRule = (transport: Transport, rule: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'POST', path: RULES, json: rule });

/** Replaces the whole rule but `enabled` and `version` where they are left out. */
export const replaceRule = (transport: Transport, rule: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'PUT', path: RULES, json: rule });

/** Sets these members; none can be unset, only emptied. */
export const patchRule = (transport: Transport, address: RuleAddress, members: JsonObject): Promise<JsonObject> =>
  objectOf(transport, { method: 'PATCH', path: RULES, json: { ...address, ...members }, repeatable: true });

/** The rule that was deleted, or undefined if there was none. */
export const deleteRule = (transport: Transport, address: RuleAddress): Promise<JsonObject | undefined> =>
  foundOf(transport, { method: 'DELETE', path: RULES, query: { ...address } });

export interface BulkResult {
  /** False: some failed; `attributes.errors` in the body says which and why. */
  readonly success: boolean;
  readonly body: JsonObject;
}

/**
 * One action on up to 100 rules by their ids, or on all that a query fits. A failure in part comes as 500 with the results of
 * the rules that did succeed; it is an answer here, not an error. `repeatable`: enable, disable and dry runs.
 */
export async function bulkAction(
  transport: Transport,
  action: JsonObject,
  options: { readonly dryRun?: boolean; readonly repeatable?: boolean } = {},
): Promise<BulkResult> {
  const request: Request = {
    method: 'POST',
    path: `${RULES}/_bulk_action`,
    json: action,
    accept: [500],
    repeatable: options.dryRun === true || options.repeatable === true,
    ...(options.dryRun === true ? { query: { dry_run: 'true' } } : {}),
  };
  const body = await objectOf(transport, request);
  if (!isJsonObject(own(body, 'attributes'))) throw unexpected(transport, request, 'the result of a bulk action');
  return { success: own(body, 'success') === true, body };
}
