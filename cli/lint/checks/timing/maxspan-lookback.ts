import type { RuleCheck } from '../../check.ts';
import { duration } from '../../knowledge/durations.ts';
import { maxspanOf } from '../../knowledge/maxspan.ts';
import { scheduleOf } from '../../knowledge/schedule.ts';

/** Kibana runs are allowed to start late; what is missing by less than this is not worth a word. */
const SLACK = 600;

export const check: RuleCheck = {
  id: 'timing/maxspan-lookback',
  severity: 'error',
  summary: 'A run looks back far enough to see a whole sequence.',
  run({ file, body }) {
    const maxspan = maxspanOf(body);
    const schedule = scheduleOf(body);
    if (maxspan === undefined || schedule === undefined || schedule.back + SLACK >= maxspan) return [];
    return [
      {
        message: `a run sees ${duration(schedule.back)}, while the sequence may take ${duration(maxspan)}`,
        span: file.valueSpan(['rule', body.from === undefined ? 'query' : 'from']),
        why: 'a sequence that takes longer than the look-back never lies in one run as a whole',
        help: `use from = "now-${duration(maxspan + schedule.every)}", or a shorter maxspan`,
      },
    ];
  },
};
