import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './rule-type.ts';

describe(check.id, () => {
  it('reports a building block', () => {
    expect(
      findingsOf(check.id, ruleText({ building_block_type: 'default', interval: '60m', from: 'now-119m' })),
    ).toEqual([
      {
        id: 'tags/rule-type',
        severity: 'warning',
        message: 'the tag "Rule Type: BBR" is missing',
        why: 'such rules are enabled, and their alerts read, apart from all others',
        help: 'add "Rule Type: BBR"',
        at: 'tags',
        fix: 'add the tag Rule Type: BBR',
      },
    ]);
  });

  it.each([
    [
      'a tagged building block',
      ruleText({
        building_block_type: 'default',
        interval: '60m',
        from: 'now-119m',
        tags: [
          'Domain: Endpoint',
          'OS: Linux',
          'Use Case: X',
          'Tactic: Defense Evasion',
          'Data Source: Elastic Defend',
          'Rule Type: BBR',
        ],
      }),
    ],
    ['an ordinary rule', ruleText()],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
