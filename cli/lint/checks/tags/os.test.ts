import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './os.ts';

describe(check.id, () => {
  it('reports a Linux rule without its tag', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          tags: ['Domain: Endpoint', 'Use Case: X', 'Tactic: Defense Evasion', 'Data Source: Elastic Defend'],
        }),
      ),
    ).toEqual([
      {
        id: 'tags/os',
        severity: 'warning',
        message: 'the tag "OS: Linux" is missing',
        why: 'the rule lies in the folder linux, but nobody who filters by the system finds it',
        help: 'add "OS: Linux"',
        at: 'tags',
        fix: 'add the tag OS: Linux',
      },
    ]);
  });

  it.each([
    [
      'another folder',
      {
        'rules/okta/defense_evasion_x.toml': ruleText({
          tags: ['Domain: Endpoint', 'Use Case: X', 'Tactic: Defense Evasion', 'Data Source: Elastic Defend'],
        }),
      },
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
