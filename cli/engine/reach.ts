import { matchesIndex } from '../fields/patterns/index-pattern.ts';
import { DEFAULT_INDICES } from '../fields/tables/rule-mapping.ts';
import type { Event } from '../fields/event.ts';
import type { RuleBody } from '../rule/rule.ts';
import type { ExecutionInput } from './execution.ts';
import { inWindow, timeWindowOf } from './time.ts';

/**
 * Index patterns that the rule searches; undefined where only Kibana knows them: a data view wins over `index`
 * (kibana: rule_types/utils/get_input_output_index.ts). An event without an index is taken to lie in one of them.
 */
export const patternsOf = (body: RuleBody): readonly string[] | undefined =>
  body.data_view_id !== undefined && body.data_view_id !== '' ? undefined : (body.index ?? DEFAULT_INDICES);

/** Why the rule never looks at an event: its index, its time. Undefined: it does look. */
export function reach({ rule, now, timeWindow, anyIndex }: ExecutionInput): (event: Event) => string | undefined {
  const patterns = anyIndex === true ? undefined : patternsOf(rule.body);
  // Thousands of events share a few indices, and reading the patterns takes longer than running the query.
  const known = new Map<string, boolean>();
  const searches = (index: string): boolean => {
    let found = known.get(index);
    if (found === undefined)
      known.set(index, (found = patterns === undefined || index === '' || matchesIndex(patterns, index)));
    return found;
  };
  const window = timeWindow === true ? timeWindowOf(rule.body, now) : undefined;
  return (event) => {
    if (!searches(event.index)) return `the rule does not search index ${event.index}`;
    return window === undefined ? undefined : inWindow(event, window);
  };
}
