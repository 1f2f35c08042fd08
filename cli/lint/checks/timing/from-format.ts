import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'timing/from-format',
  severity: 'error',
  summary: 'The begin of the search is written now-<number><unit>.',
  run({ file, body }) {
    if (body.from === undefined || /^now-\d+[yMwdhHms]$/.test(body.from)) return [];
    return [
      {
        message: 'from is not of the form now-<number><unit>',
        span: file.valueSpan(['rule', 'from']),
        why: 'Kibana cannot work out the look-back, and shows it wrong in the form of the rule',
        help: 'write now-9m, now-1h or now-7d',
      },
    ];
  },
};
