import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './unique-id.ts';

describe(check.id, () => {
  it('reports a copy that kept its id', () => {
    expect(
      findingsOf(check.id, {
        'rules/linux/defense_evasion_one.toml': ruleText(),
        'rules/linux/defense_evasion_two.toml': ruleText({ name: 'Other', index: ['logs-endpoint.events.*'] }),
      }),
    ).toEqual([
      {
        id: 'rule/unique-id',
        severity: 'error',
        message: 'rules/linux/defense_evasion_one.toml has the same rule_id',
        why: 'Kibana knows a rule by its id, so one of the two would replace the other',
        help: 'give the newer one an id of its own (uuidgen)',
        at: '"0f2c1c0a-4d2e-4b53-9a55-2f6a3f0c7d11"',
        related: ['first used here: rules/linux/defense_evasion_one.toml'],
      },
    ]);
  });

  it.each([
    [
      'two ids',
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
