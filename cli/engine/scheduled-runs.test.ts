import { describe, expect, it } from 'vitest';
import type { Event } from '../fields/event.ts';
import type { JsonObject } from '../text/json.ts';
import { exceptionsOf, type ListedItem } from './exceptions.ts';
import { prepareRuns, reachOf, type Prediction } from './scheduled-runs.ts';
import { TEST_MAPPING, testRule } from './test-rule.ts';

const minute = (at: number): number => Date.parse('2026-01-31T10:00:00Z') + at * 60_000;
const event = (id: string, at: number, more: JsonObject = {}): Event => ({
  index: '.ds-logs-test-default-2026.01.01-000001',
  id,
  ordinal: Number.parseInt(id.slice(1), 10) || 0,
  source: { '@timestamp': new Date(minute(at)).toISOString(), process: { name: 'curl' }, ...more },
});

interface Made {
  readonly prediction: Prediction;
  readonly keptOut: (event: Event) => string | undefined;
}

/** What a rule raises in runs at these minutes. */
function runs(
  lines: string,
  starts: readonly number[],
  events: readonly Event[],
  items: readonly ListedItem[] = [],
): Made {
  const file = testRule(lines);
  if (file.rule === undefined) throw new Error('no rule');
  const now = Date.parse('2026-02-10T00:00:00Z');
  const schedule = { starts: starts.map(minute), interval: 300_000 };
  const exceptions = exceptionsOf(items, { mapping: TEST_MAPPING, now });
  const { prepared, problems } = prepareRuns({
    file,
    rule: file.rule,
    mapping: TEST_MAPPING,
    schedule,
    exceptions,
    now,
  });
  if (prepared === undefined) throw new Error(JSON.stringify(problems));
  return { prediction: prepared.predict(events), keptOut: (one) => prepared.keptOut(one) };
}
/** Events of each alert, and the minute of its run. */
const alerts = ({ prediction }: Made): string[] =>
  prediction.alerts.map(({ events, start }) => `${events.map(({ id }) => id).join('+')}@${((start ?? NaN) - minute(0)) / 60_000}`); // prettier-ignore

const QUERY = 'query = "process.name: curl"\ninterval = "5m"\nfrom = "now-9m"';

describe('scheduled runs', () => {
  it('raise what an overlap shows twice once, in the first run that sees it', () => {
    const made = runs(QUERY, [10, 15, 20], [event('e1', 1), event('e2', 8), event('e3', 15), event('e4', 21)]);
    expect(alerts(made)).toEqual(['e1@10', 'e2@10', 'e3@15']);
    expect(made.prediction).toMatchObject({ grouped: false, cut: [] });
  });

  it('look at both ends of their window, and at no index pattern', () => {
    expect(alerts(runs(QUERY, [10], [event('e1', 1), event('e2', 10), event('e3', 0.99), event('e4', 10.01)]))).toEqual(
      ['e1@10', 'e2@10'],
    );
  });

  it('leave to the next run what max_signals cut off, oldest first', () => {
    const made = runs(
      `${QUERY}\nmax_signals = 2`,
      [10, 15],
      [event('e1', 6), event('e2', 7), event('e3', 8), event('e4', 9)],
    );
    expect(alerts(made)).toEqual(['e1@10', 'e2@10', 'e3@15', 'e4@15']);
    expect(made.prediction.cut).toEqual([minute(10)]);
  });

  it('take the latest of EQL, where known ones leave no room for others', () => {
    const eql = 'type = "eql"\nlanguage = "eql"\nquery = \'any where process.name == "curl"\'\ninterval = "5m"\nfrom = "now-9m"\nmax_signals = 2';
    const made = runs(eql, [10, 15], [event('e1', 6), event('e2', 7), event('e3', 8)]);
    expect(alerts(made)).toEqual(['e2@10', 'e3@10']);
    expect(made.prediction.cut).toEqual([minute(10), minute(15)]);
  }); // prettier-ignore

  it('catch up on the run before where they look back less than an interval', () => {
    const short = 'query = "process.name: curl"\ninterval = "5m"\nfrom = "now-2m"\nmax_signals = 1';
    // The run at 10 sees two events and raises one; that at 15 looks at its window again and raises the other.
    expect(alerts(runs(short, [10, 15], [event('e1', 8), event('e2', 9), event('e3', 11)]))).toEqual([
      'e1@10',
      'e2@15',
    ]);
  });

  it('count an event by its override, and by @timestamp only without it', () => {
    const rule = `${QUERY}\ntimestamp_override = "event.ingested"`;
    const ingested = (at: number): JsonObject => ({ event: { ingested: new Date(minute(at)).toISOString() } });
    expect(alerts(runs(rule, [10], [event('e1', 5), event('e2', 5, ingested(30)), event('e3', -60, ingested(5))]))).toEqual(['e3@10', 'e1@10']);
    expect(alerts(runs(`${rule}\ntimestamp_override_fallback_disabled = true`, [10], [event('e1', 5)]))).toEqual([]);
  }); // prettier-ignore

  it('mean by now in a query the time of the preview, as Elasticsearch does', () => {
    const rule = 'query = "event.ingested > now-1d"\ninterval = "5m"\nfrom = "now-9m"';
    const old = event('e1', 5, { event: { ingested: '2026-01-31T10:05:00Z' } });
    const young = event('e2', 5, { event: { ingested: '2026-02-09T12:00:00Z' } });
    expect(alerts(runs(rule, [10], [old, young]))).toEqual(['e2@10']);
  });

  it('leave out what an exception excludes, and say so', () => {
    const items = (expire_time: string): ListedItem[] => [
      {
        listId: 'l',
        item: { item_id: 'i', name: 'Host a', expire_time, entries: [{ field: 'host.name', type: 'match', operator: 'included', value: 'a' }] },
      },
    ];
    const one = event('e1', 6, { host: { name: 'a' } });
    const made = runs(QUERY, [10, 15], [one, event('e2', 6)], items('2027-01-01T00:00:00Z'));
    expect(alerts(made)).toEqual(['e2@10']);
    expect(made.keptOut(one)).toBe('exception list "l", item "Host a"');
    // It expires between the two runs, both of which see the event.
    expect(alerts(runs(QUERY, [10, 15], [one], items('2026-01-31T10:12:00Z')))).toEqual(['e1@15']);
  }); // prettier-ignore

  it('find a sequence once, and only within one window', () => {
    const eql =
      'type = "eql"\nlanguage = "eql"\nquery = \'sequence [any where process.name == "curl"] [any where process.name == "sh"]\'\ninterval = "5m"\nfrom = "now-9m"';
    const sh = (id: string, at: number): Event => event(id, at, { process: { name: 'sh' } });
    expect(alerts(runs(eql, [10, 15], [event('e1', 7), sh('e2', 8)]))).toEqual(['e1+e2@10']);
    expect(alerts(runs(eql, [10, 15], [event('e1', 2), sh('e2', 12)]))).toEqual([]);
  });

  it('count the groups of a suppressing rule over all runs', () => {
    const rule = `${QUERY}\nalert_suppression = { group_by = ["host.name"] }`;
    const host = { host: { name: 'a' } };
    const { prediction } = runs(rule, [10, 15], [event('e1', 2, host), event('e2', 8, host), event('e3', 13, host), event('e4', 30, host)]);
    expect(prediction.grouped).toBe(true);
    expect(prediction.alerts.map(({ events, start }) => [events.map(({ id }) => id), start])).toEqual([[['e1', 'e2', 'e3'], undefined]]);
  }); // prettier-ignore

  it('say why they never count an event', () => {
    const { keptOut } = runs(QUERY, [10], []);
    expect(keptOut(event('e1', 30))).toBe('@timestamp lies in the window of no run');
    expect(keptOut({ ...event('e1', 5), source: {} })).toBe('the event has no date in @timestamp');
    expect(keptOut(event('e1', 5))).toBeUndefined();
  });

  it('reach from the begin of the first window to the end of the last', () => {
    const { rule } = testRule(QUERY);
    if (rule === undefined) throw new Error('no rule');
    const { from, to } = reachOf(rule, { starts: [minute(10), minute(20)], interval: 600_000 });
    expect([from, to]).toEqual([BigInt(minute(1)) * 1_000_000n, BigInt(minute(20)) * 1_000_000n]);
  });
});
