import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventText, repository, ruleText, Sandbox } from './transcript.ts';

let box: Sandbox;

beforeEach(() => {
  box = new Sandbox(repository());
});
afterEach(() => {
  box.remove();
});

/** `severity` does not go with the risk score: one error. */
const BAD = ruleText({ severity: '"high"' });
const BAD_LINE =
  'rules/linux/curl_started.toml:15:14: error[rule/severity-risk-score] severity high does not go with risk score 21\n';

describe('dac check, lint and test', () => {
  it('are silent on stdout when there is nothing to say and nobody is at a terminal', async () => {
    expect(await box.run(['check'])).toEqual({
      code: 0,
      out: '',
      err: '1 rule, 0 errors, 0 warnings, 2 cases, 0 failed in 0.00 s\n',
    });
    expect(await box.run(['lint'])).toEqual({ code: 0, out: '', err: '1 rule, 0 errors, 0 warnings in 0.00 s\n' });
    expect(await box.run(['test', '-q'])).toEqual({ code: 0, out: '', err: '' });
  });

  it('print the summary on stdout at a terminal', async () => {
    expect(await box.run(['check'], { terminal: true })).toEqual({
      code: 0,
      out: '1 rule, 0 errors, 0 warnings, 2 cases, 0 failed in 0.00 s\n',
      err: '',
    });
  });

  it('give 1 for a finding', async () => {
    box.write('rules/linux/curl_started.toml', BAD);
    expect(await box.run(['lint', '-q'])).toEqual({ code: 1, out: BAD_LINE, err: '' });
    expect(await box.run(['check', '-q'])).toEqual({ code: 1, out: BAD_LINE, err: '' });
    expect(await box.run(['test', '-q'])).toEqual({ code: 0, out: '', err: '' });
  });

  it('list every case when asked to, beside the product', async () => {
    const { out, err } = await box.run(['test', '-v']);
    expect(out).toBe('');
    expect(err.split('\n').filter((line) => line.startsWith('passed'))).toEqual([
      'passed  rules/linux/curl_started.toml: negative/wget: no alert',
      'passed  rules/linux/curl_started.toml: positive/curl: 1 alert',
    ]);
  });

  it('give 1 for a case that fails', async () => {
    box.write('test-data/linux/curl_started/positive/curl.json', eventText({ 'process.name': 'wget' }));
    expect(await box.run(['test'])).toEqual({
      code: 1,
      out: 'test-data/linux/curl_started/positive/curl.json:1:1: error[test/failed] Curl Started: positive/curl: expected at least 1 alert, got no alert\n',
      err: '1 rule, 0 errors, 0 warnings, 2 cases, 1 failed in 0.00 s\n',
    });
    expect((await box.run(['test', '--exit-zero'])).code).toBe(0);
    expect((await box.run(['lint'])).code).toBe(0);
  });

  it('run no test only when asked to', async () => {
    const empty = new Sandbox({ 'rules/a.toml': ruleText() });
    expect(await empty.run(['test', '-q', '--no-config'])).toEqual({
      code: 2,
      out: 'rules/a.toml:14:8: error[suite/missing] this rule has no tests\n',
      err: 'error: no test was run\n  help: put fixtures under test-data/, or accept it with --allow-no-tests\n',
    });
    empty.write('dac.toml', '[test]\nmin_positive = 0\nmin_negative = 0\n');
    expect((await empty.run(['test', '-q'])).code).toBe(2);
    expect(await empty.run(['test', '-q', '--allow-no-tests'])).toEqual({ code: 0, out: '', err: '' });
    empty.remove();
  });

  it('tell a fixture that nobody runs', async () => {
    box.write('test-data/linux/gone/positive/a.json', eventText({}));
    expect(await box.run(['test', '-q'])).toEqual({
      code: 1,
      out: 'test-data/linux/gone:1:1: error[suite/no-rule] there is no rule for this suite\n',
      err: '',
    });
    expect((await box.run(['test', 'rules/linux/curl_started.toml'])).code).toBe(0);
  });
});

describe('what fails and what is shown', () => {
  beforeEach(() => {
    box.write('rules/linux/curl_started.toml', ruleText({ references: '["ftp://example.org/a"]' }));
  });
  const WARNING =
    'rules/linux/curl_started.toml:25:15: warning[rule/reference-url] this reference is not a web address\n';

  it('--fail-on lowers the level that fails', async () => {
    expect(await box.run(['lint', '-q'])).toEqual({ code: 0, out: WARNING, err: '' });
    expect(await box.run(['lint', '-q', '--fail-on', 'warning'])).toEqual({ code: 1, out: WARNING, err: '' });
    expect((await box.run(['lint', '-q', '--fail-on', 'warning', '--exit-zero'])).code).toBe(0);
  });

  it('--min-severity hides, and does not change what fails', async () => {
    expect(await box.run(['lint', '-q', '--min-severity', 'error', '--fail-on', 'warning'])).toEqual({
      code: 1,
      out: '',
      err: '',
    });
  });

  it('--max-warnings counts', async () => {
    expect((await box.run(['lint', '--max-warnings', '1'])).code).toBe(0);
    expect((await box.run(['lint', '--max-warnings', '0'])).code).toBe(1);
  });

  it('--exit-zero never hides what could not be done', async () => {
    expect((await box.run(['lint', 'nothing', '--exit-zero'])).code).toBe(2);
    box.write('rules/broken.toml', 'x');
    expect((await box.run(['lint', '--exit-zero'])).code).toBe(2);
  });

  it('a check that does not exist cannot be chosen, switched off or given a severity', async () => {
    const said = async (args: readonly string[], config = ''): Promise<string> => {
      box.write('dac.toml', config);
      const { code, out, err } = await box.run(['lint', ...args]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      return err.split('\n')[0] ?? '';
    };
    expect([
      await said(['--only', 'rule/reference-ulr']),
      await said(['--skip', 'rules']),
      await said([], '[lint]\ndisable = ["rule", "rule/fle-name"]\n'),
      await said([], '[lint.severity]\nrule = "info"\n'),
      await said([], '[[overrides]]\nfiles = ["*"]\ndisable = ["x"]\n'),
    ]).toEqual([
      'error: --only: there is no check rule/reference-ulr, did you mean "rule/reference-url"?',
      'error: --skip: there is no check rules, did you mean "rule"?',
      'error: dac.toml:2: lint.disable: there is no check rule/fle-name, did you mean "rule/file-name"?',
      'error: dac.toml:1: lint.severity: there is no check rule',
      'error: dac.toml:1: overrides: there is no check x',
    ]);
  });

  it('--only and --skip choose checks and categories', async () => {
    expect((await box.run(['lint', '-q', '--only', 'rule/reference-url'])).out).toBe(WARNING);
    expect((await box.run(['lint', '-q', '--only', 'attack'])).out).toBe('');
    expect((await box.run(['lint', '-q', '--skip', 'rule'])).out).toBe('');
  });
});

describe('formats', () => {
  it('go to stdout and to files', async () => {
    box.write('rules/linux/curl_started.toml', BAD);
    const result = await box.run([
      'lint',
      '-q',
      '--format',
      'concise',
      '--format',
      'json=out.json',
      '--format',
      'sarif=out.sarif',
    ]);
    expect(result).toEqual({ code: 1, out: BAD_LINE, err: '' });
    expect(box.files()).toEqual([
      'out.json',
      'out.sarif',
      'rules/linux/curl_started.toml',
      'test-data/linux/curl_started/negative/wget.json',
      'test-data/linux/curl_started/positive/curl.json',
    ]);
  });

  it('json is one document, with the same bytes each time', async () => {
    box.write('rules/linux/curl_started.toml', BAD);
    const { out } = await box.run(['lint', '--format', 'json', '--verbose'], { terminal: true });
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      command: 'lint',
      summary: { rules: 1, errors: 1, warnings: 0 },
      results: [
        {
          id: 'rule/severity-risk-score',
          severity: 'error',
          path: 'rules/linux/curl_started.toml',
          line: 15,
          column: 14,
        },
      ],
    });
    expect((await box.run(['lint', '--format', 'json'])).out).toBe(out);
  });

  it('a document does not share stdout', async () => {
    expect(await box.run(['lint', '--format', 'json', '--format', 'pretty'])).toEqual({
      code: 2,
      out: '',
      err: 'error: json has to be alone on stdout\n  help: give one of the formats a file: --format json=FILE\n',
    });
  });

  it('an unknown one is named, and so is a file that cannot be written', async () => {
    expect(await box.run(['lint', '--format', 'jsn'])).toMatchObject({ code: 2, out: '' });
    expect((await box.run(['lint', '--format', 'jsn'])).err).toContain(
      'error: there is no format jsn, did you mean "json"?\n',
    );
    expect(await box.run(['lint', '--format', 'json=no/folder/x.json'])).toEqual({
      code: 2,
      out: '',
      err: 'error: no/folder/x.json cannot be written (ENOENT)\n  help: does its folder exist?\n',
    });
  });

  it('in a workflow of GitHub, annotations and the job summary come by themselves, unless formats are named', async () => {
    box.write('rules/linux/curl_started.toml', BAD);
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: `${box.root}/summary.md` };
    const { out } = await box.run(['lint', '-q'], { env });
    expect(out).toContain(BAD_LINE);
    expect(out).toMatch(/^::error file=rules\/linux\/curl_started\.toml,line=15,/m);
    expect(box.files()).toContain('summary.md');
    expect(await box.run(['lint', '-q', '--format', 'concise'], { env })).toEqual({ code: 1, out: BAD_LINE, err: '' });
  });

  it('a coding agent gets short lines, on a terminal too', async () => {
    box.write('rules/linux/curl_started.toml', BAD);
    const { out } = await box.run(['lint', '-q'], { terminal: true, env: { CLAUDECODE: '1' } });
    expect(out).toBe(BAD_LINE);
  });
});

describe('stdin', () => {
  it('holds one rule, named by --stdin-filename', async () => {
    expect(
      await box.run(['lint', '-', '-q', '--stdin-filename', 'rules/linux/curl_started.toml'], { stdin: BAD }),
    ).toEqual({
      code: 1,
      out: BAD_LINE,
      err: '',
    });
    expect(
      (await box.run(['test', '-', '--stdin-filename', 'rules/linux/curl_started.toml'], { stdin: ruleText() })).err,
    ).toBe('1 rule, 0 errors, 0 warnings, 2 cases, 0 failed in 0.00 s\n');
  });

  it('that is empty is a rule without its tables', async () => {
    const { code, out } = await box.run(['lint', '-', '-q']);
    expect(code).toBe(1);
    expect(out).toContain('<stdin>:1:1: error[schema/missing-key]');
  });
});
