import { expect, it } from 'vitest';
import { readConfig } from './configuration.ts';
import { ruleOf, suiteOf } from './suite-files.ts';
import type { Host } from './host.ts';

const host = (cwd: string): Host => ({
  cwd,
  env: {},
  terminal: false,
  out: () => {},
  err: () => {},
  stdin: () => new Uint8Array(),
  now: () => 0,
  clock: () => 0,
});

it('the suite of a rule is at the path of the rule, never outside of the folder of the suites', () => {
  const top = host('/nowhere/repository');
  const config = readConfig(top);
  const of = suiteOf(top, config);
  expect(['rules/linux/a.toml', './rules/a.toml', 'more/a.toml', '../other/a.toml', '/x/a.toml'].map(of)).toEqual([
    'test-data/linux/a',
    'test-data/a',
    'test-data/more/a',
    'test-data/a',
    'test-data/a',
  ]);
});

it('a second folder of rules has its suites in a folder of its name, and a suite says where its rule is', () => {
  const top = { ...host('/nowhere/repository'), env: { DAC_PATHS_RULES: 'rules, building/blocks' } };
  const config = readConfig(top);
  expect(config.rules).toEqual(['rules', 'building/blocks']);
  const paths = ['rules/linux/a.toml', 'building/blocks/a.toml', 'building/blocks/linux/a.toml'];
  const suites = ['test-data/linux/a', 'test-data/building/blocks/a', 'test-data/building/blocks/linux/a'];
  expect(paths.map(suiteOf(top, config))).toEqual(suites);
  expect(suites.map(ruleOf(top, config))).toEqual(paths);
});
