import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './sections.ts';

describe(check.id, () => {
  it('reports a missing section', () => {
    expect(findingsOf(check.id, ruleText({ note: '## Background' }))).toEqual([
      {
        id: 'guide/sections',
        severity: 'info',
        message: 'the guide has no section "Triage and analysis"',
        why: 'it is what an analyst with an alert at hand looks for',
        help: 'add a heading "### Triage and analysis"; [lint] guide_sections says which are needed',
        at: 'note',
      },
    ]);
  });

  it.each([
    ['the section at another level', ruleText({ note: '#### Triage and analysis of shells' })],
    [
      'a rule without a guide',
      ruleText({
        note: undefined,
        tags: [
          'Domain: Endpoint',
          'OS: Linux',
          'Use Case: X',
          'Tactic: Defense Evasion',
          'Data Source: Elastic Defend',
        ],
      }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
