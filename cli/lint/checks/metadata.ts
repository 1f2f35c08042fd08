import type { Check } from '../check.ts';

const real = (date: string): boolean => {
  const [year = 0, month = 0, day = 0] = date.split('/').map(Number);
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
};

export const metadataChecks: readonly Check[] = [
  {
    id: 'metadata/date',
    severity: 'error',
    summary: 'Dates are days of the calendar, in order, not in the future.',
    run(file, { today }) {
      const metadata = file.rule?.metadata;
      if (metadata === undefined) return [];
      const make = (key: string, message: string, help: string) => ({
        id: 'metadata/date',
        severity: 'error' as const,
        message,
        span: file.valueSpan(['metadata', key]),
        why: 'reviews and change logs are sorted by these dates',
        help,
      });
      const keys = (['creation_date', 'updated_date'] as const).filter((key) => !real(metadata[key]));
      if (keys.length > 0)
        return keys.map((key) => make(key, `${metadata[key]} is no day of the calendar`, 'write YYYY/MM/DD'));
      if (metadata.updated_date < metadata.creation_date)
        return [
          make(
            'updated_date',
            'the last change lies before the creation',
            'set updated_date to the day of this change',
          ),
        ];
      if (metadata.updated_date > today)
        return [make('updated_date', `${metadata.updated_date} lies in the future`, 'set it to today')];
      return [];
    },
  },
  {
    id: 'metadata/min-stack-comments',
    severity: 'warning',
    summary: 'A lowest stack comes with its reason.',
    run(file) {
      const metadata = file.rule?.metadata;
      if (metadata?.min_stack_version === undefined || metadata.min_stack_comments !== undefined) return [];
      return [
        {
          id: 'metadata/min-stack-comments',
          severity: 'warning',
          message: 'nothing says why the rule needs this stack',
          span: file.valueSpan(['metadata', 'min_stack_version']),
          why: 'nobody dares to lower the version later',
          help: 'add min_stack_comments',
        },
      ];
    },
  },
  {
    id: 'metadata/deprecation-date',
    severity: 'error',
    summary: 'A deprecated rule says since when.',
    run(file) {
      const metadata = file.rule?.metadata;
      if (metadata?.maturity !== 'deprecated' || metadata['deprecation_date'] !== undefined) return [];
      return [
        {
          id: 'metadata/deprecation-date',
          severity: 'error',
          message: 'the rule is deprecated without a date',
          span: file.valueSpan(['metadata', 'maturity']),
          why: 'its users cannot see since when',
          help: 'add deprecation_date = "YYYY/MM/DD"',
        },
      ];
    },
  },
];
