import { describe, expect, it } from 'vitest';
import { findingsOf, ruleText } from '../../test-kit.ts';
import { check } from './severity-risk-score.ts';

describe(check.id, () => {
  it('reports a low rule with a high score', () => {
    expect(findingsOf(check.id, ruleText({ risk_score: 73 }))).toEqual([
      {
        id: 'rule/severity-risk-score',
        severity: 'error',
        message: 'severity low does not go with risk score 73',
        label: 'low is 0 to 21',
        why: 'alerts are sorted by both, and the two would contradict each other',
        help: 'make the severity "high", or choose a score from 0 to 21',
        at: '73',
        fix: 'make the severity high (unsafe)',
      },
    ]);
  });

  it.each([
    ['the edges of the bands', ruleText({ risk_score: 22, severity: 'medium' })],
    ['the top', ruleText({ risk_score: 100, severity: 'critical' })],
  ])('says nothing about %s', (_, texts) => {
    expect(findingsOf(check.id, texts)).toEqual([]);
  });
});
