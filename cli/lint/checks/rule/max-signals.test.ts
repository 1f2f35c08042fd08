import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './max-signals.ts';

describe(check.id, () => {
  it('reports more than Kibana creates', () => {
    expect(findingsOf(check.id, ruleText({ max_signals: 1001 }))).toEqual([
      {
        id: 'rule/max-signals',
        severity: 'error',
        message: 'max_signals is 1001, but Kibana creates 1,000 alerts in one run at most',
        why: 'the limit of the cluster wins, and every run ends with a warning',
        help: 'write 1000 or less, and suppress alerts that belong together',
        at: '1_001',
        fix: 'lower it to 1000',
      },
    ]);
  });

  it.each([['as many as Kibana creates', ruleText({ max_signals: 1000 })]])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
