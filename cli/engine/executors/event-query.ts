import { matchesIndex } from '../../fields/patterns/index-pattern.ts';
import type { Event } from '../../fields/event.ts';
import { compileQuery } from '../../query/compile-query.ts';
import type { Language } from '../../query/compile.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { alertOf } from '../alert-fields.ts';
import type { ExecutionInput, Executor, PreparedRule } from '../execution.ts';
import { eventTime, newestFirstCut, oldestFirst, timeWindowOf } from '../time.ts';

/** Stock value of `max_signals` (kibana: DEFAULT_MAX_SIGNALS in detection_engine/constants). */
const MAX_SIGNALS = 100;

const languageOf = (input: ExecutionInput): Language =>
  input.rule.body.type === 'eql' ? 'eql' : (input.rule.body.language ?? 'kuery');

/**
 * `query`, `saved_query` and `eql` event rules: one alert per matching event. KQL rules take the oldest `max_signals`
 * events, EQL the latest, both listed in ascending order (kibana: rule_types/query/query.ts, rule_types/eql/eql.ts).
 */
export const eventQuery: Executor = (input) => {
  const { file, rule, mapping, now } = input;
  const { body } = rule;
  const text = file.text(['rule', 'query']);
  const query = text?.text ?? body.query ?? '';
  if (body.type === 'saved_query' && body.query === undefined)
    return {
      problems: [
        {
          id: 'query/unsupported',
          severity: 'error',
          message: 'the saved query of this rule cannot be read offline',
          span: file.valueSpan(['rule', 'type']),
          why: 'it lives in Kibana, and the file holds no query to fall back to',
          help: 'write the query into the file beside saved_id',
        },
      ],
    };
  const compiled = compileQuery(languageOf(input), query, {
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
  if (runnable === undefined) return { problems };

  const outOfReach = reach(input);
  const limit = input.allAlerts === true ? Infinity : (body.max_signals ?? MAX_SIGNALS);
  const timeField = body.timestamp_field ?? '@timestamp';
  const prepared: PreparedRule = {
    run(events) {
      const hits = events.filter((event) => outOfReach(event) === undefined && runnable.test(event));
      const ordered = oldestFirst(hits, timeField);
      const kept = body.type === 'eql' ? newestFirstCut(ordered, limit) : ordered.slice(0, limit);
      return kept.map((event) => alertOf(rule, [event]));
    },
    explain: (event) => runnable.explain(event),
    outOfReach,
  };
  return { prepared, problems };
};

/** Index patterns and time window: which events the rule searches at all. */
function reach({ rule, now, timeWindow, anyIndex }: ExecutionInput): (event: Event) => string | undefined {
  const patterns = rule.body.index;
  const window = timeWindow === true ? timeWindowOf(rule.body, now) : undefined;
  return (event) => {
    if (anyIndex !== true && patterns !== undefined && event.index !== '' && !matchesIndex(patterns, event.index))
      return `the rule does not search index ${event.index}`;
    if (window === undefined) return undefined;
    const at = eventTime(event, window.fields);
    if (at === undefined) return `the event has no ${window.fields.join(' or ')}`;
    if (at < window.from || at > window.to) return `the event lies outside ${window.described}`;
    return undefined;
  };
}
