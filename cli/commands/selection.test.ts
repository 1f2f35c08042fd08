import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventText, ruleText, Sandbox } from './transcript.ts';

let box: Sandbox;

const rule = (name: string, id: number, more: Readonly<Record<string, string>> = {}): string =>
  ruleText({ name: `"${name}"`, rule_id: `"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a0${id}"`, ...more });

const THREAT = `[{ framework = "MITRE ATT&CK", tactic = { id = "TA0006", name = "Credential Access", reference = "https://attack.mitre.org/tactics/TA0006/" }, technique = [{ id = "T1003", name = "OS Credential Dumping", reference = "https://attack.mitre.org/techniques/T1003/", subtechnique = [{ id = "T1003.001", name = "LSASS Memory", reference = "https://attack.mitre.org/techniques/T1003/001/" }] }] }]`;

beforeEach(() => {
  box = new Sandbox({
    'rules/linux/curl.toml': rule('Curl Started', 1),
    'rules/linux/wget.toml': rule('Wget Started', 2),
    'rules/windows/lsass.toml': rule('Lsass Read', 3, { tags: '["OS: Windows"]', threat: THREAT }),
    'test-data/linux/curl/positive/a.json': eventText({ 'process.name': 'curl' }),
  });
});
afterEach(() => {
  box.remove();
});

/** Paths of the rules that a run is about, with the exit code if it is not 0. */
async function chosen(args: readonly string[], options: Parameters<Sandbox['run']>[1] = {}): Promise<unknown> {
  const { code, out, err } = await box.run(
    ['test', '--format', 'json', '--exit-zero', '--allow-no-tests', ...args],
    options,
  );
  if (code !== 0) return { code, err };
  const { results, summary } = JSON.parse(out) as {
    results: { path: string; id?: string; rule?: string }[];
    summary: { rules: number };
  };
  // Without a suite, or without enough cases, each rule has one finding.
  const paths = [...new Set(results.filter((one) => one.id !== undefined).map((one) => one.path))];
  expect(paths).toHaveLength(summary.rules);
  return paths;
}

const CURL = 'rules/linux/curl.toml';
const WGET = 'rules/linux/wget.toml';
const LSASS = 'rules/windows/lsass.toml';

describe('paths', () => {
  it('none: the configured folder', async () => {
    expect(await chosen([])).toEqual([CURL, WGET, LSASS]);
  });
  it('none, with two folders: both, each rule once', async () => {
    const block = 'building/blocks/cat.toml';
    box.write('dac.toml', '[paths]\nrules = ["rules", "building/blocks", "rules/linux/"]\n');
    box.write(block, rule('Cat Started', 4));
    box.write('test-data/building/blocks/cat/positive/a.json', eventText({ 'process.name': 'curl' }));
    expect(await chosen([])).toEqual([block, CURL, WGET, LSASS]);
    for (const path of ['test-data/building/blocks/cat/positive/a.json', 'test-data/building', 'test-data/building/blocks'])
      expect(await chosen([path])).toEqual([block]);
    expect(await chosen(['test-data'])).toEqual([block, CURL, WGET, LSASS]);
    expect(await chosen(['test-data/linux'])).toEqual([CURL, WGET]);
    // A suite without its rule is found in either, and says where the rule would be.
    rmSync(join(box.root, block));
    const { err, out } = await box.run(['test', '--format', 'concise']);
    expect([err, out].join()).toContain('test-data/building/blocks/cat');
    expect((await box.run(['test', '--format', 'json'])).out).toContain('the rule would be building/blocks/cat.toml');
  }); // prettier-ignore
  it('files, folders, file:line, patterns', async () => {
    expect(await chosen([WGET, 'rules/windows'])).toEqual([WGET, LSASS]);
    expect(await chosen([`${WGET}:14`])).toEqual([WGET]);
    expect(await chosen([`${WGET}:14:3`])).toEqual([WGET]);
    expect(await chosen(['rules/**/*s*.toml'])).toEqual([LSASS]);
    expect(await chosen(['rules/{linux,windows}/[cl]*.toml'])).toEqual([CURL, LSASS]);
  });
  it('a suite, a fixture in it, and a folder of suites mean their rules', async () => {
    box.write('test-data/linux/curl/README.md', '');
    for (const path of [
      'test-data/linux/curl',
      'test-data/linux/curl/positive/a.json',
      'test-data/linux/curl/README.md:1',
    ])
      expect(await chosen([path])).toEqual([CURL]);
    expect(await chosen(['test-data/linux'])).toEqual([CURL, WGET]);
    box.write('test-data/linux/gone/positive/a.json', eventText({}));
    expect(await chosen(['test-data/linux/gone'])).toEqual({
      code: 2,
      err: 'error: no rule belongs to test-data/linux/gone\n  help: the suite of rules/a/b.toml is test-data/a/b/\n',
    });
  });
  it('are relative to the working directory, the configured folders to the repository', async () => {
    box.write('dac.toml', '');
    expect(await chosen([], { in: 'rules/linux' })).toEqual(['curl.toml', 'wget.toml', '../windows/lsass.toml'].sort());
    expect(await chosen(['wget.toml'], { in: 'rules/linux' })).toEqual(['wget.toml']);
  });
  it('come from a list', async () => {
    box.write('list', `${CURL}\r\n\n${LSASS}\n`);
    expect(await chosen(['--files-from', 'list'])).toEqual([CURL, LSASS]);
    expect(await chosen(['--files-from', '-', '-0'], { stdin: `${WGET}\0${LSASS}` })).toEqual([WGET, LSASS]);
    expect(await chosen(['--files-from', 'nothing'])).toEqual({
      code: 2,
      err: 'error: --files-from nothing: there is no such file\n  help: check the spelling of the path\n',
    });
    expect(await chosen(['--files-from', '-'])).toEqual({
      code: 2,
      err: 'error: no rule was found\n  help: looked in ; --allow-empty accepts an empty run\n',
    });
    expect(await chosen(['--files-from', '-', '--allow-empty'])).toEqual([]);
    box.write('events.json', eventText({ 'process.name': 'curl' }));
    const ran = await box.run(['run', '--files-from', 'list', '--events', 'events.json', '--format', 'json']);
    expect((JSON.parse(ran.out) as { runs: { path: string }[] }).runs.map((one) => one.path)).toEqual([CURL, LSASS]);
  });
});

describe('filters', () => {
  it('--rule: name, id or path, in any case', async () => {
    expect(await chosen(['--rule', 'curl*'])).toEqual([CURL]);
    expect(await chosen(['--rule', '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02'])).toEqual([WGET]);
    expect(await chosen(['--rule', 'rules/windows/*', '--rule', 'Wget Started'])).toEqual([WGET, LSASS]);
    expect(await chosen(['--rule', 'Curl Startd'])).toEqual({
      code: 2,
      err:
        'error: none of 3 rules fits --rule, --tag or --technique, did you mean "Curl Started"?\n' +
        '  help: write * for any run of characters, as in --rule "Root*"; --allow-empty accepts an empty run\n',
    });
  });
  it('--tag and --technique', async () => {
    expect(await chosen(['--tag', 'os: windows'])).toEqual([LSASS]);
    expect(await chosen(['--technique', 'T1003'])).toEqual([LSASS]);
    expect(await chosen(['--technique', 't1003.001'])).toEqual([LSASS]);
    expect(await chosen(['--technique', 'T100', '--allow-empty'])).toEqual([]);
    expect(await chosen(['--tag', 'OS: *', '--technique', 'T1003', '--rule', 'Curl*', '--allow-empty'])).toEqual([]);
  });
});

describe('git', () => {
  const git = (...args: string[]): void => {
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: box.root,
        stdio: 'ignore',
        env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
      },
    );
  };
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'first');
  });

  it('what it ignores is left out, unless a file is named or --no-gitignore is given', async () => {
    box.write('.gitignore', 'draft*\n');
    box.write('rules/linux/draft.toml', rule('Draft', 4));
    expect(await chosen([])).toEqual([CURL, WGET, LSASS]);
    expect(await chosen(['rules/linux/draft.toml'])).toEqual(['rules/linux/draft.toml']);
    expect(await chosen(['--no-gitignore'])).toEqual([CURL, 'rules/linux/draft.toml', WGET, LSASS]);
  });

  it('--changed: committed since the main branch, changed, or not yet added', async () => {
    expect(await chosen(['--changed'])).toEqual({
      code: 2,
      err: 'error: no rule has changed\n  help: looked in rules; --allow-empty accepts an empty run\n',
    });
    git('checkout', '-q', '-b', 'work');
    box.write(WGET, rule('Wget Started Again', 2));
    git('commit', '-q', '-a', '-m', 'second');
    expect(await chosen(['--changed'])).toEqual([WGET]);
    box.write(LSASS, rule('Lsass Read Again', 3));
    expect(await chosen(['--changed'])).toEqual([WGET, LSASS]);
    expect(await chosen(['--since', 'HEAD'])).toEqual([LSASS]);
    expect(await chosen(['--changed', 'rules/windows'])).toEqual([LSASS]);
    box.write('rules/linux/a b.toml', rule('New', 4));
    expect(await chosen(['--since', 'HEAD'])).toEqual(['rules/linux/a b.toml', LSASS]);
    expect(await chosen(['--since', 'nothing'])).toEqual({
      code: 2,
      err: 'error: git knows no commit nothing\n  help: in a shallow clone, fetch it first (actions/checkout: fetch-depth: 0)\n',
    });
  });

  it('--staged: what the next commit changes', async () => {
    box.write(WGET, rule('Wget Started Again', 2));
    box.write(LSASS, rule('Lsass Read Again', 3));
    git('add', WGET);
    expect(await chosen(['--staged'])).toEqual([WGET]);
  });

  it('a fixture that changes, or goes, means its rule; the configuration means all', async () => {
    box.write('test-data/linux/wget/negative/a.json', eventText({}));
    expect(await chosen(['--changed'])).toEqual([WGET]);
    rmSync(join(box.root, 'test-data/linux/curl/positive/a.json'));
    expect(await chosen(['--changed'])).toEqual([CURL, WGET]);
    box.write('dac.toml', '');
    expect(await chosen(['--changed'])).toEqual([CURL, WGET, LSASS]);
  });

  it('a deleted rule whose suite stayed behind is a finding', async () => {
    rmSync(join(box.root, CURL));
    expect(await box.run(['test', '-q', '--changed', '--allow-empty'])).toEqual({
      code: 1,
      out: 'test-data/linux/curl:1:1: error[suite/no-rule] there is no rule for this suite\n',
      err: '',
    });
  });

  it('a ref that looks like an option is a ref', async () => {
    expect(await chosen(['--since=--output=x'])).toEqual({
      code: 2,
      err: 'error: git knows no commit --output=x\n  help: in a shallow clone, fetch it first (actions/checkout: fetch-depth: 0)\n',
    });
  });

  it('outside of a repository there is nothing to ask', async () => {
    const other = new Sandbox({ 'rules/a.toml': rule('A', 1) });
    expect(await other.run(['lint', '--changed'])).toEqual({
      code: 2,
      out: '',
      err: 'error: this is no git repository\n  help: --changed and --staged ask git; name the files instead\n',
    });
    other.remove();
  });
});
