import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './setup-heading.ts';

describe(check.id, () => {
  it('reports another level', () => {
    expect(findingsOf(check.id, ruleText({ note: '## Triage and analysis\n\n### setup\n\nx' }))).toEqual([
      {
        id: 'guide/setup-heading',
        severity: 'warning',
        message: 'this heading is not "## Setup"',
        why: 'the section is cut out and shown as the setup guide of the rule, if it is headed in this way',
        help: 'write ## Setup, or move the section to the key setup',
        at: '### setup',
        fix: 'write ## Setup',
      },
    ]);
  });

  it.each([
    ['the right heading', ruleText({ note: '## Setup' })],
    ['a longer heading', ruleText({ note: '### Setup of the agent' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
