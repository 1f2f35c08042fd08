import { alertOf } from '../alert-fields.ts';
import { caveatsOf } from '../caveats.ts';
import type { Executor } from '../execution.ts';
import { limitOf, searchOf } from '../search.ts';
import { groupedAlerts } from '../suppression/grouped-alerts.ts';
import { suppressionOf } from '../suppression/suppression.ts';
import { oldestFirst, timestampFields } from '../time.ts';

/**
 * `query` rules (KQL and Lucene): one alert for each matching document, oldest first by the timestamp override and then
 * `@timestamp`, at most `max_signals`; with `alert_suppression` one for each group (kibana: rule_types/query/query.ts).
 */
export const query: Executor = (input) => {
  const { rule } = input;
  const { search, problems } = searchOf(input, rule.body.language ?? 'kuery');
  if (search === undefined) return { problems };
  const limit = limitOf(input);
  const times = timestampFields(rule.body);
  const suppression = suppressionOf(rule.body);
  return {
    problems,
    caveats: caveatsOf(input.file),
    prepared: {
      run(events) {
        const hits = oldestFirst(search.hits(events), times, 'last');
        return suppression === undefined
          ? hits.slice(0, limit).map((event) => alertOf(rule, [event]))
          : groupedAlerts(hits, suppression, { rule, mapping: input.mapping, limit });
      },
      explain: (event) => search.query.explain(event),
      outOfReach: (event) => search.outOfReach(event),
      concerns: (event) => search.query.test(event),
      leading: (index) => search.query.leading(index),
      ...(limit === Infinity ? {} : { limit }),
    },
  };
};
