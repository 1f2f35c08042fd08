import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './investigation-guide.ts';

describe(check.id, () => {
  it('reports a tag without a guide', () => {
    expect(findingsOf(check.id, ruleText({ note: undefined }))).toEqual([
      {
        id: 'tags/investigation-guide',
        severity: 'warning',
        message: 'the rule is tagged with a guide that it does not have',
        why: 'an analyst who filters for rules with a guide gets one without',
        help: 'write the guide into note, or take the tag out',
        at: '"Resources: Investigation Guide"',
      },
    ]);
  });

  it.each([['a guide', ruleText()]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
