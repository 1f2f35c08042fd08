import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { BulkRun } from '../bulk-run.ts';
import { alertsOf, idsOf, prepareTest, testEvents, testRule } from '../test-rule.ts';

const at = (minute: number): string => `2026-01-31T11:${String(minute).padStart(2, '0')}:00.000Z`;
const rule = (query: string, more = ''): ReturnType<typeof testRule> =>
  testRule(`type = "eql"\nlanguage = "eql"\nquery = '''${query}'''\n${more}`);
const PAIR = 'sequence by user.name with maxspan=5m [any where process.pid == 1] [any where process.pid == 2]';
const process = (minute: number, pid: number, name = 'root', more: JsonObject = {}): JsonObject => ({
  '@timestamp': at(minute),
  process: { pid, name: `p${pid}` },
  user: { name },
  ...more,
});

describe('EQL rules with a sequence', () => {
  it('raise one alert for each, with its events in their order', () => {
    const events = testEvents([process(4, 2), process(3, 1), process(9, 1, 'alice'), process(10, 2, 'alice')]);
    expect(idsOf(alertsOf(rule(PAIR), events))).toEqual([
      ['e1', 'e0'],
      ['e2', 'e3'],
    ]);
  });

  it('take the latest max_signals sequences', () => {
    const events = testEvents([1, 2, 3].flatMap((n) => [process(n * 10, 1), process(n * 10 + 1, 2)]));
    expect(idsOf(alertsOf(rule(PAIR, 'max_signals = 2'), events))).toEqual([
      ['e2', 'e3'],
      ['e4', 'e5'],
    ]);
  });

  it('write on the alert what all its events have in common', () => {
    const more = { host: { name: 'h1', ip: ['::1', '::2'] }, tags: ['a', 'b'], same: 1 };
    const events = testEvents([
      process(1, 1, 'root', { ...more, event: { category: 'process', action: 'start' } }),
      process(2, 2, 'root', {
        ...more,
        tags: ['b', 'c'],
        host: { name: 'h1', ip: '::2' },
        event: { category: ['process'] },
      }),
    ]);
    const [alert] = alertsOf(rule(PAIR), events);
    expect(alert?.source).toEqual({
      user: { name: 'root' },
      host: { name: 'h1', ip: ['::2'] },
      tags: ['b'],
      same: 1,
      event: { category: ['process'] },
    });
    expect(alert?.fields['kibana.alert.original_event.category']).toEqual(['process']);
    expect(Object.keys(alert?.fields ?? {})).not.toContain('kibana.alert.original_event.action');
  });

  it('keep severity, risk score and name as the rule has them, one level above the alerts of the events', () => {
    const file = rule(
      PAIR,
      'rule_name_override = "user.name"\n[[rule.severity_mapping]]\nfield = "user.name"\noperator = "equals"\nvalue = "root"\nseverity = "critical"\n[[rule.risk_score_mapping]]\nfield = "process.pid"\noperator = "equals"\nvalue = ""',
    );
    const [alert] = alertsOf(file, testEvents([process(1, 1), process(2, 2)]));
    const kept = ['severity', 'risk_score', 'rule.name', 'depth', 'ancestors', 'original_time'];
    expect(kept.map((name) => alert?.fields[`kibana.alert.${name}`])).toEqual([
      'medium', 47, 'Test Rule', 2, undefined, undefined,
    ]); // prettier-ignore
  });

  it('leave out events beyond reach, which then break nothing off either', () => {
    const untilRule = rule(`${PAIR} until [any where process.pid == 3]`);
    const events = testEvents([process(1, 1), process(2, 3), process(3, 2)]);
    const elsewhere = events.map((event, i) => (i === 1 ? { ...event, index: 'metrics-x' } : event));
    expect([alertsOf(untilRule, events).length, alertsOf(untilRule, elsewhere).length]).toEqual([0, 1]);
  });

  it('are not found across the start of the window', () => {
    const events = testEvents([process(54, 1), process(55, 2), process(56, 1), process(57, 2)]);
    const run = (now: string) => idsOf(alertsOf(rule(PAIR), events, { timeWindow: true, now: Date.parse(now) }));
    expect(run('2026-01-31T12:01:00Z')).toEqual([['e2', 'e3']]);
  });

  it('and the filters of the rule to every term', () => {
    const file = rule(
      `${PAIR} until [any where process.pid == 3]`,
      '[[rule.filters]]\nmeta = { negate = true }\nquery = { term = { "process.name" = "p3" } }',
    );
    expect(alertsOf(file, testEvents([process(1, 1), process(2, 3), process(3, 2)]))).toHaveLength(1);
  });

  it('order by timestamp_field and tiebreaker_field', () => {
    const ingested = (minute: number): JsonObject => ({ event: { ingested: at(minute) } });
    const events = testEvents([process(1, 1, 'root', ingested(9)), process(2, 2, 'root', ingested(8))]);
    expect([
      alertsOf(rule(PAIR), events).length,
      alertsOf(rule(PAIR, 'timestamp_field = "event.ingested"'), events).length,
    ]).toEqual([1, 0]);
  });

  it('group suppressed alerts by what their events have in common', () => {
    const events = testEvents([
      process(1, 1),
      process(2, 2),
      process(3, 1),
      process(4, 2),
      process(5, 1, 'a'),
      process(6, 2, 'a'),
    ]);
    const file = rule(PAIR, '[rule.alert_suppression]\ngroup_by = ["user.name"]');
    expect(
      alertsOf(file, events).map((alert) => [
        alert.events.map((event) => event.id),
        alert.fields['kibana.alert.suppression.terms'],
        alert.fields['kibana.alert.suppression.docs_count'],
      ]),
    ).toEqual([
      [['e0', 'e1'], [{ field: 'user.name', value: 'root' }], 1],
      [['e4', 'e5'], [{ field: 'user.name', value: 'a' }], 0],
    ]);
  });

  it('place faults in the rule file', () => {
    const file = rule('sequence by nope [any where true] [any where true]');
    const [problem] = prepareTest(file).problems;
    expect(file.source.text.slice(problem?.span.start, problem?.span.end)).toBe('nope');
  });
});

describe('EQL rules with a sequence in a long run', () => {
  it('keep only events that fit a term', () => {
    const { prepared } = prepareTest(rule(`${PAIR} until [any where process.pid == 3]`));
    const events = testEvents([process(1, 1), process(2, 2), process(3, 3), process(4, 4)]);
    expect(events.map((event) => prepared?.concerns?.(event))).toEqual([true, true, true, false]);
  });

  it('give the same alerts piece by piece', () => {
    const { prepared } = prepareTest(rule(PAIR), { allAlerts: true });
    if (prepared === undefined) throw new Error('not prepared');
    const bulk = new BulkRun([prepared]);
    for (const event of testEvents([process(1, 1), process(2, 9), process(3, 2)])) bulk.add([event]);
    expect(bulk.finish().map(({ alerts }) => alerts.map(({ events }) => events.map((event) => event._id)))).toEqual([
      [['e0', 'e2']],
    ]);
  });
});

describe('EQL rules with a sample', () => {
  it('raise one alert for each key', () => {
    const events = testEvents([process(2, 2), process(1, 1), process(1, 1, 'alice')]);
    const query = 'sample by user.name [any where process.pid == 1] [any where process.pid == 2]';
    expect(idsOf(alertsOf(rule(query), events))).toEqual([['e1', 'e0']]);
  });
});

describe('EQL event rules with pipes', () => {
  it('cut the events', () => {
    const events = testEvents([process(1, 1), process(2, 2), process(3, 3)]);
    expect(idsOf(alertsOf(rule('any where true | head 2 | tail 1'), events, { allAlerts: true }))).toEqual([['e1']]);
  });
});
