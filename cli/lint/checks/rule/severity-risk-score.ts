import type { RuleCheck } from '../../check.ts';

const BANDS = { low: [0, 21], medium: [22, 47], high: [48, 73], critical: [74, 100] } as const;
const band = (score: number): string => Object.entries(BANDS).find(([, [, high]]) => score <= high)?.[0] ?? 'critical';

export const check: RuleCheck = {
  id: 'rule/severity-risk-score',
  severity: 'error',
  summary: 'Severity and risk score belong to the same band.',
  run({ file, body }) {
    const fitting = band(body.risk_score);
    if (fitting === body.severity) return [];
    const [low, high] = BANDS[body.severity];
    return [
      {
        message: `severity ${body.severity} does not go with risk score ${body.risk_score}`,
        span: file.valueSpan(['rule', 'risk_score']),
        label: `${body.severity} is ${low} to ${high}`,
        why: 'alerts are sorted by both, and the two would contradict each other',
        help: `make the severity "${fitting}", or choose a score from ${low} to ${high}`,
        fix: {
          description: `make the severity ${fitting}`,
          safe: false,
          edits: [{ span: file.valueSpan(['rule', 'severity']), text: `"${fitting}"` }],
        },
      },
    ];
  },
};
