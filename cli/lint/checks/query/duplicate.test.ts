import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './duplicate.ts';

describe(check.id, () => {
  it('reports the same query, spaced otherwise', () => {
    expect(
      findingsOf(check.id, {
        'rules/linux/defense_evasion_one.toml': ruleText(),
        'rules/linux/defense_evasion_two.toml': ruleText({
          name: 'Other',
          rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d12',
          query: 'process where  host.os.type == "linux" and process.args == "history -c"',
        }),
      }),
    ).toEqual([
      {
        id: 'query/duplicate',
        severity: 'warning',
        message: 'rules/linux/defense_evasion_one.toml runs the same query over the same indices',
        why: 'every event that matches raises two alerts',
        help: 'delete one of the rules, or make the queries differ',
        at: '\'process where  host.os.type == "linux" and process.args == "history -c"\'',
        related: ['first used here: rules/linux/defense_evasion_one.toml'],
      },
    ]);
  });

  it.each([
    [
      'other indices',
      {
        'rules/linux/defense_evasion_one.toml': ruleText(),
        'rules/linux/defense_evasion_two.toml': ruleText({
          name: 'Other',
          rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d12',
          index: ['logs-endpoint.events.*'],
        }),
      },
    ],
    [
      'a deprecated twin',
      {
        'rules/linux/defense_evasion_one.toml': ruleText(),
        'rules/linux/defense_evasion_two.toml': ruleText(
          { name: 'Other', rule_id: '0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d12' },
          { maturity: 'deprecated', deprecation_date: '2026/02/01' },
        ),
      },
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
