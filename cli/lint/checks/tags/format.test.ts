import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './format.ts';

describe(check.id, () => {
  it('reports no category', () => {
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
            'Elastic',
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'tags/format',
        severity: 'info',
        message: 'the tag "Elastic" has no category',
        why: 'Kibana filters by whole tags, and only the category says what kind of thing this one names',
        help: 'write "Category: Value", such as "OS: Linux"',
        at: '"Elastic"',
      },
    ]);
  });

  it('reports no space', () => {
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
            'Team:blue',
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'tags/format',
        severity: 'info',
        message: 'the tag "Team:blue" has no category',
        why: 'Kibana filters by whole tags, and only the category says what kind of thing this one names',
        help: 'write "Category: Value", such as "OS: Linux"',
        at: '"Team:blue"',
      },
    ]);
  });

  it.each([
    [
      'a value with a colon',
      ruleText({
        tags: [
          'Domain: Endpoint',
          'OS: Linux',
          'Use Case: X',
          'Tactic: Defense Evasion',
          'Data Source: Elastic Defend',
          'Team: blue: two',
        ],
      }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
