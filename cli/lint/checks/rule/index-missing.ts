import type { RuleCheck } from '../../check.ts';

const WITHOUT = new Set(['esql', 'machine_learning']);

export const check: RuleCheck = {
  id: 'rule/index-missing',
  severity: 'warning',
  summary: 'A rule says which indices or data view it searches.',
  run({ file, body }) {
    if (WITHOUT.has(body.type) || body.index !== undefined || body.data_view_id !== undefined) return [];
    return [
      {
        message: 'the rule names neither indices nor a data view',
        span: file.keySpan(['rule', 'type']),
        why: 'it searches the default indices of its space, which differ from space to space',
        help: 'add index = ["logs-…"] to [rule]',
      },
    ];
  },
};
