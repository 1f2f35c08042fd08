import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './date-order.ts';

describe(check.id, () => {
  it('reports a change before the creation', () => {
    expect(findingsOf(check.id, ruleText({}, { creation_date: '2026/02/02' }))).toEqual([
      {
        id: 'metadata/date-order',
        severity: 'error',
        message: 'the last change, 2026/02/01, lies before the creation, 2026/02/02',
        why: 'reviews and change logs are sorted by these dates',
        help: 'set updated_date to the day of this change',
        at: '"2026/02/01"',
        related: ['created here: "2026/02/02"'],
      },
    ]);
  });

  it.each([['the same day', ruleText({}, { creation_date: '2026/02/01' })]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
