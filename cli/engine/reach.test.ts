import { describe, expect, it } from 'vitest';
import type { ExecutionInput } from './execution.ts';
import { prepareTest, testEvents, testRule } from './test-rule.ts';
import type { JsonObject } from '../text/json.ts';

const why = (
  lines: string,
  source: JsonObject,
  index: string,
  more: Partial<ExecutionInput> = {},
): string | undefined => {
  const [event] = testEvents([source], index);
  const { prepared, problems } = prepareTest(testRule(`query = "*"\n${lines}`), more);
  if (prepared === undefined || event === undefined) throw new Error(JSON.stringify(problems));
  return prepared.outOfReach(event);
};

describe('indices in reach', () => {
  it('cannot be searched where a name between others is empty', () => {
    const { prepared, problems } = prepareTest(testRule('query = "*"\nindex = ["logs-a,,logs-b"]'));
    expect([prepared, problems.map(({ id, message }) => [id, message])]).toEqual([
      undefined,
      [['query/fails', 'an index pattern of the rule is empty']],
    ]);
    expect(why('index = ["logs-a,"]', {}, 'logs-a')).toBeUndefined();
  });

  it.each([
    ['["logs-*"]', 'logs-endpoint.events.process-default', true],
    ['["logs-*", "-logs-endpoint*"]', 'logs-endpoint.events.process-default', false],
    ['["logs-endpoint*", "-logs-*", "logs-endpoint.events.process-*"]', 'logs-endpoint.events.process-default', true],
    ['["logs-a*,winlogbeat-*"]', 'winlogbeat-8.1', true],
    ['["logs-*"]', '.ds-logs-aws.cloudtrail-default-2026.01.01-000001', true],
    ['["logs-*"]', 'partial-.ds-logs-aws.cloudtrail-default-2026.01.01-000001', true],
    ['["*:logs-*"]', 'west:logs-a', true],
    ['["*:logs-*"]', 'logs-a', true],
    ['["west:logs-*"]', 'east:logs-a', false],
    ['["logs-*"]', 'west:logs-a', false],
    ['["*"]', 'west:logs-a', false],
    ['["*:logs-*", "-west:*"]', 'west:logs-a', false],
    ['["*:logs-*", "-west:*"]', 'logs-a', true],
    ['["*:logs-*", "-*:logs-b*"]', 'logs-b', false],
    ['["LOGS-*"]', 'logs-a', false],
    ['["logs-*"]', '', true],
  ])('%s reaches %s: %s', (patterns, index, reached) => {
    expect(why(`index = ${patterns}`, {}, index)).toBe(reached ? undefined : `the rule does not search index ${index}`);
  });

  it('is anything when asked for, and when a data view, which only Kibana knows, wins over index', () => {
    expect(why('', {}, 'other', { anyIndex: true })).toBeUndefined();
    expect(why('data_view_id = "security"', {}, 'other')).toBeUndefined();
    expect(why('', {}, 'other')).toBe('the rule does not search index other');
  });

  it('is what Kibana searches by default where the rule names nothing', () => {
    const file = testRule('query = "*"');
    const body = { ...file.rule?.body } as Record<string, unknown>;
    delete body['index'];
    const rule = { ...file.rule, body } as NonNullable<typeof file.rule>;
    const { prepared } = prepareTest({ ...file, rule });
    const reached = (index: string): boolean =>
      testEvents([{}], index).every((one) => prepared?.outOfReach(one) === undefined);
    expect(['logs-x', 'winlogbeat-1', 'my-index', 'logs-elastic-cloud-logs-1'].map(reached)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('time in reach', () => {
  const at = (time: string): JsonObject => ({ '@timestamp': time });
  const clock: Partial<ExecutionInput> = { timeWindow: true, now: Date.UTC(2026, 0, 31, 12) };

  it('is both ends of the window, and everything without a clock', () => {
    const lines = 'from = "now-9m"';
    expect(why(lines, at('2026-01-31T11:51:00.000Z'), 'logs-a', clock)).toBeUndefined();
    expect(why(lines, at('2026-01-31T12:00:00.000Z'), 'logs-a', clock)).toBeUndefined();
    expect(why(lines, at('2026-01-31T11:50:59.999Z'), 'logs-a', clock)).toBe(
      '@timestamp 2026-01-31T11:50:59.999Z lies before the window of the run, now-9m to now (2026-01-31T11:51:00Z to 2026-01-31T12:00:00Z)',
    );
    expect(why(lines, at('2026-01-31T12:00:00.001Z'), 'logs-a', clock)).toBe(
      '@timestamp 2026-01-31T12:00:00.001Z lies after the window of the run, now-9m to now (2026-01-31T11:51:00Z to 2026-01-31T12:00:00Z)',
    );
    expect(why(lines, at('1999-01-01T00:00:00Z'), 'logs-a')).toBeUndefined();
  });

  it('is decided by the override alone where the event has it', () => {
    const lines = 'timestamp_override = "event.ingested"';
    const inside = '2026-01-31T11:59:00Z';
    const outside = '2026-01-31T10:00:00Z';
    expect(why(lines, { ...at(outside), event: { ingested: inside } }, 'logs-a', clock)).toBeUndefined();
    expect(why(lines, { ...at(inside), event: { ingested: outside } }, 'logs-a', clock)).toBe(
      'event.ingested 2026-01-31T10:00:00Z lies before the window of the run, now-6m to now (2026-01-31T11:54:00Z to 2026-01-31T12:00:00Z)',
    );
    expect(why(lines, at(inside), 'logs-a', clock)).toBeUndefined();
  });

  it('does not fall back on @timestamp when the rule forbids it', () => {
    const lines = 'timestamp_override = "event.ingested"\ntimestamp_override_fallback_disabled = true';
    expect(why(lines, at('2026-01-31T11:59:00Z'), 'logs-a', clock)).toBe('the event has no date in event.ingested');
  });

  it('holds nothing for an event without a date', () => {
    expect(why('', { '@timestamp': 'yesterday' }, 'logs-a', clock)).toBe('the event has no date in @timestamp');
  });
});
