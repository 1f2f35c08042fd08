import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './version-present.ts';

describe(check.id, () => {
  it('reports no version', () => {
    expect(findingsOf(check.id, ruleText({ version: undefined }))).toEqual([
      {
        id: 'rule/version-present',
        severity: 'error',
        message: 'the rule has no version',
        why: 'Kibana cannot tell an update of the rule from what it has already',
        help: 'add version = 1 to [rule], or keep versions in a version.lock.json',
        at: 'name',
      },
    ]);
  });

  it.each([['a version', ruleText()]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
