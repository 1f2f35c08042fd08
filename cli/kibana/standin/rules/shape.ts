import { own, type Json, type JsonObject } from '../../../text/json.ts';
import { resolveDate } from '../../../fields/dates/index.ts';
import { KnownError } from '../../../text/known-error.ts';
import {
  anything,
  array,
  boolean,
  either,
  faultsOf,
  like,
  literal,
  number,
  object,
  oneOf,
  string,
  type Shape,
} from '../zod.ts';

function isDateMath(text: string): boolean {
  try {
    resolveDate(text, { now: 0, roundUp: false });
    return true;
  } catch (error) {
    if (error instanceof KnownError) return false;
    throw error;
  }
}

const strings = array(string());
const dateMath = like(isDateMath, 'Failed to parse date-math expression');
const language = oneOf('kuery', 'lucene');
const severity = oneOf('low', 'medium', 'high', 'critical');
const exceptionList = object({
  id: string(1),
  list_id: string(1),
  type: string(),
  namespace_type: oneOf('agnostic', 'single'),
});
const action = object({ id: string(1), params: anything, 'action_type_id?': string(), 'group?': string() });

/** Members of every type; `?` marks those that may be left out. */
const COMMON: Readonly<Record<string, Shape>> = {
  name: string(1),
  description: string(1),
  risk_score: number({ minimum: 0, maximum: 100 }),
  severity,
  'rule_id?': string(),
  'version?': number({ minimum: 1 }),
  'enabled?': boolean,
  'interval?': string(1),
  'from?': dateMath,
  'to?': dateMath,
  'max_signals?': number({ minimum: 1 }),
  'tags?': strings,
  'author?': strings,
  'references?': strings,
  'false_positives?': strings,
  'license?': string(),
  'note?': string(),
  'setup?': string(),
  'namespace?': string(),
  'output_index?': string(),
  'throttle?': string(),
  'meta?': object({}),
  'building_block_type?': string(),
  'rule_name_override?': string(),
  'timestamp_override?': string(),
  'timestamp_override_fallback_disabled?': boolean,
  'timeline_id?': string(),
  'timeline_title?': string(),
  'exceptions_list?': array(exceptionList),
  'actions?': array(action),
  'response_actions?': array(object({})),
  'threat?': array(
    object({ framework: string(), tactic: object({ id: string(), name: string(), reference: string() }) }),
  ),
  'risk_score_mapping?': array(object({ field: string() })),
  'severity_mapping?': array(object({ field: string() })),
  'related_integrations?': array(object({ package: string(1), version: string(1), 'integration?': string(1) })),
  'required_fields?': array(object({ name: string(1), type: string(1) })),
  'investigation_fields?': object({ field_names: array(string(1), { minimum: 1 }) }),
};

export const duration = object({ value: number({ minimum: 1 }), unit: oneOf('s', 'm', 'h') });
export const suppression = object({
  group_by: array(string(), { minimum: 1, maximum: 3 }),
  'duration?': duration,
  'missing_fields_strategy?': oneOf('doNotSuppress', 'suppress'),
});
const searched: Readonly<Record<string, Shape>> = {
  'index?': strings,
  'data_view_id?': string(),
  'filters?': array(anything),
};
const kql: Readonly<Record<string, Shape>> = {
  ...searched,
  'saved_id?': string(),
  'language?': language,
  'alert_suppression?': suppression,
};

/** Members of each type beside the common ones (kibana: model/rule_schema/rule_schemas.schema.yaml). */
const TYPES: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  eql: {
    ...searched,
    query: string(),
    language: literal('eql'),
    'event_category_override?': string(),
    'tiebreaker_field?': string(),
    'timestamp_field?': string(),
    'alert_suppression?': suppression,
  },
  query: { ...kql, 'query?': string() },
  saved_query: { ...kql, 'query?': string(), saved_id: string() },
  threshold: {
    ...kql,
    query: string(),
    threshold: object({
      field: either(string(), array(string(), { maximum: 5 })),
      value: number({ minimum: 1 }),
      'cardinality?': array(object({ field: string(), value: number({ minimum: 0 }) })),
    }),
    'alert_suppression?': object({ duration }),
  },
  threat_match: {
    ...kql,
    query: string(),
    threat_query: string(),
    threat_index: strings,
    threat_mapping: array(
      object({
        entries: array(object({ field: string(1), type: literal('mapping'), value: string(1), 'negate?': boolean })),
      }),
      { minimum: 1 },
    ),
    'threat_filters?': array(anything),
    'threat_language?': language,
    'threat_indicator_path?': string(),
    'concurrent_searches?': number({ minimum: 1 }),
    'items_per_search?': number({ minimum: 1 }),
  },
  machine_learning: {
    anomaly_threshold: number({ minimum: 0 }),
    machine_learning_job_id: either(string(), strings),
    'alert_suppression?': suppression,
  },
  new_terms: {
    ...kql,
    query: string(),
    new_terms_fields: array(string(), { minimum: 1, maximum: 3 }),
    history_window_start: string(1),
  },
  esql: { query: string(), language: literal('esql'), 'alert_suppression?': suppression },
};

export const RULE_TYPES: readonly string[] = Object.keys(TYPES);

const typeOf = (body: Json | undefined): string => {
  const type = typeof body === 'object' && body !== null && !Array.isArray(body) ? own(body as JsonObject, 'type') : '';
  return typeof type === 'string' && Object.hasOwn(TYPES, type) ? type : '';
};

const plain = (members: Readonly<Record<string, Shape>>): string[] =>
  Object.keys(members).map((key) => key.replace(/\?$/, ''));

/** Members that a rule of this type can have; all others are dropped without a word. */
export const membersOf = (type: string): ReadonlySet<string> =>
  new Set(['type', ...plain(COMMON), ...plain(TYPES[type] ?? {})]);

/** Faults of a whole rule, as one text; undefined if there are none. */
export function ruleFaults(body: Json | undefined): string | undefined {
  const type = typeOf(body);
  if (type === '') {
    const known = RULE_TYPES.map((one) => `'${one}'`).join(' | ');
    return faultsOf(object({}), body) ?? `type: Invalid discriminator value. Expected ${known}`;
  }
  // Zod reports members in the order of the schema: the type's own ones come last.
  return faultsOf(object({ ...COMMON, ...TYPES[type] }), body);
}

/** Faults of a line of an import: a rule, and its `rule_id` has to be there. */
export const importFaults = (line: Json | undefined): string | undefined =>
  ruleFaults(line) ?? faultsOf(object({ rule_id: string() }), line);

const optional = (members: Readonly<Record<string, Shape>>): Record<string, Shape> =>
  Object.fromEntries(Object.entries(members).map(([key, shape]) => [key.endsWith('?') ? key : `${key}?`, shape]));

/** Faults of the common members of a patch: the schema of the HTTP layer. */
export const patchFaults = (body: Json | undefined): string | undefined => faultsOf(object(optional(COMMON)), body);

/** Faults of a patch's members of the stored rule's type, which are checked later, by the handler. */
export const patchTypeFaults = (type: string, body: Json | undefined): string | undefined =>
  faultsOf(object(optional(TYPES[type] ?? {})), body);
