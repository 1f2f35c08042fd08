import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './date-invalid.ts';

describe(check.id, () => {
  it('reports a day that February does not have', () => {
    expect(findingsOf(check.id, ruleText({}, { updated_date: '2026/02/29' }))).toEqual([
      {
        id: 'metadata/date-invalid',
        severity: 'error',
        message: '2026/02/29 is not a day of the calendar',
        why: 'reviews and change logs are sorted by these dates',
        help: 'write year, month and day as YYYY/MM/DD',
        at: '"2026/02/29"',
      },
    ]);
  });

  it.each([['a leap day', ruleText({}, { creation_date: '2024/02/29' })]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
