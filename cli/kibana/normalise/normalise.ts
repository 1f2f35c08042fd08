import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { oneLine } from '../../rule/api.ts';
import { defaultsOf } from './defaults.ts';
import { COMPUTED, unknownMembers } from './known.ts';

/** Members that `type` does not have are dropped by the server (kibana: rule_schemas.schema.yaml). */
const NOT_OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  esql: ['index', 'data_view_id', 'filters'],
  machine_learning: ['index', 'data_view_id', 'filters', 'query', 'language'],
  new_terms: ['saved_id'],
};

/** Members whose order means nothing. */
export const SETS: ReadonlySet<string> = new Set(['tags']);

const DEFAULT_FREQUENCY: JsonObject = { summary: true, notifyWhen: 'onActiveAlert', throttle: null };

/** Rule-level throttle as the frequency of an action (kibana: normalization/rule_actions.ts). */
function frequencyOf(throttle: Json | undefined): JsonObject {
  if (typeof throttle !== 'string' || throttle === 'no_actions' || throttle === 'rule') return DEFAULT_FREQUENCY;
  return { summary: true, notifyWhen: 'onThrottleInterval', throttle };
}

const frequency = (action: JsonObject, rule: JsonObject): JsonObject => {
  const given = own(action, 'frequency');
  return isJsonObject(given) ? given : frequencyOf(own(rule, 'throttle'));
};

const without = (value: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

const each = (value: Json, change: (one: JsonObject) => Json): Json =>
  Array.isArray(value) ? (value as readonly Json[]).map((one) => (isJsonObject(one) ? change(one) : one)) : value;

const asList = (value: Json): Json => (Array.isArray(value) ? (value as readonly Json[]) : value === '' ? [] : [value]);

/** Addresses of ATT&CK and ATLAS end in a slash, as in `toApi`. */
function withSlashes(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withSlashes);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === 'reference' && typeof one === 'string' && !one.endsWith('/') ? `${one}/` : withSlashes(one),
    ]),
  );
}

/** Without members that are null: a file has no null, and to Kibana they are the same as absent. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === null ? [] : [[key, withoutNulls(one)]])),
  );
}

/** One member in the form that both sides have in common. */
function member(key: string, value: Json, rule: JsonObject): Json | undefined {
  switch (key) {
    case 'actions':
      return each(value, (action) => ({
        group: 'default',
        ...without(action, ['uuid']),
        frequency: { throttle: null, ...frequency(action, rule) },
      }));
    case 'description':
      // Files wrap prose at their margin; where it breaks says nothing.
      return typeof value === 'string' ? oneLine(value) : value;
    case 'false_positives':
      return Array.isArray(value) ? (value as readonly Json[]).map((one) => (typeof one === 'string' ? oneLine(one) : one)) : value; // prettier-ignore
    case 'exceptions_list':
      return each(value, (list) => without(list, ['id']));
    case 'required_fields':
      return each(value, (field) => without(field, ['ecs']));
    case 'machine_learning_job_id':
      return asList(value);
    case 'threshold':
      return isJsonObject(value) ? { cardinality: [], ...value, field: asList(own(value, 'field') ?? []) } : value;
    case 'alert_suppression': {
      if (!isJsonObject(value)) return value;
      const duration = own(value, 'duration');
      if (own(rule, 'type') === 'threshold') return duration === undefined ? undefined : { duration };
      return { missing_fields_strategy: 'suppress', ...value };
    }
    case 'threat':
      // The UI saves an empty list of techniques where there was none.
      return each(value, (entry) => withSlashes({ technique: [], ...entry }));
    case 'investigation_fields':
      return Array.isArray(value) ? { field_names: value } : value;
    default:
      if (SETS.has(key) && Array.isArray(value)) return [...(value as readonly Json[])].sort();
      return value;
  }
}

const isEmpty = (value: Json): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * A rule document in the one form in which a rule that was sent and the same rule read back are equal: defaults filled in,
 * computed and unknown members out, rewritten members as the server writes them. Works on either side; normalising twice changes nothing.
 * `meta` counts only if asked for: the UI writes members of its own into it.
 */
export function normalise(rule: JsonObject, options: { readonly meta?: boolean } = {}): JsonObject {
  const type = own(rule, 'type');
  const name = typeof type === 'string' ? type : '';
  const dropped = new Set([
    ...(Object.hasOwn(NOT_OF_TYPE, name) ? (NOT_OF_TYPE[name] ?? []) : []),
    ...unknownMembers(rule),
  ]);
  const given = Object.fromEntries(
    Object.entries(rule).filter(([key, value]) => value !== null && !COMPUTED.has(key) && !dropped.has(key)),
  );
  if (options.meta !== true) delete (given as Record<string, Json>)['meta'];
  const entries = Object.entries({ ...defaultsOf(name), ...given }).flatMap(([key, value]): [string, Json][] => {
    const common = member(key, withoutNulls(value), rule);
    if (common === undefined) return [];
    // Absent and empty are the same for members without a default.
    return isEmpty(common) && !Object.hasOwn(defaultsOf(name), key) ? [] : [[key, common]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
