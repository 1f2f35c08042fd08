import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'timing/timestamp-override',
  severity: 'warning',
  summary: 'Rules over single events search by the time of arrival.',
  run({ file, body }) {
    const kql = body.type === 'query' && body.language === 'kuery';
    const eql = body.type === 'eql' && /^\s*(?:sequence|sample|join)\b/.test(body.query ?? '') === false;
    if ((!kql && !eql) || body.timestamp_override === 'event.ingested') return [];
    const written = body.timestamp_override;
    return [
      {
        message: written === undefined ? 'timestamp_override is missing' : `timestamp_override is ${written}`,
        span: written === undefined ? file.keySpan(['rule', 'type']) : file.valueSpan(['rule', 'timestamp_override']),
        why: 'an event that arrives later than the look-back, from a laptop that was offline, is never searched',
        help: 'add timestamp_override = "event.ingested"',
      },
    ];
  },
};
