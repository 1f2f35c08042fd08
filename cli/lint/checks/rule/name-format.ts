import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'rule/name-format',
  severity: 'warning',
  summary: 'The name begins with a letter or digit and ends with a letter, digit or bracket.',
  run({ file, body }) {
    if (/^[A-Za-z0-9].*[A-Za-z0-9()[\]]$/s.test(body.name) && !/\s\s|\n/.test(body.name)) return [];
    return [
      {
        message: 'the name has a stray character or space',
        span: file.valueSpan(['rule', 'name']),
        why: 'lists of rules and alerts are sorted and searched by the name',
        help: 'begin and end it with a letter or digit, with single spaces between the words',
      },
    ];
  },
};
