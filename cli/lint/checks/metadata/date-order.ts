import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'metadata/date-order',
  severity: 'error',
  summary: 'A rule was not changed before it was created.',
  deprecated: 'too',
  run({ file, metadata }) {
    if (metadata.updated_date >= metadata.creation_date) return [];
    return [
      {
        message: `the last change, ${metadata.updated_date}, lies before the creation, ${metadata.creation_date}`,
        span: file.valueSpan(['metadata', 'updated_date']),
        why: 'reviews and change logs are sorted by these dates',
        help: 'set updated_date to the day of this change',
        related: [{ span: file.valueSpan(['metadata', 'creation_date']), message: 'created here' }],
      },
    ];
  },
};
