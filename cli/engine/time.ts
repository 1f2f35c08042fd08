import { parseDocumentDate, resolveDate } from '../fields/dates/index.ts';
import type { Event } from '../fields/event.ts';
import { compileGetter } from '../fields/values/getter.ts';
import type { RuleBody } from '../rule/rule.ts';

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

/** Window and timestamp fields of a rule, seen from `now` (epoch ms). Throws a KnownError for a broken date expression. */
export function timeWindowOf(body: RuleBody, now: number): TimeWindow {
  const from = body.from ?? DEFAULT_FROM;
  const to = body.to ?? DEFAULT_TO;
  const override = body.timestamp_override;
  const noFallback = body['timestamp_override_fallback_disabled'] === true;
  const fields =
    override === undefined || override === '@timestamp'
      ? ['@timestamp']
      : noFallback
        ? [override]
        : [override, '@timestamp'];
  return {
    from: resolveDate(from, { now, roundUp: false }),
    to: resolveDate(to, { now, roundUp: true }),
    fields,
    described: `the time window ${from} to ${to} of the rule`,
  };
}

/** First of the fields that the event has, in epoch nanoseconds. */
export function eventTime(event: Event, fields: readonly string[]): bigint | undefined {
  for (const field of fields) {
    const value = getter(field)(event.source)[0];
    if (value === undefined || value === null) continue;
    return parseDocumentDate(value);
  }
  return undefined;
}

const getters = new Map<string, ReturnType<typeof compileGetter>>();

function getter(field: string): ReturnType<typeof compileGetter> {
  let found = getters.get(field);
  if (found === undefined) getters.set(field, (found = compileGetter(field)));
  return found;
}

/** Ascending by time, then by arrival; events without a time come first. */
export function oldestFirst(events: readonly Event[], field: string): readonly Event[] {
  if (events.length < 2) return events;
  const keyed = events.map((event) => ({ event, at: eventTime(event, [field]) }));
  keyed.sort((a, b) => {
    if (a.at === b.at) return a.event.ordinal - b.event.ordinal;
    if (a.at === undefined) return -1;
    if (b.at === undefined) return 1;
    return a.at < b.at ? -1 : 1;
  });
  return keyed.map(({ event }) => event);
}

/** The latest `limit` of events that stand in ascending order, still ascending. */
export const newestFirstCut = (events: readonly Event[], limit: number): readonly Event[] =>
  events.length <= limit ? events : events.slice(events.length - limit);
