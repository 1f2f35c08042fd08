import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './rule-name.ts';

describe(check.id, () => {
  it('reports the name of another rule', () => {
    expect(
      findingsOf(check.id, ruleText({ note: '## Triage and analysis\n\n### Investigating Root Logins\n' })),
    ).toEqual([
      {
        id: 'guide/rule-name',
        severity: 'warning',
        message: 'the guide is about "Root Logins"',
        why: 'an analyst cannot know whether the guide belongs to the alert at hand',
        help: 'write Investigating Shell History Cleared, once you have made sure that the rest fits',
        at: '### Investigating Root Logins',
      },
    ]);
  });

  it.each([
    ['its own name', ruleText()],
    ['a heading without Investigating', ruleText({ note: '## Triage and analysis' })],
    ['a code block', ruleText({ note: '```\n# Investigating files\n```' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
