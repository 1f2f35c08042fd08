import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './deprecation-date.ts';

describe(check.id, () => {
  it('reports no date', () => {
    expect(findingsOf(check.id, ruleText({}, { maturity: 'deprecated' }))).toEqual([
      {
        id: 'metadata/deprecation-date',
        severity: 'error',
        message: 'the rule is deprecated without a date',
        why: 'its users cannot see since when they are without it',
        help: 'add deprecation_date = "YYYY/MM/DD" to [metadata]',
        at: '"deprecated"',
      },
    ]);
  });

  it('reports a date without deprecation', () => {
    expect(findingsOf(check.id, ruleText({}, { deprecation_date: '2026/02/01' }))).toEqual([
      {
        id: 'metadata/deprecation-date',
        severity: 'error',
        message: 'the rule has a date of deprecation but is not deprecated',
        why: 'the rule still ships, while its file says that it was given up',
        help: 'write maturity = "deprecated", or take the date out',
        at: 'deprecation_date',
      },
    ]);
  });

  it.each([['both', ruleText({}, { maturity: 'deprecated', deprecation_date: '2026/02/01' })]])(
    'says nothing about %s',
    (_, texts) => {
      expect(findingsOf(check.id, texts)).toEqual([]);
    },
  );
});
