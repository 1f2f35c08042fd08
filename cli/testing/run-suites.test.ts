import { describe, expect, it } from 'vitest';
import type { RuleFile } from '../rule/rule.ts';
import { runSuites } from './run-suites.ts';
import { CURL, memoryFiles, type Contents } from './test-suite.ts';

const at = (path: string): RuleFile => ({ ...CURL, path });
const run = (
  files: readonly RuleFile[],
  contents: Contents,
  more: { bail?: number; complete?: boolean; deleted?: string[] } = {},
) =>
  runSuites(files, {
    files: memoryFiles(contents),
    ruleOf: (path) => `${path.replace('test-data/', 'rules/')}.toml`,
    testsRoot: 'test-data',
    suiteOf: (path) => path.replace('rules/', 'test-data/').replace('.toml', ''),
    demands: { minPositive: 1, minNegative: 0 },
    now: 0,
    ...more,
  });
const curl = '{"process": {"name": "curl"}}';

describe('runSuites', () => {
  const files = [at('rules/a.toml'), at('rules/b.toml')];
  const contents = { 'test-data/a/positive/x.json': '{}', 'test-data/b/positive/x.json': curl };

  it('runs every suite and counts', () => {
    const { suites, passed, failed, findings } = run(files, contents);
    expect([suites.map((one) => [one.path, one.cases.length]), passed, failed, findings]).toEqual([
      [
        ['rules/a.toml', 1],
        ['rules/b.toml', 1],
      ],
      1,
      1,
      [],
    ]);
  });

  it('stops after as many failing suites as asked for', () => {
    expect(run(files, contents, { bail: 1 }).suites.map((one) => one.path)).toEqual(['rules/a.toml']);
  });

  it('names suites whose rule is gone, when all rules are in the run', () => {
    const stray = { ...contents, 'test-data/linux/gone/negative/x.json': '{}' };
    expect(run(files, stray).findings).toEqual([]);
    expect(run(files, stray, { complete: true }).findings.map((one) => [one.id, one.path, one.help])).toEqual([
      [
        'suite/no-rule',
        'test-data/linux/gone',
        'the rule would be rules/linux/gone.toml; move the suite after its rule, or delete it',
      ],
    ]);
  });

  it('names the suite that a deleted rule left behind', () => {
    const deleted = ['rules/b.toml', 'rules/never_tested.toml'];
    expect(run([at('rules/a.toml')], contents, { deleted }).findings.map((one) => [one.id, one.path])).toEqual([
      ['suite/no-rule', 'test-data/b'],
    ]);
  });
});
