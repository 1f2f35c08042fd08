import type { Event } from '../fields/event.ts';
import { compileGetter } from '../fields/values/getter.ts';
import type { Rule, RuleSeverity } from '../rule/rule.ts';
import { isJsonObject, jsonText, NumberToken, own, type Json, type JsonObject } from '../text/json.ts';

const SEVERITIES: readonly RuleSeverity[] = ['low', 'medium', 'high', 'critical'];

const valuesOf = (event: Event, field: string): readonly Json[] =>
  compileGetter(field)(event.source).filter((value) => value !== null);

const entries = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);

/**
 * The highest severity whose mapping fits: a mapping fits if the field's value, or one of its values, equals `value` as
 * text; for `event.severity` only numbers of the document count, which texts are not (kibana: utils/mappings/build_severity_from_mapping.ts).
 */
export function severityOf(rule: Rule, event: Event): RuleSeverity {
  let found = -1;
  for (const entry of entries(rule.body['severity_mapping'])) {
    const field = own(entry, 'field');
    const value = own(entry, 'value');
    const severity = SEVERITIES.findIndex((one) => one === own(entry, 'severity'));
    if (typeof field !== 'string' || severity < found) continue;
    const fits = valuesOf(event, field).some((actual) =>
      field === 'event.severity'
        ? Number.isSafeInteger(actual) && actual === Math.floor(Number(value))
        : (typeof actual === 'string' || Number.isSafeInteger(actual)) && jsonText(actual) === jsonText(value),
    );
    if (fits) found = severity;
  }
  return SEVERITIES[found] ?? rule.body.severity;
}

/**
 * `risk_score_mapping[0].field`: the greatest number from 0 to 100 that it holds; a blank text is 0, as in
 * JavaScript. Its `value` and `risk_score` count for nothing (kibana: utils/mappings/build_risk_score_from_mapping.ts).
 */
export function riskScoreOf(rule: Rule, event: Event): number {
  const field = own(entries(rule.body['risk_score_mapping'])[0] ?? {}, 'field');
  if (typeof field !== 'string' || field === '') return rule.body.risk_score;
  const scores = valuesOf(event, field)
    .map((value) =>
      typeof value === 'number' || typeof value === 'string'
        ? Number(value)
        : value instanceof NumberToken
          ? value.value
          : NaN,
    )
    .filter((score) => score >= 0 && score <= 100);
  return scores.length === 0 ? rule.body.risk_score : Math.max(...scores);
}

/**
 * `rule_name_override`: what the field holds if it is text; a list, even of one text, leaves the rule's name
 * (kibana: utils/mappings/build_rule_name_from_mapping.ts).
 */
export function nameOf(rule: Rule, event: Event): string {
  const field = rule.body['rule_name_override'];
  if (typeof field !== 'string' || field === '') return rule.body.name;
  const held = heldAt(event.source, field);
  return typeof held === 'string' ? held : rule.body.name;
}

/** What stands at a path, lists as they are; a document may write the path dotted, nested or mixed. */
function heldAt(object: JsonObject, path: string): Json | undefined {
  const whole = own(object, path);
  if (whole !== undefined) return whole;
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const inner = own(object, path.slice(0, dot));
    const found = isJsonObject(inner) ? heldAt(inner, path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
