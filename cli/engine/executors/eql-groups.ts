import { compileGetter } from '../../fields/values/getter.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Json } from '../../text/json.ts';
import type { Alert } from '../alert.ts';
import type { PreparedRule } from '../execution.ts';
import type { GroupSearch } from '../search.ts';
import { sequenceAlert } from '../sequence-alert.ts';
import { suppressionOf, type Suppression } from '../suppression/suppression.ts';

/**
 * EQL rules with a sequence or sample: one alert for each, with all its events in order. The latest `max_signals` are
 * taken; a sequence whose events do not all lie in the window of the run is not found (kibana: rule_types/eql/eql.ts).
 */
export function eqlGroups(rule: Rule, search: GroupSearch, limit: number): PreparedRule {
  const suppression = suppressionOf(rule.body);
  return {
    run(events) {
      const groups = search.query.run(search.inReach(events), limit);
      const alerts = groups.map((group) =>
        sequenceAlert(
          rule,
          group.events.filter((event) => event !== undefined),
        ),
      );
      return suppression === undefined ? alerts : suppressed(alerts, suppression);
    },
    explain: (event) => search.query.explainEvent(event),
    explainGroup: (events) => search.query.explain(search.inReach(events)),
    outOfReach: (event) => search.outOfReach(event),
    concerns: (event) => search.query.concerns(event),
    leading: (index) => search.query.leading(index),
    ...(limit === Infinity ? {} : { limit }),
  };
}

/**
 * Groups the alerts of sequences by what all their events have in common: a field in which they differ counts as missing
 * (kibana: rule_types/eql/eql.ts, bulk_create_suppressed_alerts_in_memory.ts).
 */
function suppressed(alerts: readonly Alert[], { groupBy, missing }: Suppression): readonly Alert[] {
  const getters = groupBy.map((name) => compileGetter(name));
  const groups = new Map<string, { readonly alert: Alert; readonly terms: readonly Json[]; count: number }>();
  const alone: Alert[] = [];
  for (const alert of alerts) {
    const values = getters.map((get) => get(alert.source ?? {}).filter((value) => value !== null));
    if (missing === 'doNotSuppress' && values.some((one) => one.length === 0)) {
      alone.push(alert);
      continue;
    }
    const terms = values.map((list): Json => (list.length > 1 ? [...list].sort() : (list[0] ?? null)));
    const id = JSON.stringify(terms);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { alert, terms, count: 0 });
    else group.count++;
  }
  return [
    ...alone,
    ...[...groups.values()].map(({ alert, terms, count }) => ({
      ...alert,
      fields: {
        ...alert.fields,
        'kibana.alert.suppression.terms': groupBy.map((field, at) => ({ field, value: terms[at] ?? null })),
        'kibana.alert.suppression.docs_count': count,
      },
    })),
  ];
}
