import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'rule/id-format',
  severity: 'warning',
  summary: 'The rule id is a lower-case UUID.',
  run({ file, body }) {
    if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(body.rule_id)) return [];
    return [
      {
        message: `${body.rule_id} is not a lower-case UUID`,
        span: file.valueSpan(['rule', 'rule_id']),
        why: 'other tools that read this format refuse such an id',
        help: 'give a new rule a UUID (uuidgen); the id of a published rule must not change, so suppress this there',
      },
    ];
  },
};
