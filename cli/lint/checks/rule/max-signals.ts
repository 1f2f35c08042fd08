import type { RuleCheck } from '../../check.ts';

/** Stock value of `xpack.alerting.rules.run.alerts.max`. */
const MOST = 1000;

export const check: RuleCheck = {
  id: 'rule/max-signals',
  severity: 'error',
  summary: 'A rule asks for no more alerts in one run than Kibana creates.',
  run({ file, body }) {
    const max = body.max_signals;
    if (max === undefined || max <= MOST) return [];
    const span = file.valueSpan(['rule', 'max_signals']);
    return [
      {
        message: `max_signals is ${max}, but Kibana creates 1,000 alerts in one run at most`,
        span,
        why: 'the limit of the cluster wins, and every run ends with a warning',
        help: 'write 1000 or less, and suppress alerts that belong together',
        fix: { description: 'lower it to 1000', safe: true, edits: [{ span, text: String(MOST) }] },
      },
    ];
  },
};
