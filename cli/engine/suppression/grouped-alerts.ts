import type { Event } from '../../fields/event.ts';
import type { Mapping } from '../../fields/mapping.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Json } from '../../text/json.ts';
import { alertOf } from '../alert-fields.ts';
import type { Alert } from '../alert.ts';
import { bucketSource, type BucketKey, type BucketSource } from '../aggregations/bucket-keys.ts';
import { compositeBuckets } from '../aggregations/composite.ts';
import { oldestCombined, timesOf, timestampFields } from '../time.ts';
import type { Suppression } from './suppression.ts';

/**
 * Suppressed alerts of `query` rules: what a composite aggregation over the group_by fields makes of the hits, one alert
 * a bucket from its oldest event. A document with several values in a field is in several buckets; one without a value
 * in the bucket of null, or, with `doNotSuppress`, in none and alerted alone. Buckets come in the order of their keys,
 * null last, and one more than `limit` is kept, as in Kibana (kibana: rule_types/query/alert_suppression/group_and_bulk_create.ts).
 * `hits` stand oldest first. Throws a KnownError for a field that cannot be aggregated.
 */
export function groupedAlerts(
  hits: readonly Event[],
  { groupBy, missing }: Suppression,
  { rule, mapping, limit }: { readonly rule: Rule; readonly mapping: Mapping; readonly limit: number },
): readonly Alert[] {
  const times = timestampFields(rule.body);
  const sources = groupBy.map((name) => bucketSource(name, mapping));
  const alone = missing === 'doNotSuppress' ? hits.filter((event) => lacksOne(event, sources)) : [];
  const grouped = alone.length === 0 ? hits : hits.filter((event) => !alone.includes(event));
  // The oldest event of a group is that by the combined timestamp, unlike the order of the search itself
  const buckets = compositeBuckets(oldestCombined(grouped, times), sources).slice(0, limit + 1);
  return [
    ...alone.slice(0, Math.max(0, limit - buckets.length)).map((event) => alertOf(rule, [event])),
    ...buckets.map(({ keys, events }) =>
      alertOf(rule, events, {
        'kibana.alert.suppression.terms': groupBy.map((field, at) => ({
          field,
          value: keyJson(keys[at] ?? null, sources[at]),
        })),
        'kibana.alert.suppression.docs_count': events.length - 1,
        ...span(events, times),
      }),
    ),
  ];
}

const lacksOne = (event: Event, sources: readonly BucketSource[]): boolean =>
  sources.some((source) => source.keys(event).length === 0);

const keyJson = (key: BucketKey | null, source: BucketSource | undefined): Json =>
  key === null ? null : (source?.json(key) ?? null);

/** First and last time of the events of a group, as ISO text. */
export function span(events: readonly Event[], fields: readonly string[]): Record<string, Json> {
  const times = events.flatMap((event) => {
    const found = fields.map((field) => timesOf(event, field)[0]).find((at) => at !== undefined);
    return found === undefined ? [] : [found];
  });
  const [first] = times;
  if (first === undefined) return {};
  const least = times.reduce((a, b) => (b < a ? b : a), first);
  const most = times.reduce((a, b) => (b > a ? b : a), first);
  return {
    'kibana.alert.suppression.start': iso(least),
    'kibana.alert.suppression.end': iso(most),
  };
}

const iso = (nanos: bigint): string => new Date(Number(nanos / 1_000_000n)).toISOString();
