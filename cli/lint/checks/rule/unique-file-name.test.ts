import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './unique-file-name.ts';

describe(check.id, () => {
  it('reports the same name in two folders', () => {
    expect(
      findingsOf(check.id, {
        'rules/linux/defense_evasion_one.toml': ruleText(),
        'rules/macos/defense_evasion_one.toml': ruleText({
          name: 'Other',
          rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d12',
          index: ['logs-endpoint.events.*'],
        }),
      }),
    ).toEqual([
      {
        id: 'rule/unique-file-name',
        severity: 'warning',
        message: 'rules/linux/defense_evasion_one.toml has the same file name',
        why: 'reports, reviews and searches show the two under one name',
        help: 'rename one of the files',
        at: '"Other"',
        related: ['first used here: rules/linux/defense_evasion_one.toml'],
      },
    ]);
  });

  it.each([
    [
      'two names',
      {
        'rules/linux/defense_evasion_one.toml': ruleText(),
        'rules/linux/defense_evasion_two.toml': ruleText({
          name: 'Other',
          rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d12',
          index: ['logs-endpoint.events.*'],
        }),
      },
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
