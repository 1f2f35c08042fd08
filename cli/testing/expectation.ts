import { isDeepStrictEqual } from 'node:util';
import { ALERT_FIELDS } from '../engine/alert-fields.ts';
import type { Alert } from '../engine/alert.ts';
import { compileGetter } from '../fields/values/getter.ts';
import type { Finding } from '../text/diagnostic.ts';
import type { Json, JsonObject } from '../text/json.ts';
import type { Span } from '../text/span.ts';
import { suggest } from '../text/suggest.ts';
import type { CaseKind } from './fixtures.ts';
import { suiteFinding, type Suite } from './suite.ts';

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
  /** What would mend it: more events that match, fewer, or other fields of the alert. */
  readonly lacking?: 'more' | 'fewer' | 'fields';
}

const count = (n: number): string => (n === 0 ? 'no alert' : n === 1 ? '1 alert' : `${n} alerts`);

/** Top-level keys of a source that an alert does not take over (kibana: factories/utils/build_alert.ts). */
const NOT_COPIED = /^(?:kibana|signal|threshold_result)(?:\.|$)/;

/**
 * Value of an alert's field: what Kibana writes on it, else the source event's own, or what the events of a sequence have
 * in common. Undefined: it has no such field.
 */
export function alertField(alert: Alert, field: string): Json | undefined {
  if (Object.hasOwn(alert.fields, field)) return alert.fields[field];
  if (NOT_COPIED.test(field)) return undefined;
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
export function judge(kind: CaseKind, wanted: Expectation, alerts: readonly Alert[]): Verdict {
  const got = count(alerts.length);
  if (wanted.alerts !== undefined && wanted.alerts !== alerts.length)
    return {
      held: false,
      expected: `exactly ${count(wanted.alerts)}`,
      got,
      lacking: alerts.length < wanted.alerts ? 'more' : 'fewer',
    };
  if (kind === 'negative' && wanted.alerts === undefined)
    return alerts.length === 0
      ? { held: true, expected: 'no alert', got }
      : { held: false, expected: 'no alert', got, lacking: 'fewer' };
  if (kind === 'positive' && wanted.alerts === undefined && alerts.length === 0)
    return { held: false, expected: 'at least 1 alert', got, lacking: 'more' };
  const expected = wanted.alerts === undefined ? 'at least 1 alert' : `exactly ${count(wanted.alerts)}`;
  const fields = Object.entries(wanted.alert ?? {});
  const wrongOf = (alert: Alert): typeof fields =>
    fields.filter(([field, value]) => !same(alertField(alert, field), value));
  // The alert that has the most of what is wanted is the one to compare with.
  const nearest = alerts
    .map((alert) => ({ alert, wrong: wrongOf(alert) }))
    .reduce<{ alert: Alert; wrong: typeof fields } | undefined>(
      (best, one) => (best === undefined || one.wrong.length < best.wrong.length ? one : best),
      undefined,
    );
  if (fields.length === 0 || nearest === undefined || nearest.wrong.length === 0) return { held: true, expected, got };
  return {
    held: false,
    expected: `an alert with ${nearest.wrong.map(([field, value]) => `${field} = ${show(value)}`).join(', ')}`,
    got: nearest.wrong.map(([field]) => `${field} = ${show(alertField(nearest.alert, field))}`).join(', '),
    lacking: 'fields',
  };
}

const isKnown = (field: string): boolean =>
  ALERT_FIELDS.some((known) => (known.endsWith('.') ? field.startsWith(known) : field === known));

/** Expectations that contradict their case, or that ask for a field which a run over fixtures does not compute. */
export function expectationFaults(
  suite: Suite,
  kind: CaseKind,
  { alerts, alert }: Expectation,
  place: (key: string) => Span,
): readonly Finding[] {
  const found: Finding[] = [];
  const contradiction = (key: string, message: string): void => {
    found.push(
      suiteFinding(suite, 'suite/contradiction', place(key), message, {
        why: 'such a case would pass for the opposite of what its kind says',
        help: `take ${key} out, or make the case ${kind === 'positive' ? 'negative' : 'positive'}`,
      }),
    );
  };
  if (kind === 'positive' && alerts === 0) contradiction('alerts', 'a positive case cannot expect 0 alerts');
  if (kind === 'negative' && alerts !== undefined && alerts > 0)
    contradiction('alerts', `a negative case cannot expect ${count(alerts)}`);
  if (kind === 'negative' && alert !== undefined)
    contradiction('alert', 'a negative case cannot ask for fields of an alert');
  for (const field of Object.keys(alert ?? {})) {
    if (!NOT_COPIED.test(field) || isKnown(field)) continue;
    const meant = suggest(field, ALERT_FIELDS);
    found.push(
      suiteFinding(suite, 'suite/unknown-alert-field', place('alert'), `${field} is not computed offline`, {
        ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
        why: 'the case could never hold, whatever the rule does',
        help: 'docs/suites.md lists the fields of an alert that a case can ask for',
      }),
    );
  }
  return found;
}
