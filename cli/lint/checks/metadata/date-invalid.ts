import type { RuleCheck } from '../../check.ts';

/** Days that every month has take no calendar. */
const SURE = /^\d{4}\/(?:0[1-9]|1[0-2])\/(?:0[1-9]|1\d|2[0-8])$/;

const isDay = (date: string): boolean => {
  if (SURE.test(date)) return true;
  const [year = 0, month = 0, day = 0] = date.split('/').map(Number);
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
};

export const check: RuleCheck = {
  id: 'metadata/date-invalid',
  severity: 'error',
  summary: 'Dates are days of the calendar.',
  deprecated: 'too',
  run({ file, metadata }) {
    return ['creation_date', 'updated_date', 'deprecation_date'].flatMap((key) => {
      const date = metadata[key];
      if (typeof date !== 'string' || isDay(date)) return [];
      return [
        {
          message: `${date} is not a day of the calendar`,
          span: file.valueSpan(['metadata', key]),
          why: 'reviews and change logs are sorted by these dates',
          help: 'write year, month and day as YYYY/MM/DD',
        },
      ];
    });
  },
};
