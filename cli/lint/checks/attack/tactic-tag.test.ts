import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './tactic-tag.ts';

describe(check.id, () => {
  it('reports no tag for the tactic', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({ tags: ['Domain: Endpoint', 'OS: Linux', 'Use Case: X', 'Data Source: Elastic Defend'] }),
      ),
    ).toEqual([
      {
        id: 'attack/tactic-tag',
        severity: 'warning',
        message: 'the tag "Tactic: Defense Evasion" is missing',
        why: 'the rule maps to this tactic, but nobody who filters by it finds the rule',
        help: 'add "Tactic: Defense Evasion"',
        at: 'tags',
        fix: 'add the tag Tactic: Defense Evasion',
      },
    ]);
  });

  it('reports a tag for another tactic', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          tags: [
            'Domain: Endpoint',
            'OS: Linux',
            'Use Case: X',
            'Tactic: Defense Evasion',
            'Data Source: Elastic Defend',
            'Tactic: Impact',
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'attack/tactic-tag',
        severity: 'warning',
        message: 'the rule does not map to Impact',
        why: 'who filters by this tactic finds a rule that has no technique of it',
        help: 'take the tag out, or add the tactic to [[rule.threat]]',
        at: '"Tactic: Impact"',
      },
    ]);
  });

  it.each([
    ['the tag of the tactic', ruleText()],
    ['a rule without a threat', ruleText({ threat: undefined })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
