import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './unique-name.ts';

describe(check.id, () => {
  it('reports a copy that kept its name', () => {
    expect(
      findingsOf(check.id, {
        'rules/linux/defense_evasion_one.toml': ruleText(),
        'rules/linux/defense_evasion_two.toml': ruleText({
          rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d12',
          index: ['logs-endpoint.events.*'],
        }),
      }),
    ).toEqual([
      {
        id: 'rule/unique-name',
        severity: 'error',
        message: 'rules/linux/defense_evasion_one.toml has the same name',
        why: 'an alert shows the name of its rule, so nobody could tell the two apart',
        help: 'say in the name what is different about this one',
        at: '"Shell History Cleared"',
        related: ['first used here: rules/linux/defense_evasion_one.toml'],
      },
    ]);
  });

  it.each([
    [
      'a deprecated rule of that name',
      {
        'rules/linux/defense_evasion_one.toml': ruleText(),
        'rules/linux/defense_evasion_two.toml': ruleText(
          { rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d12', index: ['logs-endpoint.events.*'] },
          { maturity: 'deprecated', deprecation_date: '2026/02/01' },
        ),
      },
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
