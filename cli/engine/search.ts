import { compileQuery } from '../query/compile-query.ts';
import type { EventQuery, GroupQuery, Language } from '../query/compile.ts';
import type { Event } from '../fields/event.ts';
import { hasEmptyName } from '../fields/patterns/index-pattern.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { ExecutionInput } from './execution.ts';
import { patternsOf, reach } from './reach.ts';

/** Stock values of `max_signals` and `xpack.alerting.rules.run.alerts.max`, which caps it (kibana: constants, config). */
const MAX_SIGNALS = 100;
const MAX_ALERTS = 1000;

/** Most alerts of one run. */
export const limitOf = (input: ExecutionInput): number =>
  input.allAlerts === true ? Infinity : Math.min(input.rule.body.max_signals ?? MAX_SIGNALS, MAX_ALERTS);

/** The search of a rule: its query and filters over the events in reach. */
export interface RuleSearch {
  readonly query: EventQuery;
  /** The events in reach that match, in the order given. Throws a KnownError when the search itself would fail. */
  hits(events: readonly Event[]): readonly Event[];
  outOfReach(event: Event): string | undefined;
}

/** The search of a rule for events that belong together. */
export interface GroupSearch {
  readonly query: GroupQuery;
  /** The events that the rule looks at. */
  inReach(events: readonly Event[]): readonly Event[];
  outOfReach(event: Event): string | undefined;
}

interface Searches {
  /** Of a query about single events. */
  readonly search?: RuleSearch;
  /** Of an EQL sequence or sample. */
  readonly groups?: GroupSearch;
  readonly problems: readonly Diagnostic[];
}

/**
 * Compiles the rule's query and filters; `problems` have spans in the rule file, and hold an error if there is neither
 * kind of search.
 */
export function searchOf(input: ExecutionInput, language: Language): Searches {
  const { file, rule, mapping, now } = input;
  const { body } = rule;
  const text = file.text(['rule', 'query']);
  const compiled = compileQuery(language, text?.text ?? body.query ?? '', {
    mapping,
    now,
    ...(body.filters === undefined ? {} : { filters: body.filters }),
    ...(body.event_category_override === undefined ? {} : { eventCategoryField: body.event_category_override }),
    ...(body.timestamp_field === undefined ? {} : { timestampField: body.timestamp_field }),
    ...(body.tiebreaker_field === undefined ? {} : { tiebreakerField: body.tiebreaker_field }),
    ...(input.stack === undefined ? {} : { stack: input.stack }),
  });
  const problems = compiled.diagnostics.map((one): Diagnostic => ({
    ...one,
    span: text?.span(one.span) ?? file.valueSpan(['rule', 'query']),
    ...(one.related === undefined || text === undefined
      ? {}
      : { related: one.related.map((place) => ({ ...place, span: text.span(place.span) })) }),
  }));
  const { runnable } = compiled;
  if (hasEmptyName(patternsOf(body) ?? [])) return { problems: [...problems, emptyName(file)] };
  if (runnable === undefined) return { problems };
  const outOfReach = reach(input);
  const inReach = (events: readonly Event[]): readonly Event[] =>
    events.filter((event) => outOfReach(event) === undefined);
  if (runnable.kind !== 'event') return { problems, groups: { query: runnable, inReach, outOfReach } };
  return {
    problems,
    search: {
      query: runnable,
      hits: (events) => events.filter((event) => outOfReach(event) === undefined && runnable.test(event)),
      outOfReach,
    },
  };
}

const emptyName = (file: ExecutionInput['file']): Diagnostic => ({
  id: 'query/fails',
  severity: 'error',
  message: 'an index pattern of the rule is empty',
  span: file.valueSpan(['rule', 'index']),
  why: 'Elasticsearch finds no index of that name and refuses the search at every run',
  help: 'take it out of the list',
});
