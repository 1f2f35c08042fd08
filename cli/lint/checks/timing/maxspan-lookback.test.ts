import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './maxspan-lookback.ts';

describe(check.id, () => {
  it('reports an hour in nine minutes', () => {
    expect(
      findingsOf(
        check.id,
        ruleText({ query: 'sequence by host.id with maxspan=1h [process where true] [file where true]' }),
      ),
    ).toEqual([
      {
        id: 'timing/maxspan-lookback',
        severity: 'error',
        message: 'a run sees 9m, while the sequence may take 1h',
        why: 'a sequence that takes longer than the look-back never lies in one run as a whole',
        help: 'use from = "now-65m", or a shorter maxspan',
        at: '"now-9m"',
      },
    ]);
  });

  it.each([
    [
      'ten minutes of grace',
      ruleText({ query: 'sequence by host.id with maxspan=19m [process where true] [file where true]' }),
    ],
    [
      'a look-back that is long enough',
      ruleText({ query: 'sequence by host.id with maxspan=1h [process where true] [file where true]', from: 'now-1h' }),
    ],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
