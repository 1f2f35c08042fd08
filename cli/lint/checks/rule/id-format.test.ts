import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './id-format.ts';

describe(check.id, () => {
  it('reports a name as id', () => {
    expect(findingsOf(check.id, ruleText({ rule_id: 'shell-history' }))).toEqual([
      {
        id: 'rule/id-format',
        severity: 'warning',
        message: 'shell-history is not a lower-case UUID',
        why: 'other tools that read this format refuse such an id',
        help: 'give a new rule a UUID (uuidgen); the id of a published rule must not change, so suppress this there',
        at: '"shell-history"',
      },
    ]);
  });

  it.each([['a UUID', ruleText()]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
