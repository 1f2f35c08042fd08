import type { RuleCheck } from '../../check.ts';
import { duration } from '../../knowledge/durations.ts';
import { maxspanOf } from '../../knowledge/maxspan.ts';
import { scheduleOf } from '../../knowledge/schedule.ts';

/** Half of Kibana's standard interval: shorter sequences are cheap enough to look for at every run. */
const SHORT = 150;

export const check: RuleCheck = {
  id: 'timing/maxspan-interval',
  severity: 'warning',
  summary: 'A rule with long sequences does not run more often than they need.',
  run({ file, body }) {
    const maxspan = maxspanOf(body);
    const schedule = scheduleOf(body);
    if (maxspan === undefined || schedule === undefined || maxspan <= SHORT || schedule.every * 2 >= maxspan) return [];
    return [
      {
        message: `the rule runs every ${duration(schedule.every)} for sequences of up to ${duration(maxspan)}`,
        span: file.valueSpan(['rule', body.interval === undefined ? 'query' : 'interval']),
        why: 'each run reads the same hours of events again, which costs the cluster and finds nothing more',
        help: `use interval = "${duration(Math.ceil(maxspan / 120) * 60)}" or more, and look back by maxspan and interval together`,
      },
    ];
  },
};
