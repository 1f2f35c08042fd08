import { describe, expect, it } from 'vitest';
import { alertsOf, idsOf, prepareTest, testEvents, testRule } from '../test-rule.ts';

const at = (minute: number): string => `2026-01-31T11:${String(minute).padStart(2, '0')}:00.000Z`;

describe('query rules', () => {
  it('write one whole alert for each matching document', () => {
    const file = testRule('query = "process.name: curl"\nversion = 3\ntags = ["OS: Linux"]');
    const events = testEvents([
      { '@timestamp': at(1), event: { category: ['process'], action: 'exec' }, process: { name: 'curl' } },
      { '@timestamp': at(2), process: { name: 'wget' } },
    ]);
    expect(alertsOf(file, events)).toEqual([
      {
        events: [events[0]],
        fields: {
          'event.kind': 'signal',
          'kibana.alert.severity': 'medium',
          'kibana.alert.risk_score': 47,
          'kibana.alert.status': 'active',
          'kibana.alert.workflow_status': 'open',
          'kibana.alert.depth': 1,
          'kibana.alert.ancestors': [{ id: 'e0', type: 'event', index: 'logs-test-default', depth: 0 }],
          'kibana.alert.original_time': at(1),
          'kibana.alert.original_event.category': ['process'],
          'kibana.alert.original_event.action': 'exec',
          'kibana.alert.rule.name': 'Test Rule',
          'kibana.alert.rule.rule_id': '11111111-2222-4333-8444-555555555555',
          'kibana.alert.rule.type': 'query',
          'kibana.alert.rule.description': 'What it finds.',
          'kibana.alert.rule.severity': 'medium',
          'kibana.alert.rule.risk_score': 47,
          'kibana.alert.rule.author': ['Tests'],
          'kibana.alert.rule.tags': ['OS: Linux'],
          'kibana.alert.rule.version': 3,
          'kibana.alert.rule.indices': ['logs-*'],
          'kibana.alert.rule.rule_type_id': 'siem.queryRule',
          'kibana.alert.rule.category': 'Custom Query Rule',
          'kibana.alert.rule.producer': 'siem',
          'kibana.alert.rule.consumer': 'siem',
        },
      },
    ]);
  });

  it('take the oldest max_signals documents, by the override and then by @timestamp, those without a time last', () => {
    const file = testRule('query = "*"\nmax_signals = 3\ntimestamp_override = "event.ingested"');
    const events = testEvents([
      { message: 'no time' },
      { '@timestamp': at(9), event: { ingested: at(3) } },
      { '@timestamp': at(2), event: { ingested: at(3) } },
      { '@timestamp': at(1) },
      { '@timestamp': at(8), event: { ingested: at(1) } },
    ]);
    expect(idsOf(alertsOf(file, events))).toEqual([['e4'], ['e2'], ['e1']]);
    expect(idsOf(alertsOf(file, events, { allAlerts: true }))).toEqual([['e4'], ['e2'], ['e1'], ['e3'], ['e0']]);
    expect(prepareTest(file).prepared?.limit).toBe(3);
  });

  it('cap max_signals at the thousand alerts that Kibana lets a run make', () => {
    expect(prepareTest(testRule('query = "*"\nmax_signals = 5000')).prepared?.limit).toBe(1000);
    expect(prepareTest(testRule('query = "*"')).prepared?.limit).toBe(100);
  });

  it('and the filters, drop disabled ones, negate negated ones', () => {
    const filters = [
      '[[rule.filters]]',
      'meta = { negate = true }',
      'query = { match_phrase = { "user.name" = "root" } }',
      '[[rule.filters]]',
      'meta = { disabled = true }',
      'query = { match_phrase = { "user.name" = "nobody" } }',
      '[[rule.filters]]',
      'query = { exists = { field = "host.name" } }',
    ].join('\n');
    const file = testRule(`query = "process.name: curl"\n${filters}`);
    const base = { process: { name: 'curl' }, host: { name: 'h' } };
    const events = testEvents([
      { ...base, user: { name: 'root' } },
      { ...base, user: { name: 'alice' } },
      { process: { name: 'curl' } },
      base,
    ]);
    expect(idsOf(alertsOf(file, events))).toEqual([['e1'], ['e3']]);
  });

  it('match every document with an empty Lucene query, and read Lucene as Lucene', () => {
    const events = testEvents([{ process: { name: 'curl' } }, { process: { name: 'wget' } }]);
    expect(idsOf(alertsOf(testRule('query = "process.name:c*"\nlanguage = "lucene"'), events))).toEqual([['e0']]);
  });

  it('stand behind the ancestors of an event that is an alert itself', () => {
    const file = testRule('query = "process.name: curl"');
    const parent = { id: 'x', type: 'event', index: 'logs-a', depth: 0 };
    const events = testEvents([
      {
        process: { name: 'curl' },
        kibana: { alert: { depth: 1, ancestors: [parent], rule: { uuid: 'other' } } },
      },
    ]);
    const [alert] = alertsOf(file, events);
    expect([alert?.fields['kibana.alert.depth'], alert?.fields['kibana.alert.ancestors']]).toEqual([
      2,
      [parent, { id: 'e0', type: 'signal', index: 'logs-test-default', depth: 1, rule: 'other' }],
    ]);
  });

  it('name a query that does not parse at its place in the file', () => {
    const file = testRule('query = "process.name: ("');
    const { prepared, problems } = prepareTest(file);
    expect(prepared).toBeUndefined();
    expect(problems.map((one) => [one.severity, file.source.text.slice(one.span.start, one.span.end)])).toEqual([
      ['error', '('],
    ]);
  });
});
