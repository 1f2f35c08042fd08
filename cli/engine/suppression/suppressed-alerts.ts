import type { Event } from '../../fields/event.ts';
import { compileGetter } from '../../fields/values/getter.ts';
import type { Rule } from '../../rule/rule.ts';
import { jsonText, type Json } from '../../text/json.ts';
import { alertOf } from '../alert-fields.ts';
import type { Alert } from '../alert.ts';
import { oldestFirst } from '../time.ts';
import { span } from './grouped-alerts.ts';
import type { Suppression } from './suppression.ts';

/**
 * Suppressed alerts of the types that group in memory (EQL events): the terms of an event are its group_by values, a
 * list sorted and kept whole, nothing as null. The earliest event of a group makes the alert, the others are counted;
 * with `doNotSuppress` events that lack a field are alerted alone and come first
 * (kibana: rule_types/utils/bulk_create_suppressed_alerts_in_memory.ts, partition_missing_fields_events.ts).
 */
export function suppressedAlerts(
  hits: readonly Event[],
  { groupBy, missing }: Suppression,
  { rule, times, limit }: { readonly rule: Rule; readonly times: readonly string[]; readonly limit: number },
): readonly Alert[] {
  const getters = groupBy.map((name) => compileGetter(name));
  const groups = new Map<string, { readonly terms: readonly Json[]; readonly events: Event[] }>();
  const alone: Event[] = [];
  for (const event of oldestFirst(hits, times)) {
    const values = getters.map((get) => get(event.source).filter((value) => value !== null));
    if (missing === 'doNotSuppress' && values.some((one) => one.length === 0)) {
      alone.push(event);
      continue;
    }
    const terms = values.map(termOf);
    const id = JSON.stringify(terms);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { terms, events: [event] });
    else group.events.push(event);
  }
  return [
    ...alone.map((event) => alertOf(rule, [event])),
    ...[...groups.values()].map(({ terms, events }) =>
      alertOf(rule, events, {
        'kibana.alert.suppression.terms': groupBy.map((field, at) => ({ field, value: terms[at] ?? null })),
        'kibana.alert.suppression.docs_count': events.length - 1,
        ...span(events, times),
      }),
    ),
  ].slice(0, limit);
}

function termOf(values: readonly Json[]): Json {
  const [only] = values;
  if (only === undefined) return null;
  if (values.length === 1) return only;
  return [...values].sort((a, b) => (jsonText(a) < jsonText(b) ? -1 : 1));
}
