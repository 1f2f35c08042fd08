import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './duplicate.ts';

describe(check.id, () => {
  it('reports the same tag in other case', () => {
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
            'os: LINUX',
          ],
        }),
      ),
    ).toEqual([
      {
        id: 'tags/duplicate',
        severity: 'warning',
        message: 'the tag "os: LINUX" stands twice',
        why: 'lists of tags show it as two, and a change of one is easily forgotten in the other',
        help: 'take one of them out',
        at: '"os: LINUX"',
        related: ['first here: "OS: Linux"'],
        fix: 'take the second one out',
      },
    ]);
  });

  it.each([
    [
      'two tags of a category',
      ruleText({
        tags: [
          'Domain: Endpoint',
          'OS: Linux',
          'Use Case: X',
          'Tactic: Defense Evasion',
          'Data Source: Elastic Defend',
          'OS: macOS',
        ],
      }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
