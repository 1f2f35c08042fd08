import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'metadata/min-stack-comments',
  severity: 'warning',
  summary: 'A lowest stack comes with its reason.',
  run({ file, metadata }) {
    if (metadata.min_stack_version === undefined || metadata.min_stack_comments !== undefined) return [];
    return [
      {
        message: 'nothing says why the rule needs this stack',
        span: file.valueSpan(['metadata', 'min_stack_version']),
        why: 'without the reason nobody dares to lower or drop the limit later',
        help: 'add min_stack_comments = "…" below it',
      },
    ];
  },
};
