import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'rule/version-present',
  severity: 'error',
  summary: 'Every rule has a version.',
  run({ file, rule }) {
    if (rule.version !== undefined) return [];
    return [
      {
        message: 'the rule has no version',
        span: file.keySpan(['rule', 'name']),
        why: 'Kibana cannot tell an update of the rule from what it has already',
        help: 'add version = 1 to [rule], or keep versions in a version.lock.json',
      },
    ];
  },
};
