import { limitEvents } from '../../query/eql/limit.ts';
import { alertOf } from '../alert-fields.ts';
import { caveatsOf } from '../caveats.ts';
import type { Executor } from '../execution.ts';
import { limitOf, searchOf } from '../search.ts';
import { suppressedAlerts } from '../suppression/suppressed-alerts.ts';
import { suppressionOf } from '../suppression/suppression.ts';
import { oldestFirst, timestampFields } from '../time.ts';
import { eqlGroups } from './eql-groups.ts';

/**
 * EQL event rules: one alert for each matching event. The latest `max_signals` events are taken and listed in ascending
 * order of `timestamp_field`, since Kibana asks for no result position and Elasticsearch's is the tail
 * (kibana: rule_types/eql/eql.ts; elasticsearch: x-pack/plugin/eql/.../action/EqlSearchRequest.java).
 */
export const eql: Executor = (input) => {
  const { rule } = input;
  const { body } = rule;
  const { search, groups, problems } = searchOf(input, 'eql');
  if (groups !== undefined)
    return { problems, caveats: caveatsOf(input.file), prepared: eqlGroups(rule, groups, limitOf(input)) };
  if (search === undefined) return { problems };
  const limit = limitOf(input);
  const order = [
    body.timestamp_field ?? '@timestamp',
    ...(body.tiebreaker_field === undefined ? [] : [body.tiebreaker_field]),
  ];
  const cut = search.query.limit?.(limit) ?? { from: 'tail', count: limit, offset: 0 };
  const suppression = suppressionOf(body);
  return {
    problems,
    caveats: caveatsOf(input.file),
    prepared: {
      run(events) {
        const hits = limitEvents(oldestFirst(search.hits(events), order), cut);
        return suppression === undefined
          ? hits.map((event) => alertOf(rule, [event]))
          : suppressedAlerts(hits, suppression, { rule, times: timestampFields(body), limit });
      },
      explain: (event) => search.query.explain(event),
      outOfReach: (event) => search.outOfReach(event),
      concerns: (event) => search.query.test(event),
      leading: (index) => search.query.leading(index),
      ...(limit === Infinity ? {} : { limit }),
    },
  };
};
