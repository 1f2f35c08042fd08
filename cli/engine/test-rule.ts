import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import type { Event } from '../fields/event.ts';
import { loadRuleFile } from '../rule/load.ts';
import type { RuleFile } from '../rule/rule.ts';
import type { JsonObject } from '../text/json.ts';
import type { Alert } from './alert.ts';
import type { ExecutionInput, Preparation } from './execution.ts';
import { prepareRule } from './prepare.ts';

/** For tests only: a rule file from the lines of its `[rule]` table, with all that the schema asks for. */
export function testRule(lines: string): RuleFile {
  const [top = ''] = lines.split(/^\[/m);
  const given = new Set([...top.matchAll(/^(\w+) =/gm)].map((found) => found[1]));
  const defaults: readonly (readonly [string, string])[] = [
    ['name', '"Test Rule"'],
    ['rule_id', '"11111111-2222-4333-8444-555555555555"'],
    ['description', '"What it finds."'],
    ['author', '["Tests"]'],
    ['risk_score', '47'],
    ['severity', '"medium"'],
    ['type', '"query"'],
    ['language', '"kuery"'],
    ['index', '["logs-*"]'],
  ];
  const missing = defaults.filter(([key]) => !given.has(key)).map(([key, value]) => `${key} = ${value}`);
  const text = [
    '[metadata]',
    'creation_date = "2026/01/01"',
    'updated_date = "2026/01/01"',
    'maturity = "production"',
    '[rule]',
    ...missing,
    lines,
    '',
  ].join('\n');
  const file = loadRuleFile('rules/test.toml', Buffer.from(text));
  if (file.rule === undefined) throw new Error(JSON.stringify(file.problems));
  return file;
}

/** For tests only: bare documents as events `e0`, `e1`, … of one index. */
export const testEvents = (sources: readonly JsonObject[], index = 'logs-test-default'): Event[] =>
  sources.map((source, ordinal) => ({ index, id: `e${ordinal}`, source, ordinal }));

/** The fields of the test mapping: few, of every kind that matters here. */
export const TEST_MAPPING = mappingFromElasticsearch({
  properties: {
    '@timestamp': { type: 'date' },
    event: {
      properties: {
        category: { type: 'keyword' },
        ingested: { type: 'date' },
        action: { type: 'keyword' },
        severity: { type: 'long' },
      },
    },
    host: { properties: { name: { type: 'keyword' } } },
    user: { properties: { name: { type: 'keyword' } } },
    process: { properties: { name: { type: 'keyword' }, pid: { type: 'long' } } },
    message: { type: 'text' },
  },
});

export function prepareTest(file: RuleFile, more: Partial<ExecutionInput> = {}): Preparation {
  if (file.rule === undefined) throw new Error('no rule');
  return prepareRule({ file, rule: file.rule, mapping: TEST_MAPPING, now: Date.UTC(2026, 0, 31, 12), ...more });
}

/** The alerts of a rule over events; throws if the rule cannot run. */
export function alertsOf(
  file: RuleFile,
  events: readonly Event[],
  more: Partial<ExecutionInput> = {},
): readonly Alert[] {
  const { prepared, problems } = prepareTest(file, more);
  if (prepared === undefined) throw new Error(JSON.stringify(problems));
  return prepared.run(events);
}

/** Ids of the events behind each alert. */
export const idsOf = (alerts: readonly Alert[]): string[][] =>
  alerts.map((alert) => alert.events.map((event) => event.id));
