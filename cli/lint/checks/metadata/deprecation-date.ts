import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'metadata/deprecation-date',
  severity: 'error',
  summary: 'A deprecated rule says since when, and no other rule does.',
  deprecated: 'too',
  run({ file, metadata }) {
    const dated = metadata['deprecation_date'] !== undefined;
    const deprecated = metadata.maturity === 'deprecated';
    if (dated === deprecated) return [];
    return [
      deprecated
        ? {
            message: 'the rule is deprecated without a date',
            span: file.valueSpan(['metadata', 'maturity']),
            why: 'its users cannot see since when they are without it',
            help: 'add deprecation_date = "YYYY/MM/DD" to [metadata]',
          }
        : {
            message: 'the rule has a date of deprecation but is not deprecated',
            span: file.keySpan(['metadata', 'deprecation_date']),
            why: 'the rule still ships, while its file says that it was given up',
            help: 'write maturity = "deprecated", or take the date out',
          },
    ];
  },
};
