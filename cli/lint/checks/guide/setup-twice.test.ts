import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './setup-twice.ts';

describe(check.id, () => {
  it('reports both places', () => {
    expect(findingsOf(check.id, ruleText({ note: '## Setup\n\nx', setup: 'y' }))).toEqual([
      {
        id: 'guide/setup-twice',
        severity: 'warning',
        message: 'setting up is described in note and in setup',
        why: 'Kibana shows both, and sooner or later they contradict each other',
        help: 'move the section to setup',
        at: '## Setup',
        related: ['the other one: setup'],
      },
    ]);
  });

  it.each([
    ['one place', ruleText({ note: '## Triage and analysis', setup: '## Setup' })],
    ['an empty setup', ruleText({ note: '## Setup', setup: '' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
