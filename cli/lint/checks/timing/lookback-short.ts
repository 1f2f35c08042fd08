import type { RuleCheck } from '../../check.ts';
import { duration } from '../../knowledge/durations.ts';
import { scheduleOf } from '../../knowledge/schedule.ts';

export const check: RuleCheck = {
  id: 'timing/lookback-short',
  severity: 'warning',
  summary: 'The look-back leaves room for events that arrive late.',
  run({ file, body }) {
    const schedule = scheduleOf(body);
    if (schedule?.back !== schedule?.every || schedule === undefined || body.type === 'machine_learning') return [];
    const { every, key } = schedule;
    return [
      {
        message: 'the look-back leaves no room for late events',
        span: file.valueSpan(['rule', key]),
        label: `every ${duration(every)} over the last ${duration(every)}`,
        why: 'an event that arrives after the run that should have seen it is never seen',
        help: `use from = "now-${duration(every + 240)}"; timestamp_override = "event.ingested" helps, too`,
      },
    ];
  },
};
