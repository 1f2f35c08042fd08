import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import type { Alert } from '../alert.ts';
import { alertsOf, testEvents, testRule } from '../test-rule.ts';

const at = (minute: number): string => `2026-01-31T11:${String(minute).padStart(2, '0')}:00.000Z`;
const suppressed = (alerts: readonly Alert[]): Json[] =>
  alerts.map(({ events, fields }) => [
    events.map((one) => one.id),
    ...['terms', 'docs_count', 'start', 'end'].map((key) => fields[`kibana.alert.suppression.${key}`] ?? null),
  ]);
const user = (value: Json): Json => [{ field: 'user.name', value }];
const QUERY = 'query = "process.name: curl"';
const EQL = 'type = "eql"\nlanguage = "eql"\nquery = \'any where process.name == "curl"\'';
const by = (rule: string, fields: string, more = ''): ReturnType<typeof testRule> =>
  testRule(`${rule}\n[rule.alert_suppression]\ngroup_by = ${fields}\n${more}`);
const curl = (minute: number, name?: Json, more: JsonObject = {}): JsonObject => ({
  '@timestamp': at(minute),
  process: { name: 'curl' },
  ...(name === undefined ? {} : { user: { name } }),
  ...more,
});

describe('suppression of query rules', () => {
  it('makes one alert a group, from its oldest event, in the order of the keys, null last', () => {
    const events = testEvents([curl(4, 'root'), curl(1, 'root'), curl(2, 'alice'), curl(3)]);
    expect(suppressed(alertsOf(by(QUERY, '["user.name"]'), events))).toEqual([
      [['e2'], user('alice'), 0, at(2), at(2)],
      [['e1', 'e0'], user('root'), 1, at(1), at(4)],
      [['e3'], user(null), 0, at(3), at(3)],
    ]);
  });

  it('alerts events without the field alone when missing fields are not suppressed', () => {
    const events = testEvents([curl(1), curl(2), curl(3, 'root'), curl(4, 'root')]);
    const file = by(QUERY, '["user.name"]', 'missing_fields_strategy = "doNotSuppress"');
    expect(suppressed(alertsOf(file, events))).toEqual([
      [['e0'], null, null, null, null],
      [['e1'], null, null, null, null],
      [['e2', 'e3'], user('root'), 1, at(3), at(4)],
    ]);
  });

  it('puts a document with several values in each of their groups, once', () => {
    const events = testEvents([curl(1, ['a', 'b', 'a']), curl(2, 'b')]);
    expect(suppressed(alertsOf(by(QUERY, '["user.name"]'), events))).toEqual([
      [['e0'], user('a'), 0, at(1), at(1)],
      [['e0', 'e1'], user('b'), 1, at(1), at(2)],
    ]);
  });

  it('takes the oldest event by the override where there is one, else by @timestamp', () => {
    const events = testEvents([
      curl(1, 'a'),
      curl(9, 'a', { event: { ingested: at(3) } }),
      curl(8, 'a', { event: { ingested: at(0) } }),
    ]);
    const file = by(`${QUERY}\ntimestamp_override = "event.ingested"`, '["user.name"]');
    expect(suppressed(alertsOf(file, events))).toEqual([[['e2', 'e0', 'e1'], user('a'), 2, at(0), at(3)]]);
  });

  it('groups by all the fields together', () => {
    const events = testEvents([
      curl(1, 'a', { host: { name: 'h1' } }),
      curl(2, 'a', { host: { name: 'h2' } }),
      curl(3, 'a', { host: { name: 'h1' } }),
    ]);
    expect(
      suppressed(alertsOf(by(QUERY, '["user.name", "host.name"]'), events)).map((one) => (one as Json[])[0]),
    ).toEqual([['e0', 'e2'], ['e1']]);
  });

  it('keeps one group more than max_signals, as Kibana does', () => {
    const events = testEvents(['a', 'b', 'c', 'd'].map((name, minute) => curl(minute, name)));
    const file = by(`${QUERY}\nmax_signals = 2`, '["user.name"]');
    expect(suppressed(alertsOf(file, events)).map((one) => (one as Json[])[0])).toEqual([['e0'], ['e1'], ['e2']]);
  });

  it('is the same with a duration, since fixtures are one run', () => {
    const events = testEvents([curl(1, 'a'), curl(2, 'a')]);
    const file = by(QUERY, '["user.name"]', 'duration = { value = 5, unit = "h" }');
    expect(alertsOf(file, events)).toHaveLength(1);
  });

  it('fails like the rule would when a field cannot be aggregated', () => {
    expect(() => alertsOf(by(QUERY, '["message"]'), testEvents([curl(1)]))).toThrow(
      'alerts cannot be grouped by message',
    );
  });
});

describe('suppression of EQL event rules', () => {
  it('keeps a list whole and sorts it, and takes nothing for null', () => {
    const events = testEvents([curl(1, ['b', 'a']), curl(2, ['a', 'b']), curl(3, 'a'), curl(4), curl(5)]);
    expect(suppressed(alertsOf(by(EQL, '["user.name"]'), events))).toEqual([
      [['e0', 'e1'], user(['a', 'b']), 1, at(1), at(2)],
      [['e2'], user('a'), 0, at(3), at(3)],
      [['e3', 'e4'], user(null), 1, at(4), at(5)],
    ]);
  });

  it('alerts events without the field first and alone when missing fields are not suppressed', () => {
    const events = testEvents([curl(1, 'a'), curl(2), curl(3, 'a'), curl(4)]);
    const file = by(EQL, '["user.name"]', 'missing_fields_strategy = "doNotSuppress"');
    expect(suppressed(alertsOf(file, events)).map((one) => (one as Json[])[0])).toEqual([['e1'], ['e3'], ['e0', 'e2']]);
  });
});
