import type { Event } from '../fields/event.ts';
import { compileGetter } from '../fields/values/getter.ts';
import type { Rule, RuleSeverity } from '../rule/rule.ts';
import { isJsonObject, jsonText, own, type Json, type JsonObject } from '../text/json.ts';
import type { Alert } from './alert.ts';

const SEVERITIES: readonly RuleSeverity[] = ['low', 'medium', 'high', 'critical'];

const valuesOf = (event: Event, field: string): readonly Json[] =>
  compileGetter(field)(event.source).filter((value) => value !== null);

const entries = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);

/**
 * The highest severity whose mapping fits: a mapping fits if the field's value, or one of its values, equals `value` as
 * text; for `event.severity` as whole numbers (kibana: build_severity_from_mapping.ts).
 */
function severityOf(rule: Rule, event: Event): string {
  let found = -1;
  for (const entry of entries(rule.body['severity_mapping'])) {
    const field = own(entry, 'field');
    const value = own(entry, 'value');
    const severity = SEVERITIES.findIndex((one) => one === own(entry, 'severity'));
    if (typeof field !== 'string' || severity < found) continue;
    const fits = valuesOf(event, field).some((actual) =>
      field === 'event.severity'
        ? Number(actual) === Math.floor(Number(value))
        : (typeof actual === 'string' || Number.isSafeInteger(actual)) && jsonText(actual) === jsonText(value),
    );
    if (fits) found = severity;
  }
  return SEVERITIES[found] ?? rule.body.severity;
}

/** `risk_score_mapping[0].field`: the greatest number from 0 to 100 it holds (kibana: build_risk_score_from_mapping.ts). */
function riskScoreOf(rule: Rule, event: Event): number {
  const field = own(entries(rule.body['risk_score_mapping'])[0] ?? {}, 'field');
  if (typeof field !== 'string' || field === '') return rule.body.risk_score;
  const scores = valuesOf(event, field)
    .map((value) =>
      typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN,
    )
    .filter((score) => score >= 0 && score <= 100);
  return scores.length === 0 ? rule.body.risk_score : Math.max(...scores);
}

/** `rule_name_override`: the field's value if it is one string (kibana: build_rule_name_from_mapping.ts). */
function nameOf(rule: Rule, event: Event): string {
  const field = rule.body['rule_name_override'];
  if (typeof field !== 'string' || field === '') return rule.body.name;
  const values = valuesOf(event, field);
  const only = values[0];
  return values.length === 1 && typeof only === 'string' ? only : rule.body.name;
}

/**
 * The fields that Kibana writes on an alert and that a test may ask for, by dotted name. `kibana.alert.severity`,
 * `risk_score` and `rule.name` are after the rule's mappings and overrides; `kibana.alert.rule.severity` and
 * `rule.risk_score` are the rule's own (kibana: rule_types/factories/utils/build_alert.ts).
 */
export function alertOf(rule: Rule, events: readonly Event[]): Alert {
  const first = events[0];
  if (first === undefined) throw new Error('an alert without an event');
  const { body } = rule;
  const original: Record<string, Json> = {};
  const event = own(first.source, 'event');
  if (isJsonObject(event))
    for (const key of Object.keys(event)) original[`kibana.alert.original_event.${key}`] = own(event, key) ?? null;
  for (const key of Object.keys(first.source))
    if (key.startsWith('event.'))
      original[`kibana.alert.original_event.${key.slice(6)}`] = own(first.source, key) ?? null;
  const time = valuesOf(first, '@timestamp')[0];
  const fields: Record<string, Json> = {
    'event.kind': 'signal',
    'kibana.alert.severity': severityOf(rule, first),
    'kibana.alert.risk_score': riskScoreOf(rule, first),
    'kibana.alert.status': 'active',
    'kibana.alert.workflow_status': 'open',
    'kibana.alert.depth': 1,
    ...(time === undefined ? {} : { 'kibana.alert.original_time': time }),
    ...(body['building_block_type'] === undefined ? {} : { 'kibana.alert.building_block_type': 'default' }),
    'kibana.alert.rule.name': nameOf(rule, first),
    'kibana.alert.rule.rule_id': body.rule_id,
    'kibana.alert.rule.type': body.type,
    'kibana.alert.rule.description': body.description,
    'kibana.alert.rule.severity': body.severity,
    'kibana.alert.rule.risk_score': body.risk_score,
    'kibana.alert.rule.tags': [...(body.tags ?? [])],
    ...(rule.version === undefined ? {} : { 'kibana.alert.rule.version': rule.version }),
    ...original,
  };
  return { events, fields };
}
