import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './name-format.ts';

describe(check.id, () => {
  it('reports a space at the end', () => {
    expect(findingsOf(check.id, ruleText({ name: 'Shell History ' }))).toEqual([
      {
        id: 'rule/name-format',
        severity: 'warning',
        message: 'the name has a stray character or space',
        why: 'lists of rules and alerts are sorted and searched by the name',
        help: 'begin and end it with a letter or digit, with single spaces between the words',
        at: '"Shell History "',
      },
    ]);
  });

  it('reports two spaces', () => {
    expect(findingsOf(check.id, ruleText({ name: 'Shell  History' }))).toEqual([
      {
        id: 'rule/name-format',
        severity: 'warning',
        message: 'the name has a stray character or space',
        why: 'lists of rules and alerts are sorted and searched by the name',
        help: 'begin and end it with a letter or digit, with single spaces between the words',
        at: '"Shell  History"',
      },
    ]);
  });

  it.each([
    ['brackets at the end', ruleText({ name: 'Shell History (zsh)' })],
    ['hyphens and slashes', ruleText({ name: 'SSH-Key / History' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
