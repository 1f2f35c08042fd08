import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'rule/index-and-data-view',
  severity: 'error',
  summary: 'A rule searches indices or a data view, not both.',
  run({ file, body }) {
    if (body.index === undefined || body.data_view_id === undefined) return [];
    return [
      {
        message: 'the rule has both index and data_view_id',
        span: file.keySpan(['rule', 'data_view_id']),
        why: 'Kibana searches the data view and never looks at the indices',
        help: 'take one of them out',
        related: [{ span: file.keySpan(['rule', 'index']), message: 'these indices are not searched' }],
      },
    ];
  },
};
