import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './date-future.ts';

describe(check.id, () => {
  it('reports tomorrow', () => {
    expect(findingsOf(check.id, ruleText({}, { updated_date: '2026/03/02' }))).toEqual([
      {
        id: 'metadata/date-future',
        severity: 'error',
        message: '2026/03/02 lies in the future',
        label: 'today is 2026/03/01',
        why: 'the next change would seem older than this one',
        help: 'set it to the day of the change',
        at: '"2026/03/02"',
      },
    ]);
  });

  it.each([['today', ruleText({}, { updated_date: '2026/03/01' })]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
