import { describe, expect, it } from 'vitest';
import { alertsOf, idsOf, testEvents, testRule } from '../test-rule.ts';

const at = (minute: number): string => `2026-01-31T11:${String(minute).padStart(2, '0')}:00.000Z`;
const eql = (query: string, more = ''): ReturnType<typeof testRule> =>
  testRule(`type = "eql"\nlanguage = "eql"\nquery = '${query}'\n${more}`);

describe('EQL event rules', () => {
  it('take the latest max_signals events and list them oldest first', () => {
    const events = testEvents([5, 1, 3].map((minute) => ({ '@timestamp': at(minute), process: { pid: minute } })));
    expect(idsOf(alertsOf(eql('any where process.pid > 0', 'max_signals = 2'), events))).toEqual([['e2'], ['e0']]);
  });

  it('order by timestamp_field and tiebreaker_field', () => {
    const file = eql(
      'any where process.pid > 0',
      'max_signals = 2\ntimestamp_field = "event.ingested"\ntiebreaker_field = "event.ingested"',
    );
    const events = testEvents([
      { '@timestamp': at(1), event: { ingested: at(9) }, process: { pid: 1 } },
      { '@timestamp': at(2), event: { ingested: at(8) }, process: { pid: 1 } },
      { '@timestamp': at(3), event: { ingested: at(7) }, process: { pid: 1 } },
    ]);
    expect(idsOf(alertsOf(file, events))).toEqual([['e1'], ['e0']]);
  });

  it('read the category from event_category_override', () => {
    const events = testEvents([{ event: { action: 'process' } }, { event: { category: 'process' } }]);
    const file = eql('process where true', 'event_category_override = "event.action"');
    expect(idsOf(alertsOf(file, events))).toEqual([['e0']]);
  });

  it('and the filters to the query', () => {
    const file = eql(
      'any where process.pid > 0',
      '[[rule.filters]]\nmeta = { negate = true }\nquery = { term = { "user.name" = "root" } }',
    );
    const events = testEvents([
      { process: { pid: 1 }, user: { name: 'root' } },
      { process: { pid: 1 }, user: { name: 'alice' } },
    ]);
    expect(idsOf(alertsOf(file, events))).toEqual([['e1']]);
  });

  it('write the category of an event correlation rule', () => {
    const [alert] = alertsOf(eql('any where process.pid == 1'), testEvents([{ process: { pid: 1 } }]));
    expect([alert?.fields['kibana.alert.rule.rule_type_id'], alert?.fields['kibana.alert.rule.category']]).toEqual([
      'siem.eqlRule',
      'Event Correlation Rule',
    ]);
  });
});
