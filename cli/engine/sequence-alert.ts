import type { Event } from '../fields/event.ts';
import type { Rule } from '../rule/rule.ts';
import type { Json, JsonObject } from '../text/json.ts';
import type { Alert } from './alert.ts';
import { alertOf } from './alert-fields.ts';
import { intersection } from './intersection.ts';

/** Fields of the events' own alerts that the alert of the sequence does not take over: they depend on ids and run time. */
const NOT_SHARED = ['kibana.alert.ancestors', 'kibana.alert.original_time'];

/**
 * The alert of a sequence or sample, which Kibana calls the shell: what the alerts of its events have in common. The rule's
 * severity, risk score and name stand as they are, overrides do not apply; it lies one level above the alerts of the
 * events, which are building blocks and count nowhere (kibana: rule_types/eql/build_alert_group_from_sequence.ts).
 */
export function sequenceAlert(rule: Rule, events: readonly Event[], more: JsonObject = {}): Alert {
  const blocks = events.map((event) => alertOf(rule, [event]).fields);
  const depths = blocks.map((block) => Number(block['kibana.alert.depth']));
  const shared = Object.entries(intersection(blocks)).filter(([key]) => !NOT_SHARED.includes(key));
  const fields: Record<string, Json> = {
    ...Object.fromEntries(shared),
    'kibana.alert.severity': rule.body.severity,
    'kibana.alert.risk_score': rule.body.risk_score,
    'kibana.alert.rule.name': rule.body.name,
    'kibana.alert.depth': Math.max(...depths) + 1,
    ...more,
  };
  return { events, fields, source: intersection(events.map((event) => event.source)) };
}
