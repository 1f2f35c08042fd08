import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './maxspan-interval.ts';

describe(check.id, () => {
  it('reports every five minutes for an hour', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({
          query: 'sequence by host.id with maxspan=1h [process where true] [file where true]',
          from: 'now-65m',
        }),
      ),
    ).toEqual([
      {
        id: 'timing/maxspan-interval',
        severity: 'warning',
        message: 'the rule runs every 5m for sequences of up to 1h',
        why: 'each run reads the same hours of events again, which costs the cluster and finds nothing more',
        help: 'use interval = "30m" or more, and look back by maxspan and interval together',
        at: '"5m"',
      },
    ]);
  });

  it.each([
    [
      'a short sequence',
      ruleText({ query: 'sequence by host.id with maxspan=2m [process where true] [file where true]' }),
    ],
    [
      'half of maxspan',
      ruleText({
        query: 'sequence by host.id with maxspan=10m [process where true] [file where true]',
        from: 'now-15m',
      }),
    ],
    ['no sequence', ruleText({ query: 'process where process.name == "maxspan"' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
