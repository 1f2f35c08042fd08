import { own, type Json, type JsonObject } from '../../../text/json.ts';
import { filtered, sorted, type Searchable } from '../filter.ts';
import { ok, orderOf, paged, RouteError, type Call, type Handler, type Route } from '../route.ts';
import { list, text } from '../values.ts';
import { spaceOf, type World } from '../world.ts';

const keyword = { type: 'keyword' };
const named = { type: 'text', fields: { keyword } };

const ATTRIBUTES = new Set([
  'name',
  'tags',
  'enabled',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'revision',
]);
const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Members whose parts have other names in the saved object. */
const PARTS: Readonly<Record<string, (value: Json) => Json>> = {
  rule_source: (value) => camelKeys(value),
};

function camelKeys(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, one]) => [camel(key), one]));
}

/** A rule is the saved object `alert`; what is not common to all kinds of alerts stands in the flattened `params`. */
const searchable: Searchable = {
  mapping: {
    properties: {
      alert: {
        properties: {
          id: keyword,
          attributes: {
            properties: {
              name: named,
              tags: keyword,
              enabled: { type: 'boolean' },
              alertTypeId: keyword,
              consumer: keyword,
              createdBy: keyword,
              updatedBy: keyword,
              createdAt: { type: 'date' },
              updatedAt: { type: 'date' },
              revision: { type: 'long' },
              schedule: { properties: { interval: keyword } },
              params: { type: 'flattened' },
            },
          },
        },
      },
    },
  },
  document: (rule) => {
    const attributes: Record<string, Json> = {
      alertTypeId: `siem.${camel(text(own(rule, 'type')))}Rule`,
      consumer: 'siem',
      schedule: { interval: own(rule, 'interval') ?? '5m' },
    };
    const params: Record<string, Json> = {};
    for (const [key, value] of Object.entries(rule))
      (ATTRIBUTES.has(key) ? attributes : params)[camel(key)] = Object.hasOwn(PARTS, key)
        ? (PARTS[key]?.(value) ?? value)
        : value;
    return { alert: { id: `alert:${text(own(rule, 'id'))}`, attributes: { ...attributes, params } } };
  },
};

/** Rules of the space that a KQL filter over `alert.attributes` fits. */
export const rulesMatching = (call: Call, world: World, filter: string): readonly JsonObject[] =>
  filtered([...spaceOf(world, call.space).rules.values()], filter, searchable, world.now());

const SORTABLE = [
  'created_at',
  'createdAt',
  'enabled',
  'execution_summary.last_execution.date',
  'execution_summary.last_execution.metrics.execution_gap_duration_s',
  'execution_summary.last_execution.metrics.total_indexing_duration_ms',
  'execution_summary.last_execution.metrics.total_search_duration_ms',
  'execution_summary.last_execution.status',
  'name',
  'risk_score',
  'riskScore',
  'severity',
  'updated_at',
  'updatedAt',
] as const;
const SEVERITIES = ['low', 'medium', 'high', 'critical'];

function sortValue(rule: JsonObject, field: string): Json | undefined {
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const value = own(rule, name);
  if (field === 'severity') return SEVERITIES.indexOf(text(value));
  return typeof value === 'boolean' ? Number(value) : value;
}

function checkTogether(call: Call, names: readonly string[], message: string): void {
  const given = names.filter((name) => call.query.has(name)).length;
  if (given > 0 && given < names.length) throw new RouteError(400, [message]);
}

const find: Handler = (call, world) => {
  const [field, order] = [call.query.get('sort_field'), orderOf(call) ?? null];
  if (field !== null && !(SORTABLE as readonly string[]).includes(field))
    throw new RouteError(
      400,
      `[request query]: sort_field: Invalid enum value. Expected ${SORTABLE.map((one) => `'${one}'`).join(' | ')}, received '${field}'`,
    );
  checkTogether(
    call,
    ['sort_field', 'sort_order'],
    'when "sort_order" and "sort_field" must exist together or not at all',
  );
  checkTogether(
    call,
    ['gaps_range_start', 'gaps_range_end', 'gap_fill_statuses'],
    'Query fields "gap_fill_statuses", "gaps_range_start", and "gaps_range_end" must be specified together',
  );
  const found = rulesMatching(call, world, call.query.get('filter') ?? '');
  const { page, perPage, total, data } = paged(
    call,
    field === null ? found : sorted(found, (rule) => sortValue(rule, field), order),
  );
  return ok({ page, perPage, total, data });
};

const tags: Handler = (call, world) => {
  const all = [...spaceOf(world, call.space).rules.values()].flatMap((rule) => list(own(rule, 'tags')).map(text));
  return ok([...new Set(all)].sort());
};

export const findRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/detection_engine/rules/_find', needs: 'rules-read', handle: find },
  { method: 'GET', path: '/api/detection_engine/tags', needs: 'rules-read', handle: tags },
];
