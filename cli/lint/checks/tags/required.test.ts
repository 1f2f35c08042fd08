import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './required.ts';

describe(check.id, () => {
  it('reports a category that is missing', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({ tags: ['Domain: Endpoint', 'OS: Linux', 'Tactic: Defense Evasion', 'Data Source: Elastic Defend'] }),
      ),
    ).toEqual([
      {
        id: 'tags/required',
        severity: 'warning',
        message: 'no tag begins with "Use Case:"',
        why: 'rules are found, enabled and counted by their tags',
        help: 'add one, such as "Use Case: …"; [lint] required_tags says which are needed',
        at: 'tags',
      },
    ]);
  });

  it('reports no tags', () => {
    expect(findingsOf(check.id, ruleText({ tags: undefined }))).toEqual([
      {
        id: 'tags/required',
        severity: 'warning',
        message: 'no tag begins with "Domain:"',
        why: 'rules are found, enabled and counted by their tags',
        help: 'add one, such as "Domain: …"; [lint] required_tags says which are needed',
        at: 'rule',
      },
      {
        id: 'tags/required',
        severity: 'warning',
        message: 'no tag begins with "Use Case:"',
        why: 'rules are found, enabled and counted by their tags',
        help: 'add one, such as "Use Case: …"; [lint] required_tags says which are needed',
        at: 'rule',
      },
    ]);
  });

  it.each([['both categories', ruleText()]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
