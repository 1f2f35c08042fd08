import { describe, expect, it } from 'vitest';
import { loadRuleFile } from '../../rule/load.ts';
import type { RuleFile } from '../../rule/rule.ts';
import { own, type JsonObject } from '../../text/json.ts';
import { span } from '../../text/span.ts';
import type { RuleOverride } from './overrides.ts';
import { wantedRules } from './rules.ts';

const ID = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01';

const rule = (more = '', { id = ID, path = 'rules/a.toml' }: { id?: string; path?: string } = {}): RuleFile =>
  loadRuleFile(
    path,
    `[metadata]
creation_date = "2025/01/02"
maturity = "production"
updated_date = "2025/01/02"

[rule]
author = []
description = """
One line
and another."""
language = "kuery"
name = "Curl Started"
query = "process.name: curl"
risk_score = 21
rule_id = "${id}"
severity = "low"
type = "query"
version = 3
${more}`,
  );

const OPTIONS = { overrides: [], marker: 'Managed by: dac' };
const wanted = (files: readonly RuleFile[], overrides: readonly RuleOverride[] = []) =>
  wantedRules(files, { ...OPTIONS, overrides });
const documentOf = (more: string): JsonObject => wanted([rule(more)]).rules[0]?.document ?? {};

/** Findings with the text under their span. */
const told = (files: readonly RuleFile[]) =>
  wanted(files).findings.map((one) => {
    const text = files.find((file) => file.path === one.path)?.source.text ?? '';
    return [one.id, one.path, text.slice(one.span.start, one.span.end), one.message];
  });

describe('rules that the repository wants', () => {
  it.each(['a*', 'a:b', 'this or that', '{x}', '(a'])('have a rule_id that Kibana finds again, not %s', (id) => {
    expect(wanted([rule('', { id })]).rules).toEqual([]);
    expect(told([rule('', { id })])).toEqual([
      ['publish/rule-id', 'rules/a.toml', `"${id}"`, 'this rule_id holds a character or a word of KQL'],
    ]);
  });

  it('are documents of the API, without metadata', () => {
    expect(wanted([rule()])).toEqual({
      findings: [],
      rules: [
        {
          ruleId: ID,
          name: 'Curl Started',
          path: 'rules/a.toml',
          document: {
            author: [],
            description: 'One line and another.',
            language: 'kuery',
            name: 'Curl Started',
            query: 'process.name: curl',
            risk_score: 21,
            rule_id: ID,
            severity: 'low',
            type: 'query',
            version: 3,
          },
        },
      ],
    });
  });

  it('have no mark of ours from a file, and no tags where the file has none', () => {
    expect(own(documentOf('tags = ["A", "Managed by: dac", "B"]'), 'tags')).toEqual(['A', 'B']);
    expect(own(documentOf('tags = []'), 'tags')).toEqual([]);
    expect(documentOf('')).not.toHaveProperty('tags');
  });

  it('have the values of the environment in place of their own', () => {
    const override: RuleOverride = {
      fits: ({ path, document }) => path === 'rules/a.toml' && own(document, 'type') === 'query',
      members: { interval: '1h', enabled: true },
      path: 'dac.toml',
      spanOf: () => span(0, 0),
    };
    const other = rule('interval = "5m"', { id: ID.replace('01', '02'), path: 'rules/b.toml' });
    const { rules } = wanted([rule('interval = "5m"'), other], [override]);
    expect(rules.map(({ document }) => [own(document, 'interval'), own(document, 'enabled')])).toEqual([
      ['1h', true],
      ['5m', undefined],
    ]);
  });

  it('of the same id are a fault of the second, which is left out', () => {
    const files = [rule(), rule('', { path: 'rules/b.toml' })];
    expect(wanted(files).rules.map((one) => one.path)).toEqual(['rules/a.toml']);
    expect(told(files)).toEqual([['publish/same-id', 'rules/b.toml', `"${ID}"`, 'rules/a.toml has the same rule_id']]);
  });

  it('that cannot be read are faults, and the others are there', () => {
    const broken = loadRuleFile('rules/b.toml', 'rule = ');
    const { rules, findings } = wanted([broken, rule()]);
    expect(rules.map((one) => one.path)).toEqual(['rules/a.toml']);
    expect(findings.map((one) => [one.path, one.severity])).toEqual([['rules/b.toml', 'error']]);
  });

  it.each([
    ['by its name', 'connector = "Slack"'],
    ['by its id', 'id = "x", action_type_id = ".slack"'],
  ])('may name the connector of an action %s', (_, names) => {
    expect(told([rule(`actions = [{ ${names}, params = {} }]`)])).toEqual([]);
  });

  it.each([
    ['{ connector = "Slack", id = "x" }', 'this action names its connector twice'],
    ['{ connector = 3 }', 'this action names no connector'],
    ['{ params = {} }', 'this action names no connector'],
  ])('with the action %s are a fault at it', (action, message) => {
    const good = '{ id = "x" }';
    expect(told([rule(`actions = [${good}, ${action}]`)])).toEqual([
      ['publish/connector', 'rules/a.toml', action, message],
    ]);
  });

  it('with a wrong action from the environment are a fault as well', () => {
    const override: RuleOverride = {
      fits: () => true,
      members: { actions: [{ params: {} }] },
      path: 'dac.toml',
      spanOf: () => span(0, 0),
    };
    expect(wanted([rule()], [override]).findings.map((one) => [one.id, one.path])).toEqual([
      ['publish/connector', 'rules/a.toml'],
    ]);
  });
});
