import { describe, expect, it } from 'vitest';
import { toApi } from '../../rule/api.ts';
import { loadRuleFile } from '../../rule/load.ts';
import { jsonText, type JsonObject } from '../../text/json.ts';
import type { Entry } from '../plan/plan.ts';
import { normalise } from '../normalise/normalise.ts';
import type { PullOptions } from './pull.ts';
import { pullRules } from './pull-rules.ts';

const options = (more: Partial<PullOptions> = {}): PullOptions => ({
  marker: 'Managed by: dac',
  rulesRoot: 'rules',
  exceptionsRoot: 'exceptions',
  taken: new Set(),
  keep: [],
  today: '2026/01/02',
  space: 'space "soc"',
  chosen: () => true,
  named: false,
  onlyNew: false,
  ...more,
});

const rule = (rule_id: string, more: JsonObject = {}): JsonObject => ({
  id: 'x', rule_id, name: `Rule ${rule_id}`, description: 'word '.repeat(60).trim(), type: 'query', language: 'kuery', query: 'a: "b"',
  risk_score: 21, severity: 'low', author: [], tags: [], from: 'now-6m', to: 'now', interval: '5m', max_signals: 100, version: 1,
  enabled: true, immutable: false, rule_source: { type: 'internal' }, revision: 3, references: [], threat: [],
  filters: [{ meta: { alias: null }, $state: { store: 'appState' } }],
  created_at: '2026-02-03T00:00:00.000Z', updated_at: '2026-02-04T00:00:00.000Z', meta: { from: '1m' }, ...more,
}); // prettier-ignore

const run = (rules: readonly JsonObject[], more: Partial<PullOptions> = {}, files: Record<string, string> = {}, entries: readonly Entry[] = []) =>
  pullRules(
    {
      rules: new Map(rules.map((one) => [jsonText(one['rule_id']), one])),
      entries,
      paths: new Map(entries.map((one) => [one.id, one.path ?? ''])),
      text: (path) => files[path] ?? '',
      committed: (path) => files[path],
      overridden: (path) => new Set(path === 'rules/over.toml' ? ['enabled'] : []),
    },
    options(more),
  ); // prettier-ignore

describe('a rule of the space that has no file', () => {
  it('becomes one that gives the same rule again', () => {
    const { changes, skipped } = run([rule('a', { tags: ['x', 'OS: Linux'] })]);
    expect(skipped).toEqual([]);
    const [change] = changes;
    expect([change?.action, change?.path]).toEqual(['create', 'rules/linux/rule_a.toml']);
    const written = loadRuleFile('a.toml', change?.text ?? '');
    expect(written.problems).toEqual([]);
    expect(written.rule === undefined ? undefined : normalise(toApi(written.rule))).toEqual(
      normalise(rule('a', { tags: ['x', 'OS: Linux'] })),
    );
    expect(change?.text).toContain('creation_date = "2026/02/03"');
    expect(change?.text).not.toMatch(/rule\.meta\]|revision|rule_source|updated_at/);
  });

  it('gets no member that belongs to the space, and never our mark', () => {
    const { changes } = run([rule('a', { tags: ['Managed by: dac', 'x'] })], { keep: ['enabled'], named: true });
    expect(changes[0]?.text).toContain('tags = ["x"]');
    expect(changes[0]?.text).not.toContain('enabled');
  });

  it('stays where it is if it is prebuilt as delivered, or ours and has left the repository', () => {
    const external = (is_customized: boolean): JsonObject => ({ rule_source: { type: 'external', is_customized } });
    const rules = [
      rule('a', external(false)),
      rule('b', external(true)),
      rule('c', { tags: ['Managed by: dac'] }),
      rule('d', { filters: [{ x: [null] }] }),
    ];
    const { changes, skipped } = run(rules);
    expect(changes.map((one) => one.id)).toEqual(['b']);
    expect(skipped.map(({ id, why }) => [id, why.slice(0, 24)])).toEqual([
      ['a', "it is one of Elastic's, "],
      ['c', 'it is ours and has no fi'],
      ['d', 'a list holds null, which'],
    ]);
    expect(run(rules, { named: true }).changes.map((one) => one.id)).toEqual(['a', 'b', 'c']);
  });

  it('never gets the path of another', () => {
    const { changes } = run([rule('1', { name: 'ABC!' }), rule('2', { name: 'abc' })]);
    expect(changes.map((one) => one.path)).toEqual(['rules/imported/abc.toml', 'rules/imported/abc_2.toml']);
  });
});

describe('a rule of the space that has a file', () => {
  const file =
    run([rule('a')])
      .changes[0]?.text.replace('severity = "low"', 'severity = "low" # by desk')
      .replace('updated_date = "2026/02/04"', 'updated_date = "2026/01/01"') ?? '';
  const entry = (path: string, ...fields: Entry['fields']): Entry => ({
    kind: 'rule',
    action: 'conflict',
    id: 'a',
    name: 'A',
    path,
    fields,
    seen: 's',
    changed: { by: 'bob', at: '2026-02-04T00:00:00.000Z' },
  });
  const severity = { field: 'severity', desired: 'low', space: 'high', changedIn: 'space' } as const;

  it('changes in the members that differ, and gets the day of the change', () => {
    const { changes } = run([rule('a', { severity: 'high' })], {}, { 'rules/a.toml': file }, [
      entry('rules/a.toml', severity),
    ]);
    expect(changes.map(({ action, taken, text }) => ({ action, taken, text }))).toEqual([
      { action: 'change', taken: ['severity'], text: file.replace('"low"', '"high"').replace('"2026/01/01"', '"2026/02/04"') },
    ]); // prettier-ignore
  });

  it('does not change in what the environment sets, nor when only new ones are asked for', () => {
    const files = { 'rules/over.toml': file, 'rules/a.toml': file };
    const enabled = { field: 'enabled', desired: false, space: true, changedIn: 'space' } as const;
    const { changes, skipped } = run([rule('a')], {}, files, [entry('rules/over.toml', enabled)]);
    expect([changes, skipped.map(({ id, why }) => [id, why])]).toEqual([
      [],
      [['a', 'dac.toml sets enabled for this environment']],
    ]);
    expect(run([rule('a')], { onlyNew: true }, files, [entry('rules/a.toml', severity)]).changes).toEqual([]);
  });
});
