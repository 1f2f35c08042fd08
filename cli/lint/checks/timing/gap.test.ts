import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './gap.ts';

describe(check.id, () => {
  it('reports a look-back shorter than the interval', () => {
    expect(findingsOf(check.id, ruleText({ interval: '10m' }))).toEqual([
      {
        id: 'timing/gap',
        severity: 'error',
        message: 'events of 1m between two runs are never searched',
        label: 'every 10m over the last 9m',
        why: 'what happens in the gap raises no alert, and nothing shows that it was missed',
        help: 'use from = "now-14m", or a shorter interval',
        at: '"now-9m"',
      },
    ]);
  });

  it('reports the standard look-back', () => {
    expect(findingsOf(check.id, ruleText({ from: undefined, interval: '1h' }))).toEqual([
      {
        id: 'timing/gap',
        severity: 'error',
        message: 'events of 54m between two runs are never searched',
        label: 'every 1h over the last 6m',
        why: 'what happens in the gap raises no alert, and nothing shows that it was missed',
        help: 'use from = "now-64m", or a shorter interval',
        at: '"1h"',
      },
    ]);
  });

  it.each([
    ['overlap', ruleText()],
    ['a search that ends before now', ruleText({ from: 'now-2h', to: 'now-1h', interval: '3h' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
