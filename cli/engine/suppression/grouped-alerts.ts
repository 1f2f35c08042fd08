import type { Event } from '../../fields/event.ts';
import type { Field, Mapping } from '../../fields/mapping.ts';
import type { ScriptValue } from '../../query/algebra/query.ts';
import { compileDocValues } from '../../query/run/doc-values.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Json } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { alertOf } from '../alert-fields.ts';
import type { Alert } from '../alert.ts';
import { timesOf, timestampFields } from '../time.ts';
import type { Suppression } from './suppression.ts';

interface Bucket {
  readonly values: readonly ScriptValue[];
  readonly events: Event[];
}

/**
 * Suppressed alerts of `query` rules: what a composite aggregation over the group_by fields makes of the hits, one alert
 * a bucket from its oldest event. A document with several values in a field is in several buckets; one without a value
 * in the bucket of null, or, with `doNotSuppress`, in none and alerted alone. Buckets come in the order of their keys, one
 * more than `limit` is kept, as in Kibana (kibana: rule_types/query/alert_suppression/group_and_bulk_create.ts).
 * `hits` stand oldest first. Throws a KnownError for a field that cannot be aggregated.
 */
export function groupedAlerts(
  hits: readonly Event[],
  { groupBy, missing }: Suppression,
  { rule, mapping, limit }: { readonly rule: Rule; readonly mapping: Mapping; readonly limit: number },
): readonly Alert[] {
  const readers = groupBy.map((name) => valuesReader(name, mapping));
  const buckets = new Map<string, Bucket>();
  const alone: Event[] = [];
  for (const event of hits) {
    const values = readers.map((read) => read(event));
    if (missing === 'doNotSuppress' && values.some((one) => one.length === 0)) {
      alone.push(event);
      continue;
    }
    for (const key of combinations(values.map((one) => (one.length === 0 ? [null] : one)))) {
      const id = JSON.stringify(key, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
      const bucket = buckets.get(id);
      if (bucket === undefined) buckets.set(id, { values: key, events: [event] });
      else bucket.events.push(event);
    }
  }
  const sorted = [...buckets.values()].sort((a, b) => compareKeys(a.values, b.values)).slice(0, limit + 1);
  const times = timestampFields(rule.body);
  return [
    ...alone.slice(0, Math.max(0, limit - sorted.length)).map((event) => alertOf(rule, [event])),
    ...sorted.map(({ values, events }) =>
      alertOf(rule, events, {
        'kibana.alert.suppression.terms': groupBy.map((field, at) => ({ field, value: jsonOf(values[at] ?? null) })),
        'kibana.alert.suppression.docs_count': events.length - 1,
        ...span(events, times),
      }),
    ),
  ];
}

function valuesReader(name: string, mapping: Mapping): (event: Event) => readonly ScriptValue[] {
  const field = target(name, mapping);
  if (field === undefined) return () => [];
  if (field.type === 'text' || field.type === 'match_only_text')
    throw new KnownError(`alerts cannot be grouped by ${name}`, {
      why: `Elasticsearch does not aggregate fields of type ${field.typeName}: the rule fails at every run`,
      help: 'group by a keyword field',
    });
  const read = compileDocValues(field);
  return (event) => read(event.source);
}

function target(name: string, mapping: Mapping): Field | undefined {
  const field = mapping.field(name);
  return field?.aliasOf === undefined ? field : mapping.field(field.aliasOf);
}

function combinations(values: readonly (readonly ScriptValue[])[]): ScriptValue[][] {
  let found: ScriptValue[][] = [[]];
  for (const list of values) found = found.flatMap((before) => [...new Set(list)].map((value) => [...before, value]));
  return found;
}

/** Null first, as a composite aggregation lists its keys. */
function compareKeys(a: readonly ScriptValue[], b: readonly ScriptValue[]): number {
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i] ?? null, b[i] ?? null];
    if (one === other) continue;
    if (one === null || other === null) return one === null ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return 0;
}

const jsonOf = (value: ScriptValue): Json => (typeof value === 'bigint' ? String(value) : value);

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
