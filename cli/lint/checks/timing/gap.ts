import type { RuleCheck } from '../../check.ts';
import { duration } from '../../knowledge/durations.ts';
import { scheduleOf } from '../../knowledge/schedule.ts';

export const check: RuleCheck = {
  id: 'timing/gap',
  severity: 'error',
  summary: 'A run looks back at least to the run before it.',
  run({ file, body }) {
    const schedule = scheduleOf(body);
    if (schedule === undefined || schedule.back >= schedule.every) return [];
    const { every, back, key } = schedule;
    return [
      {
        message: `events of ${duration(every - back)} between two runs are never searched`,
        span: file.valueSpan(['rule', key]),
        label: `every ${duration(every)} over the last ${duration(back)}`,
        why: 'what happens in the gap raises no alert, and nothing shows that it was missed',
        help: `use from = "now-${duration(every + 240)}", or a shorter interval`,
      },
    ];
  },
};
