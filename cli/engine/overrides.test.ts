import { describe, expect, it } from 'vitest';
import { nameOf, riskScoreOf, severityOf } from './overrides.ts';
import { testEvents, testRule } from './test-rule.ts';
import type { Event } from '../fields/event.ts';
import type { Rule } from '../rule/rule.ts';
import type { JsonObject } from '../text/json.ts';

const over = <T>(lines: string, source: JsonObject, ask: (rule: Rule, event: Event) => T): T => {
  const { rule } = testRule(`query = "*"\n${lines}`);
  const [event] = testEvents([source]);
  if (rule === undefined || event === undefined) throw new Error('no rule');
  return ask(rule, event);
};
const mapped = (field: string, ...pairs: readonly (readonly [string, string])[]): string =>
  pairs
    .map(
      ([value, severity]) =>
        `[[rule.severity_mapping]]\nfield = "${field}"\noperator = "equals"\nvalue = "${value}"\nseverity = "${severity}"`,
    )
    .join('\n');

describe('severity', () => {
  it.each([
    ['no mapping that fits leaves the rule', mapped('level', ['9', 'critical']), { level: '1' }, 'medium'],
    [
      'the highest that fits wins, in any order',
      mapped('level', ['1', 'critical'], ['1', 'low']),
      { level: '1' },
      'critical',
    ],
    ['a mapping may lower it', mapped('level', ['1', 'low']), { level: '1' }, 'low'],
    ['one of several values is enough', mapped('level', ['1', 'high']), { level: ['7', '1'] }, 'high'],
    ['whole numbers compare as text', mapped('level', ['1', 'high']), { level: 1 }, 'high'],
    ['fractions do not', mapped('level', ['1.5', 'high']), { level: 1.5 }, 'medium'],
    [
      'event.severity compares as a whole number',
      mapped('event.severity', ['73.9', 'high']),
      { event: { severity: 73 } },
      'high',
    ],
    ['event.severity takes no text', mapped('event.severity', ['73', 'high']), { event: { severity: '73' } }, 'medium'],
    ['dotted keys are read too', mapped('a.b', ['x', 'high']), { 'a.b': 'x' }, 'high'],
    ['case counts', mapped('level', ['High', 'high']), { level: 'high' }, 'medium'],
  ])('%s', (_, lines, source, wanted) => {
    expect(over(lines, source, severityOf)).toBe(wanted);
  });
});

describe('risk score', () => {
  const field = '[[rule.risk_score_mapping]]\nfield = "score"\noperator = "equals"\nvalue = ""\nrisk_score = 5';
  it.each([
    [{ score: 80 }, 80],
    [{ score: '80' }, 80],
    [{ score: [12, 99, 40] }, 99],
    [{ score: [12, 400] }, 12],
    [{ score: 101 }, 47],
    [{ score: -1 }, 47],
    [{ score: '' }, 0],
    [{ score: ' ' }, 0],
    [{ score: 'high' }, 47],
    [{ score: true }, 47],
    [{}, 47],
    [{ score: 0 }, 0],
  ])('of %j is %d', (source, wanted) => {
    expect(over(field, source, riskScoreOf)).toBe(wanted);
  });

  it('looks at the first mapping only', () => {
    const second = '[[rule.risk_score_mapping]]\nfield = "other"\noperator = "equals"\nvalue = ""';
    expect(over(`${field}\n${second}`, { other: 99 }, riskScoreOf)).toBe(47);
  });
});

describe('rule name', () => {
  it.each([
    [{ message: 'Seen' }, 'Seen'],
    [{ message: ['Seen'] }, 'Test Rule'],
    [{ message: 7 }, 'Test Rule'],
    [{}, 'Test Rule'],
  ])('of %j is %s', (source, wanted) => {
    expect(over('rule_name_override = "message"', source, nameOf)).toBe(wanted);
  });

  it('is found in any notation', () => {
    const lines = 'rule_name_override = "a.b.c"';
    expect([
      over(lines, { 'a.b.c': 'x' }, nameOf),
      over(lines, { a: { 'b.c': 'y' } }, nameOf),
      over(lines, { 'a.b': { c: 'z' } }, nameOf),
      over(lines, JSON.parse('{"__proto__": {"b.c": "p"}}') as JsonObject, nameOf),
    ]).toEqual(['x', 'y', 'z', 'Test Rule']);
  });
});
