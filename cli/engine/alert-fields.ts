import type { Event } from '../fields/event.ts';
import { compileGetter } from '../fields/values/getter.ts';
import type { Rule, RuleType } from '../rule/rule.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import type { Alert } from './alert.ts';
import { nameOf, riskScoreOf, severityOf } from './overrides.ts';

/** Ids and names of the rule types in Kibana (kibana: packages/kbn-securitysolution-rules rule_type_constants.ts). */
const RULE_TYPES: Readonly<Record<RuleType, readonly [id: string, category: string]>> = {
  query: ['siem.queryRule', 'Custom Query Rule'],
  saved_query: ['siem.savedQueryRule', 'Saved Query Rule'],
  eql: ['siem.eqlRule', 'Event Correlation Rule'],
  esql: ['siem.esqlRule', 'ES|QL Rule'],
  threshold: ['siem.thresholdRule', 'Threshold Rule'],
  threat_match: ['siem.indicatorRule', 'Indicator Match Rule'],
  new_terms: ['siem.newTermsRule', 'New Terms Rule'],
  machine_learning: ['siem.mlRule', 'Machine Learning Rule'],
};

/** Keys of the rule that every alert carries as `kibana.alert.rule.<key>`, as they stand in the file. */
const COPIED = [
  'rule_id', 'type', 'description', 'severity', 'risk_score', 'severity_mapping', 'risk_score_mapping',
  'rule_name_override', 'author', 'license', 'false_positives', 'references', 'tags', 'threat', 'note', 'from', 'to',
  'interval', 'max_signals', 'timestamp_override', 'building_block_type', 'timeline_id', 'timeline_title',
] as const; // prettier-ignore

/** Names of all fields that `alertOf` may write, and of nothing else below `kibana.`; groups end in a dot. */
export const ALERT_FIELDS: readonly string[] = [
  'kibana.alert.severity', 'kibana.alert.risk_score', 'kibana.alert.status', 'kibana.alert.workflow_status',
  'kibana.alert.depth', 'kibana.alert.original_time', 'kibana.alert.building_block_type', 'kibana.alert.ancestors',
  'kibana.alert.original_event.', 'kibana.alert.original_data_stream.', 'kibana.alert.suppression.terms',
  'kibana.alert.suppression.docs_count', 'kibana.alert.suppression.start', 'kibana.alert.suppression.end',
  'kibana.alert.group.id', 'kibana.alert.group.index', 'kibana.alert.threshold_result.', 'kibana.alert.new_terms',
  'kibana.alert.rule.name', 'kibana.alert.rule.version', 'kibana.alert.rule.indices', 'kibana.alert.rule.rule_type_id',
  'kibana.alert.rule.category', 'kibana.alert.rule.producer', 'kibana.alert.rule.consumer',
  ...COPIED.map((key) => `kibana.alert.rule.${key}`),
]; // prettier-ignore

/** What stands below a key of the source, by dotted names one level deep, as Kibana copies `event.*`. */
function below(source: JsonObject, key: string, prefix: string): Record<string, Json> {
  const found: Record<string, Json> = {};
  const inner = own(source, key);
  if (isJsonObject(inner)) for (const name of Object.keys(inner)) found[`${prefix}.${name}`] = own(inner, name) ?? null;
  for (const name of Object.keys(source))
    if (name.startsWith(`${key}.`)) found[`${prefix}.${name.slice(key.length + 1)}`] = own(source, name) ?? null;
  return found;
}

const first = (event: Event, field: string): Json | undefined =>
  compileGetter(field)(event.source).find((value) => value !== null);

/** An event is the alert's ancestor of depth 0; an event that is itself an alert stands behind its own ancestors. */
function ancestry(event: Event): { readonly ancestors: readonly Json[]; readonly depth: number } {
  const depth = first(event, 'kibana.alert.depth');
  const above = compileGetter('kibana.alert.ancestors', { objects: true })(event.source);
  if (typeof depth !== 'number' || above.length === 0)
    return { ancestors: [{ id: event.id, type: 'event', index: event.index, depth: 0 }], depth: 1 };
  const rule = first(event, 'kibana.alert.rule.uuid');
  return {
    ancestors: [
      ...above,
      { id: event.id, type: 'signal', index: event.index, depth, ...(rule === undefined ? {} : { rule }) },
    ],
    depth: depth + 1,
  };
}

/**
 * The fields that Kibana writes on an alert and that do not depend on when and where the rule runs, by dotted name.
 * `kibana.alert.severity`, `risk_score` and `rule.name` are after the rule's mappings and overrides;
 * `kibana.alert.rule.severity` and `rule.risk_score` are the rule's own (kibana: rule_types/factories/utils/build_alert.ts).
 * `more` holds what a rule type adds, such as `kibana.alert.suppression.docs_count`.
 */
export function alertOf(rule: Rule, events: readonly Event[], more: JsonObject = {}): Alert {
  const [event] = events;
  if (event === undefined) throw new Error('an alert without an event');
  const { body } = rule;
  const time = first(event, '@timestamp');
  const { ancestors, depth } = ancestry(event);
  const [id, category] = RULE_TYPES[body.type];
  const copied = COPIED.flatMap((key): [string, Json][] => {
    const value = body[key];
    return value === undefined ? [] : [[`kibana.alert.rule.${key}`, value as Json]];
  });
  const fields: Record<string, Json> = {
    'event.kind': 'signal',
    'kibana.alert.severity': severityOf(rule, event),
    'kibana.alert.risk_score': riskScoreOf(rule, event),
    'kibana.alert.status': 'active',
    'kibana.alert.workflow_status': 'open',
    'kibana.alert.depth': depth,
    'kibana.alert.ancestors': ancestors,
    ...(time === undefined ? {} : { 'kibana.alert.original_time': time }),
    ...(body['building_block_type'] === undefined ? {} : { 'kibana.alert.building_block_type': 'default' }),
    'kibana.alert.rule.name': nameOf(rule, event),
    ...Object.fromEntries(copied),
    ...(rule.version === undefined ? {} : { 'kibana.alert.rule.version': rule.version }),
    ...(body.index === undefined ? {} : { 'kibana.alert.rule.indices': [...body.index] }),
    'kibana.alert.rule.rule_type_id': id,
    'kibana.alert.rule.category': category,
    'kibana.alert.rule.producer': 'siem',
    'kibana.alert.rule.consumer': 'siem',
    ...below(event.source, 'event', 'kibana.alert.original_event'),
    ...below(event.source, 'data_stream', 'kibana.alert.original_data_stream'),
    ...more,
  };
  return { events, fields };
}
