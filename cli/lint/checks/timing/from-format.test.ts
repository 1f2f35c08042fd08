import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './from-format.ts';

describe(check.id, () => {
  it('reports words', () => {
    expect(findingsOf(check.id, ruleText({ from: 'yesterday' }))).toEqual([
      {
        id: 'timing/from-format',
        severity: 'error',
        message: 'from is not of the form now-<number><unit>',
        why: 'Kibana cannot work out the look-back, and shows it wrong in the form of the rule',
        help: 'write now-9m, now-1h or now-7d',
        at: '"yesterday"',
      },
    ]);
  });

  it.each([
    ['days', ruleText({ from: 'now-7d' })],
    ['the standard', ruleText({ from: undefined })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
