import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './lookback-short.ts';

describe(check.id, () => {
  it('reports no overlap', () => {
    expect(findingsOf(check.id, ruleText({ from: 'now-300s' }))).toEqual([
      {
        id: 'timing/lookback-short',
        severity: 'warning',
        message: 'the look-back leaves no room for late events',
        label: 'every 5m over the last 5m',
        why: 'an event that arrives after the run that should have seen it is never seen',
        help: 'use from = "now-9m"; timestamp_override = "event.ingested" helps, too',
        at: '"now-300s"',
      },
    ]);
  });

  it.each([
    ['a minute', ruleText({ from: 'now-6m' })],
    ['a gap, which is told otherwise', ruleText({ from: 'now-4m' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
