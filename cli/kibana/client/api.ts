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

export interface ImportOptions {
  readonly overwrite: boolean;
  readonly overwriteExceptions?: boolean;
  readonly overwriteConnectors?: boolean;
}

export interface Imported {
  readonly success: boolean;
  /** Rules that were stored. */
  readonly successCount: number;
  /**
   * Faults by rule. One with the id of a rule does not mean that the rule was not stored: a removed exception reference is
   * reported the same way. Read the rules again to know.
   */
  readonly errors: readonly {
    readonly ruleId?: string;
    readonly id?: string;
    readonly status: number;
    readonly message: string;
  }[];
  /** The whole answer: exceptions and connectors have members of their own. */
  readonly body: JsonObject;
}

/**
 * Imports lines of NDJSON, at most 10,000 objects and 10 MiB. Only with `overwrite` may it be sent again after a fault of the
 * network: the second time it stores the same.
 */
export async function importRules(
  transport: Transport,
  lines: readonly JsonObject[],
  options: ImportOptions,
): Promise<Imported> {
  const request: Request = {
    method: 'POST',
    path: `${RULES}/_import`,
    query: {
      overwrite: String(options.overwrite),
      overwrite_exceptions: String(options.overwriteExceptions === true),
      overwrite_action_connectors: String(options.overwriteConnectors === true),
    },
    file: { name: 'import.ndjson', text: lines.map((line) => `${JSON.stringify(line)}\n`).join('') },
    repeatable: options.overwrite,
  };
  const body = await objectOf(transport, request);
  const success = own(body, 'success');
  const successCount = own(body, 'success_count');
  const errors = own(body, 'errors');
  if (typeof success !== 'boolean' || typeof successCount !== 'number' || !Array.isArray(errors))
    throw unexpected(transport, request, 'the result of an import');
  return { success, successCount, errors: (errors as readonly Json[]).map(importError), body };
}

function importError(value: Json): Imported['errors'][number] {
  const one = isJsonObject(value) ? value : {};
  const error = own(one, 'error');
  const inner = isJsonObject(error) ? error : {};
  const ruleId = own(one, 'rule_id');
  const id = own(one, 'id');
  const status = own(inner, 'status_code');
  const message = own(inner, 'message');
  return {
    ...(typeof ruleId === 'string' ? { ruleId } : {}),
    ...(typeof id === 'string' ? { id } : {}),
    status: typeof status === 'number' ? status : 500,
    message: typeof message === 'string' ? message : JSON.stringify(message ?? value),
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
