import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './deprecated-place.ts';

describe(check.id, () => {
  it('reports a living rule among the dead', () => {
    expect(findingsOf(check.id, { 'rules/_deprecated/defense_evasion_x.toml': ruleText() })).toEqual([
      {
        id: 'metadata/deprecated-place',
        severity: 'warning',
        message: 'the rule lies in _deprecated but is not deprecated',
        why: 'people take it for one that is no longer kept, while it is still published',
        help: 'move it back to its folder, or write maturity = "deprecated"',
        at: '"production"',
      },
    ]);
  });

  it.each([
    [
      'a deprecated rule there',
      {
        'rules/_deprecated/defense_evasion_x.toml': ruleText(
          {},
          { maturity: 'deprecated', deprecation_date: '2026/02/01' },
        ),
      },
    ],
    ['a deprecated rule elsewhere', ruleText({}, { maturity: 'deprecated', deprecation_date: '2026/02/01' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
