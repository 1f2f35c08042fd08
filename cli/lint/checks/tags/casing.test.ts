import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './casing.ts';

describe(check.id, () => {
  it('reports lower case', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          tags: [
            'domain: endpoint',
            'Domain: Endpoint',
            'OS: Linux',
            'Use Case: X',
            'Tactic: Defense Evasion',
            'Data Source: Elastic Defend',
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'tags/casing',
        severity: 'warning',
        message: 'this tag is written "Domain: Endpoint"',
        why: 'filters by tag are exact, so the rule is left out by those who write it as usual',
        help: 'write "Domain: Endpoint"',
        at: '"domain: endpoint"',
        fix: 'write Domain: Endpoint',
      },
    ]);
  });

  it.each([
    [
      'tags of your own',
      ruleText({
        tags: [
          'Domain: Endpoint',
          'OS: Linux',
          'Use Case: X',
          'Tactic: Defense Evasion',
          'Data Source: Elastic Defend',
          'Team: blue',
        ],
      }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
