import { describe, expect, it } from 'vitest';
import type { ScheduledAlert } from '../engine/scheduled-runs.ts';
import { compareAlerts } from './comparison.ts';
import type { PreviewAlert } from './preview-alerts.ts';

const AT = '2026-01-31T10:00:00.000Z';
const ours = (ids: string, fields: ScheduledAlert['fields'] = {}): ScheduledAlert => ({
  events: [...ids].map((id, ordinal) => ({ index: 'i', id, source: {}, ordinal })),
  fields,
  start: Date.parse(AT),
});
const theirs = (ids: string, more: Partial<PreviewAlert> = {}): PreviewAlert => ({
  id: `alert-${ids}`,
  at: AT,
  events: [...ids].map((id) => ({ index: 'i', id })),
  ...more,
});
const refs = (ids: string) => [...ids].map((id) => ({ index: 'i', id }));
const single = (alerts: readonly ScheduledAlert[]) => ({ alerts, grouped: false, cut: [] });

describe('a comparison', () => {
  it('matches alerts by their events, in order', () => {
    const { alerts, ...counts } = compareAlerts(
      [theirs('a'), theirs('bc'), theirs('x')],
      single([ours('a'), ours('cb'), ours('y')]),
    );
    expect(alerts).toEqual([
      { outcome: 'only in Kibana', events: refs('bc'), at: AT, differences: [] },
      { outcome: 'only in Kibana', events: refs('x'), at: AT, differences: [] },
      { outcome: 'only predicted', events: refs('cb'), at: AT, differences: [] },
      { outcome: 'only predicted', events: refs('y'), at: AT, differences: [] },
      { outcome: 'agrees', events: refs('a'), at: AT, differences: [] },
    ]);
    expect(counts).toEqual({ agree: 1, differ: 0, onlyInKibana: 2, onlyPredicted: 2, kibana: 3, predicted: 3 });
  });

  it('counts an alert that Kibana has twice once as agreement', () => {
    expect(compareAlerts([theirs('a'), theirs('a')], single([ours('a')]))).toMatchObject({ agree: 1, onlyInKibana: 1 });
  });

  it('shows in what an alert of both sides differs, as far as both say it', () => {
    const prediction = single([
      ours('a', { 'kibana.alert.severity': 'low', 'kibana.alert.risk_score': 21, 'kibana.alert.rule.name': 'R' }),
    ]);
    expect(compareAlerts([theirs('a', { severity: 'high', riskScore: 21 })], prediction)).toMatchObject({
      differ: 1,
      agree: 0,
      alerts: [
        { outcome: 'differs', differences: [{ field: 'kibana.alert.severity', predicted: 'low', kibana: 'high' }] },
      ],
    });
    expect(compareAlerts([theirs('a')], prediction)).toMatchObject({ agree: 1, differ: 0 });
  });

  const TERMS = [{ field: 'host.name', value: 'a' }];
  const group = (ids: string): ScheduledAlert => ours(ids, { 'kibana.alert.suppression.terms': TERMS });

  it('adds up the groups of a suppressing rule over the runs', () => {
    const grouped = { alerts: [group('abc'), ours('d')], grouped: true, cut: [] };
    const first = theirs('a', { terms: [{ value: 'a', field: 'host.name' }], folded: 1 });
    const second = theirs('c', { terms: TERMS, folded: 0 });
    expect(compareAlerts([first, second, theirs('d')], grouped)).toMatchObject({ agree: 2, kibana: 2, predicted: 2 });
    expect(compareAlerts([first, theirs('d')], grouped)).toMatchObject({
      differ: 1,
      alerts: [{ differences: [{ field: 'events in the group', predicted: 3, kibana: 2 }] }, { outcome: 'agrees' }],
    });
  });
});
