import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { connectorOf } from '../platform/connectors.ts';
import { frequency } from '../rules/document.ts';
import { list, objects, text, textOf } from '../values.ts';
import { spaceOf, type World } from '../world.ts';

/** Members to set; null takes one away. `undefined`: the edit changes nothing. Throws an EditError. */
export type Change = JsonObject | undefined;

export class EditError extends Error {
  /** Only a dry run tells the code, and in other words. */
  readonly dry: { readonly message: string; readonly code: string } | undefined;

  constructor(message: string, dry?: { readonly message: string; readonly code: string }) {
    super(message);
    this.dry = dry;
  }
}

const strings = (value: Json | undefined): readonly string[] => list(value).map(text);
const differs = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** `add_`, `delete_` or `set_` on a list of texts; adding what is there or taking what is not changes nothing. */
function combined(verb: string, before: readonly string[], value: readonly string[]): readonly string[] | undefined {
  if (verb === 'set') return value;
  const after = verb === 'add' ? [...new Set([...before, ...value])] : before.filter((one) => !value.includes(one));
  return differs(before, after) ? after : undefined;
}

const VERBS: Readonly<Record<string, string>> = { add: 'added', delete: 'deleted', set: 'overwritten' };

function indexPatterns(verb: string, rule: JsonObject, edit: JsonObject): Change {
  const type = textOf(rule, 'type');
  if (type === 'machine_learning' || type === 'esql') {
    const [what, code] =
      type === 'esql'
        ? ['ES|QL rule', 'ESQL_INDEX_PATTERN']
        : ['Machine learning rule', 'MACHINE_LEARNING_INDEX_PATTERN'];
    throw new EditError(
      `Index patterns can't be ${VERBS[verb] ?? verb}. ${what} doesn't have index patterns property`,
      { message: `${what} doesn't have index patterns`, code },
    );
  }
  const hasView = own(rule, 'data_view_id') !== undefined;
  const overwrite = own(edit, 'overwrite_data_views') === true;
  if (hasView && !overwrite) return undefined;
  const after = combined(verb, strings(own(rule, 'index')), strings(own(edit, 'value')));
  if (after === undefined) return undefined;
  if (after.length === 0) throw new EditError("Mutated params invalid: Index patterns can't be empty");
  return { index: after, ...(hasView ? { data_view_id: null } : {}) };
}

function investigationFields(verb: string, rule: JsonObject, edit: JsonObject): Change {
  const names = (value: Json | undefined): readonly string[] =>
    isJsonObject(value) ? strings(own(value, 'field_names')) : [];
  const after = combined(verb, names(own(rule, 'investigation_fields')), names(own(edit, 'value')));
  return after === undefined ? undefined : { investigation_fields: after.length === 0 ? null : { field_names: after } };
}

function actions(verb: string, rule: JsonObject, value: JsonObject, space: string, world: World): Change {
  const given = objects(own(value, 'actions')).map((action) => {
    const id = textOf(action, 'id');
    const connector = connectorOf(spaceOf(world, space), world, id);
    if (connector === undefined) throw new EditError(`Saved object [action/${id}] not found`);
    return {
      ...action,
      action_type_id: textOf(connector, 'connector_type_id'),
      frequency: own(action, 'frequency') ?? frequency(own(value, 'throttle')),
    };
  });
  if (verb === 'set') return { actions: given };
  return given.length === 0 ? undefined : { actions: [...objects(own(rule, 'actions')), ...given] };
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const seconds = (interval: string): number => Number(interval.slice(0, -1)) * (UNITS[interval.slice(-1)] ?? 0);

function schedule(rule: JsonObject, value: JsonObject): Change {
  const [interval, lookback] = [textOf(value, 'interval'), textOf(value, 'lookback')];
  const meta = own(rule, 'meta');
  return {
    interval,
    from: `now-${seconds(interval) + seconds(lookback)}s`,
    meta: { ...(isJsonObject(meta) ? meta : {}), from: lookback },
  };
}

function suppression(rule: JsonObject, value: JsonObject): Change {
  if (textOf(rule, 'type') === 'threshold') {
    const message =
      "Threshold rule doesn't support this action. Use 'set_alert_suppression_for_threshold' action instead";
    throw new EditError(message, { message, code: 'THRESHOLD_RULE_TYPE_IN_SUPPRESSION' });
  }
  return { alert_suppression: { missing_fields_strategy: 'suppress', ...value } };
}

function thresholdSuppression(rule: JsonObject, value: JsonObject): Change {
  const type = textOf(rule, 'type');
  if (type !== 'threshold') {
    const message = `${type} rule type doesn't support this action. Use 'set_alert_suppression' action instead.`;
    throw new EditError(message, { message, code: 'UNSUPPORTED_RULE_IN_SUPPRESSION_FOR_THRESHOLD' });
  }
  return { alert_suppression: value };
}

/** True for edits of alert suppression, which need a licence. */
export const isSuppressionEdit = (edit: JsonObject): boolean => textOf(edit, 'type').includes('alert_suppression');

/** What one edit changes in a rule (kibana: logic/bulk_actions/rule_params_modifier.ts, action_to_rules_client_operation.ts). */
export function edited(rule: JsonObject, edit: JsonObject, space: string, world: World): Change {
  const type = textOf(edit, 'type');
  const written = own(edit, 'value');
  const value = isJsonObject(written) ? written : {};
  const [verb = ''] = type.split('_');
  switch (type) {
    case 'add_tags':
    case 'delete_tags':
    case 'set_tags': {
      const tags = combined(verb, strings(own(rule, 'tags')), strings(written));
      return tags === undefined ? undefined : { tags };
    }
    case 'add_index_patterns':
    case 'delete_index_patterns':
    case 'set_index_patterns':
      return indexPatterns(verb, rule, edit);
    case 'add_investigation_fields':
    case 'delete_investigation_fields':
    case 'set_investigation_fields':
      return investigationFields(verb, rule, edit);
    case 'add_rule_actions':
    case 'set_rule_actions':
      return actions(verb, rule, value, space, world);
    case 'set_timeline':
      return {
        timeline_id: textOf(value, 'timeline_id') || null,
        timeline_title: textOf(value, 'timeline_title') || null,
      };
    case 'set_schedule':
      return schedule(rule, value);
    case 'set_alert_suppression':
      return suppression(rule, value);
    case 'set_alert_suppression_for_threshold':
      return thresholdSuppression(rule, value);
    case 'delete_alert_suppression':
      return { alert_suppression: null };
    default:
      throw new EditError(`no such edit: ${type}`);
  }
}
