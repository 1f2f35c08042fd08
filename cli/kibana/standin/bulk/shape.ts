import { suppression, duration } from '../rules/shape.ts';
import { array, boolean, date, like, literal, object, oneOf, string, union, type Shape } from '../zod.ts';

const strings = array(string());
const interval = like((text) => /^[1-9]\d*[smh]$/.test(text));

/** One change of an edit (kibana: bulk_actions/bulk_actions_route.schema.yaml). */
const edit = union(
  object({ type: oneOf('add_tags', 'delete_tags', 'set_tags'), value: strings }),
  object({
    type: oneOf('add_index_patterns', 'delete_index_patterns', 'set_index_patterns'),
    value: strings,
    'overwrite_data_views?': boolean,
  }),
  object({
    type: oneOf('add_investigation_fields', 'delete_investigation_fields', 'set_investigation_fields'),
    value: object({ field_names: array(string(1), { minimum: 1 }) }),
  }),
  object({ type: literal('set_timeline'), value: object({ timeline_id: string(), timeline_title: string() }) }),
  object({
    type: oneOf('add_rule_actions', 'set_rule_actions'),
    value: object({
      'throttle?': oneOf('rule', '1h', '1d', '7d'),
      actions: array(object({ id: string(), params: object({}), 'group?': string(), 'frequency?': object({}) })),
    }),
  }),
  object({ type: literal('set_schedule'), value: object({ interval, lookback: interval }) }),
  object({ type: literal('set_alert_suppression'), value: suppression }),
  object({ type: literal('set_alert_suppression_for_threshold'), value: object({ duration }) }),
  object({ type: literal('delete_alert_suppression') }),
);

const common: Readonly<Record<string, Shape>> = {
  'query?': string(),
  'ids?': array(string(), { minimum: 1 }),
  'gaps_range_start?': string(),
  'gaps_range_end?': string(),
  'gap_fill_statuses?': array(oneOf('unfilled', 'in_progress', 'filled', 'error')),
};
const range = object({ start_date: date, end_date: date });

/** A union in this order: a body that fits none is answered with the faults of all, five at most. */
export const bulkShape = union(
  object({ ...common, action: literal('delete') }),
  object({ ...common, action: literal('disable') }),
  object({ ...common, action: literal('enable') }),
  object({ ...common, action: literal('export') }),
  object({
    ...common,
    action: literal('duplicate'),
    'duplicate?': object({ include_exceptions: boolean, include_expired_exceptions: boolean }),
  }),
  object({ ...common, action: literal('run'), run: range }),
  object({ ...common, action: literal('fill_gaps'), fill_gaps: range }),
  object({ ...common, action: literal('edit'), edit: array(edit, { minimum: 1 }) }),
);
