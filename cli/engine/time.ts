import { parseDocumentDate, resolveDate } from '../fields/dates/index.ts';
import type { Event } from '../fields/event.ts';
import { compileGetter } from '../fields/values/getter.ts';
import type { RuleBody } from '../rule/rule.ts';
import { jsonText } from '../text/json.ts';

/** The span of time that a run looks at, both ends included, in epoch nanoseconds. */
export interface TimeWindow {
  readonly from: bigint;
  readonly to: bigint;
  /** Fields asked in order: the override, then `@timestamp` for documents without it. */
  readonly fields: readonly string[];
  readonly described: string;
}

/** Stock values of Kibana's detection engine for rules that do not say (kibana: rule schema defaults). */
const DEFAULT_FROM = 'now-6m';
const DEFAULT_TO = 'now';

/** The fields that say when an event happened: the override, then `@timestamp` unless the rule forbids to fall back on it. */
export function timestampFields(body: RuleBody): readonly string[] {
  const override = body.timestamp_override;
  if (override === undefined || override === '' || override === '@timestamp') return ['@timestamp'];
  return body['timestamp_override_fallback_disabled'] === true ? [override] : [override, '@timestamp'];
}

/** Window and timestamp fields of a rule, seen from `now` (epoch ms). Throws a KnownError for a broken date expression. */
export function timeWindowOf(body: RuleBody, now: number): TimeWindow {
  const from = body.from ?? DEFAULT_FROM;
  const to = body.to ?? DEFAULT_TO;
  return {
    from: resolveDate(from, { now, roundUp: false }),
    to: resolveDate(to, { now, roundUp: true }),
    fields: timestampFields(body),
    described: `${from} to ${to}`,
  };
}

/** What the event holds in a date field, in epoch nanoseconds; what is no date is left out. */
export const timesOf = (event: Event, field: string): readonly bigint[] =>
  getter(field)(event.source).flatMap((value) => (value === null ? [] : (parseDocumentDate(value) ?? [])));

/** The field that says when an event happened, and its values: the first of the fields that the event has a date in. */
export function whenOf(
  event: Event,
  fields: readonly string[],
): { readonly field: string; readonly times: readonly bigint[] } | undefined {
  for (const field of fields) {
    const times = timesOf(event, field);
    if (times.length > 0) return { field, times };
  }
  return undefined;
}

/** Whether one of an event's times lies in the window. */
export const hasTimeIn = (times: readonly bigint[], { from, to }: Pick<TimeWindow, 'from' | 'to'>): boolean =>
  times.some((at) => at >= from && at <= to);

/**
 * Why an event lies outside the window; undefined if it lies inside. The first field that the event has decides: one that
 * has the override outside the window is not rescued by `@timestamp` (kibana: rule_types/utils/build_events_query.ts).
 */
export function inWindow(event: Event, window: TimeWindow): string | undefined {
  const when = whenOf(event, window.fields);
  if (when === undefined) return `the event has no date in ${window.fields.join(' or ')}`;
  const { field, times } = when;
  if (hasTimeIn(times, window)) return undefined;
  const shown = getter(field)(event.source).map(jsonText).join(', ');
  const side = times.every((at) => at > window.to) ? 'after' : 'before';
  return `${field} ${shown} lies ${side} the window of the run, ${window.described} (${iso(window.from)} to ${iso(window.to)})`;
}

const iso = (nanos: bigint): string => {
  const millis = Number(nanos / 1_000_000n);
  return Math.abs(millis) <= 8.64e15 ? new Date(millis).toISOString().replace('.000Z', 'Z') : `${millis} ms`;
};

const getters = new Map<string, ReturnType<typeof compileGetter>>();

function getter(field: string): ReturnType<typeof compileGetter> {
  let found = getters.get(field);
  if (found === undefined) getters.set(field, (found = compileGetter(field)));
  return found;
}

/**
 * Ascending by the fields in order, then by arrival. Events without a time come first or last: EQL puts them first, a
 * search with `sort` last.
 */
export function oldestFirst(
  events: readonly Event[],
  fields: readonly string[],
  missing: 'first' | 'last' = 'first',
): readonly Event[] {
  if (events.length < 2) return events;
  const keyed = events.map((event) => ({ event, at: fields.map((field) => timesOf(event, field)[0]) }));
  keyed.sort((a, b) => {
    for (let i = 0; i < fields.length; i++) {
      const [one, other] = [a.at[i], b.at[i]];
      if (one === other) continue;
      if (one === undefined || other === undefined) return (one === undefined) === (missing === 'first') ? -1 : 1;
      return one < other ? -1 : 1;
    }
    return a.event.ordinal - b.event.ordinal;
  });
  return keyed.map(({ event }) => event);
}

/**
 * Ascending by one time each: the first of the fields that the event has a date in. Aggregations order by it, where a search
 * asks field after field (kibana: rule_types/utils/utils.ts, the runtime field `kibana.combined_timestamp`).
 */
export function oldestCombined(events: readonly Event[], fields: readonly string[]): readonly Event[] {
  if (events.length < 2) return events;
  const keyed = events.map((event) => ({ event, at: whenOf(event, fields)?.times[0] }));
  keyed.sort((a, b) => {
    if (a.at === b.at) return a.event.ordinal - b.event.ordinal;
    if (a.at === undefined || b.at === undefined) return a.at === undefined ? 1 : -1;
    return a.at < b.at ? -1 : 1;
  });
  return keyed.map(({ event }) => event);
}
