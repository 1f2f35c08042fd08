import { isDeepStrictEqual } from 'node:util';
import type { Alert } from '../engine/alert.ts';
import { compileGetter } from '../fields/values/getter.ts';
import type { Json, JsonObject } from '../text/json.ts';

/** What a case demands beyond its kind. */
export interface Expectation {
  /** Exact number of alerts. */
  readonly alerts?: number;
  /** Field values that at least one alert must have, all of them. */
  readonly alert?: JsonObject;
}

export interface Verdict {
  readonly held: boolean;
  readonly expected: string;
  readonly got: string;
}

const count = (n: number): string => (n === 0 ? 'no alert' : n === 1 ? '1 alert' : `${n} alerts`);

/** Value of an alert's field: what Kibana writes on it, else the source event's own, or what the events of a sequence have in common. Undefined: it has no such field. */
export function alertField(alert: Alert, field: string): Json | undefined {
  if (Object.hasOwn(alert.fields, field)) return alert.fields[field];
  const values = compileGetter(field)(alert.source ?? alert.events[0]?.source ?? {}).filter((value) => value !== null);
  return values.length === 0 ? undefined : values.length === 1 ? values[0] : [...values];
}

const show = (value: Json | undefined): string => (value === undefined ? 'absent' : JSON.stringify(value));

/** A list with one value and the value itself are the same, as they are for Elasticsearch. */
const unwrap = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) && value.length === 1 ? (value as readonly Json[])[0] : value;

const same = (a: Json | undefined, b: Json): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(unwrap(a) ?? null)), JSON.parse(JSON.stringify(unwrap(b) ?? null)));

/** Compares the alerts of a case with what it demands. */
export function judge(kind: 'positive' | 'negative', wanted: Expectation, alerts: readonly Alert[]): Verdict {
  const got = count(alerts.length);
  if (wanted.alerts !== undefined && wanted.alerts !== alerts.length)
    return { held: false, expected: `exactly ${count(wanted.alerts)}`, got };
  if (kind === 'negative' && wanted.alerts === undefined)
    return { held: alerts.length === 0, expected: 'no alert', got };
  if (kind === 'positive' && wanted.alerts === undefined && alerts.length === 0)
    return { held: false, expected: 'at least 1 alert', got };
  const expected = wanted.alerts === undefined ? 'at least 1 alert' : `exactly ${count(wanted.alerts)}`;
  const fields = Object.entries(wanted.alert ?? {});
  if (fields.length === 0) return { held: true, expected, got };
  const fits = alerts.some((alert) => fields.every(([field, value]) => same(alertField(alert, field), value)));
  if (fits) return { held: true, expected, got };
  const nearest = alerts[0];
  const wrong = fields.filter(([field, value]) => nearest === undefined || !same(alertField(nearest, field), value));
  return {
    held: false,
    expected: `an alert with ${wrong.map(([field, value]) => `${field} = ${show(value)}`).join(', ')}`,
    got:
      nearest === undefined
        ? 'no alert'
        : wrong.map(([field]) => `${field} = ${show(alertField(nearest, field))}`).join(', '),
  };
}
