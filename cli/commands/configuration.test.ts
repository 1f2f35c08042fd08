import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_STACK } from '../fields/tables/ecs.ts';
import { repository, ruleText, Sandbox } from './transcript.ts';

let box: Sandbox;

beforeEach(() => {
  box = new Sandbox(repository());
});
afterEach(() => {
  box.remove();
});

interface Shown {
  readonly config: string | null;
  readonly root: string;
  readonly settings: readonly { readonly key: string; readonly value: unknown; readonly origin: unknown }[];
}

async function show(args: readonly string[] = [], options: Parameters<Sandbox['run']>[1] = {}): Promise<Shown> {
  const { code, out, err } = await box.run(['config', 'show', '--format', 'json', ...args], options);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Shown;
}
const setting = ({ settings }: Shown, key: string): unknown => {
  const { value, origin } = settings.find((one) => one.key === key) ?? {};
  return { value, origin };
};

describe('dac config show', () => {
  it('takes one folder of rules, or a list of them', async () => {
    const rules = async (file: string, env: Readonly<Record<string, string>> = {}): Promise<unknown> => {
      box.write('dac.toml', file);
      return setting(await show([], { env }), 'paths.rules');
    };
    const origin = { kind: 'file', path: 'dac.toml', line: 1 };
    expect(await rules('paths.rules = "a"')).toEqual({ value: 'a', origin });
    expect(await rules('paths.rules = ["a", "b"]')).toEqual({ value: ['a', 'b'], origin });
    const variable = { kind: 'environment', name: 'DAC_PATHS_RULES' };
    expect(await rules('', { DAC_PATHS_RULES: 'a' })).toEqual({ value: 'a', origin: variable });
    expect(await rules('', { DAC_PATHS_RULES: 'a,b' })).toEqual({ value: ['a', 'b'], origin: variable });
  });

  it.each([
    ['[]', 'dac.toml:1:15: paths.rules needs at least 1 entry'],
    ['""', 'dac.toml:1:15: paths.rules must not be empty'],
    ['["a", "a"]', 'dac.toml:1:21: paths.rules has the same entry twice'],
    ['["a", 1]', 'dac.toml:1:21: paths.rules[1] has to be text, this is a number'],
    ['1', 'dac.toml:1:15: paths.rules has to be text or a list, this is a number'],
  ])('refuses paths.rules = %s', async (value, message) => {
    box.write('dac.toml', `paths.rules = ${value}`);
    const { code, err } = await box.run(['config', 'show']);
    expect([code, err.split('\n')[0]]).toEqual([2, `error: ${message}`]);
  });

  it('prints every value and where it comes from', async () => {
    box.write(
      'dac.toml',
      'stack = "9.1"\n\n[lint]\nrequired_tags = ["OS:"]\n\n[[overrides]]\nfiles = ["rules/x/**"]\ndisable = ["tags"]\n',
    );
    expect(await box.run(['config', 'show', '--fail-on', 'warning'], { env: { DAC_TEST_MIN_POSITIVE: '3' } })).toEqual({
      code: 2,
      out: '',
      err: "error: unknown option '--fail-on'\n",
    });
    const { code, out, err } = await box.run(['config', 'show'], { env: { DAC_TEST_MIN_POSITIVE: '3' } });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').map((line) => line.replace(/ +# /, ' # '))).toEqual([
      '# dac.toml, paths relative to .',
      'stack = "9.1" # dac.toml:1',
      'paths.rules = "rules" # default',
      'paths.tests = "test-data" # default',
      'paths.exceptions = "exceptions" # default',
      'paths.value_lists = "value-lists" # default',
      'paths.connectors = "connectors" # default',
      'lint.disable = [] # default',
      'lint.severity = {} # default',
      'lint.required_tags = ["OS:"] # dac.toml:4',
      'lint.guide_sections = ["Triage and analysis","investigation steps","False positive","Response and remediation"] # default',
      'lint.fail_on = "error" # default',
      'lint.min_severity = "info" # default',
      'lint.max_warnings = -1 # default',
      'test.min_positive = 3 # DAC_TEST_MIN_POSITIVE',
      'test.min_negative = 1 # default',
      'kibana.marker = "Managed by: dac" # default',
      'overrides {"files":["rules/x/**"],"disable":["tags"]} # dac.toml:6',
      '',
    ]);
  });

  describe('environments', () => {
    const rows = async (env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
      const { code, out, err } = await box.run(['config', 'show'], { env });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return out.split('\n').filter((line) => line.startsWith('environments.')).map((line) => line.replace(/ +# /, ' # '));
    }; // prettier-ignore

    it('are shown with their space and the source of the key, never the key', async () => {
      box.write('dac.toml', `[environments.dev]
url = "https://dev.example.org/"
api_key_env = "DEV_KEY"
[environments.prod]
url = "https://kibana.example.org"
elasticsearch_url = "https://es.example.org"
space = "soc"
username = "me"
password_env = "PASSWORD"
protected = true
keep = ["enabled"]
[[environments.prod.overrides]]
enabled = true
`); // prettier-ignore
      expect(await rows({ DEV_KEY: 'very-secret' })).toEqual([
        'environments.dev.url = "https://dev.example.org" # dac.toml:1',
        'environments.dev.space = "default" # dac.toml:1',
        'environments.dev.protected = false # dac.toml:1',
        'environments.dev.keep = [] # dac.toml:1',
        'environments.dev.overrides = 0 # dac.toml:1',
        'environments.dev.credentials = "variable DEV_KEY, set" # dac.toml:1',
        'environments.prod.url = "https://kibana.example.org" # dac.toml:4',
        'environments.prod.space = "soc" # dac.toml:4',
        'environments.prod.elasticsearch_url = "https://es.example.org" # dac.toml:4',
        'environments.prod.protected = true # dac.toml:4',
        'environments.prod.keep = ["enabled"] # dac.toml:4',
        'environments.prod.overrides = 1 # dac.toml:4',
        'environments.prod.credentials = "user me, variable PASSWORD, not set" # dac.toml:4',
        'environments.prod # error: the variable PASSWORD is not set',
      ]);
      const document: unknown = JSON.parse((await box.run(['config', 'show', '--format', 'json'], { env: { PASSWORD: 'very-secret' } })).out); // prettier-ignore
      expect(JSON.stringify(document)).not.toContain('very-secret');
      expect(document).toMatchObject({
        environments: [
          { name: 'dev', credential: { from: 'variable', name: 'DEV_KEY', set: false } },
          {
            name: 'prod',
            origin: { kind: 'file', path: 'dac.toml', line: 4 },
            standard: false,
            url: 'https://kibana.example.org',
            space: 'soc',
            elasticsearch: 'https://es.example.org',
            protected: true,
            keep: ['enabled'],
            overrides: 1,
            credential: { from: 'variable', name: 'PASSWORD', user: 'me', set: true },
            problems: [],
          },
        ],
      });
    });

    it('of the variables is called default, and the one that is taken without --env is marked', async () => {
      const env = { DAC_KIBANA_URL: 'http://localhost:5601', DAC_KIBANA_API_KEY: 'very-secret' };
      expect((await rows(env)).at(-1)).toBe(
        'environments.default.credentials = "variable DAC_KIBANA_API_KEY, set" # DAC_KIBANA_URL, taken without --env',
      );
      box.write('dac.toml', '[environments.dev]\nurl = "http://localhost"\n');
      expect((await rows()).at(-1)).toBe(
        'environments.dev # error: there are no credentials for environment dev; give it api_key_env, api_key_command or api_key_file in dac.toml, or set DAC_KIBANA_API_KEY',
      );
    });

    it('that cannot be used say why; a file of a key is looked at, a program is not run', async () => {
      box.write('key', 'very-secret\n');
      box.write('dac.toml', `[environments]
a.url = "https://me:very-secret@host"
b = { url = "https://b", api_key_file = "key" }
c = { url = "https://c", api_key_file = "nowhere" }
d = { url = "https://d", api_key_command = ["touch", "ran"] }
e = { space = "x" }
`); // prettier-ignore
      chmodSync(join(box.root, 'key'), 0o644);
      const shown = async () => (await rows()).filter((row) => /credentials|error/.test(row));
      const first = await shown();
      expect(first).toEqual([
        'environments.a # error: the address of environment a holds credentials; take them out; give username and password_env, or an API key',
        'environments.b.credentials = "file key, not usable" # dac.toml:3',
        'environments.b # error: others can read key (mode 644); chmod 600 key; if others had access, make a new key',
        'environments.c.credentials = "file nowhere, not usable" # dac.toml:4',
        'environments.c # error: nowhere cannot be read (ENOENT); name the file that holds the key',
        'environments.d.credentials = "program touch" # dac.toml:5',
        'environments.e # error: environment e has neither url and cloud_id; give it one of them',
      ]);
      chmodSync(join(box.root, 'key'), 0o600);
      expect(await shown()).toContain('environments.b.credentials = "file key, set" # dac.toml:3');
      expect(first.join('')).not.toContain('very-secret');
      expect(box.files()).not.toContain('ran');
    });
  });

  it('a flag is before the environment, the environment before the file', async () => {
    box.write('dac.toml', 'stack = "9.1"\n');
    const env = { DAC_STACK: '9.2' };
    expect(setting(await show(), 'stack')).toEqual({
      value: '9.1',
      origin: { kind: 'file', path: 'dac.toml', line: 1 },
    });
    expect(setting(await show([], { env }), 'stack')).toEqual({
      value: '9.2',
      origin: { kind: 'environment', name: 'DAC_STACK' },
    });
    expect(setting(await show(['--stack', '9.3'], { env }), 'stack')).toEqual({
      value: '9.3',
      origin: { kind: 'flag', name: '--stack' },
    });
  });

  it('the default of stack is that of the field tables', async () => {
    expect(setting(await show(), 'stack')).toEqual({ value: DEFAULT_STACK, origin: { kind: 'default' } });
  });

  it('finds the nearest dac.toml above, or the one that is named, or none', async () => {
    box.write('dac.toml', 'stack = "9.1"\n');
    box.write('team/dac.toml', 'stack = "9.2"\n');
    expect(await show([], { in: 'rules/linux' })).toMatchObject({ config: '../../dac.toml', root: '../..' });
    expect(await show(['--config', 'team/dac.toml'])).toMatchObject({ config: 'team/dac.toml', root: 'team' });
    expect(await show(['--no-config'])).toMatchObject({ config: null, root: '.' });
    box.write('team/rules/.git/x', '');
    expect(await show([], { in: 'team/rules' })).toMatchObject({ config: null, root: '.' });
  });

  it('reads lists and maps from the environment', async () => {
    const shown = await show([], {
      env: { DAC_LINT_DISABLE: 'tags, rule/file-name', DAC_LINT_SEVERITY: 'rule/file-name=error' },
    });
    expect(setting(shown, 'lint.disable')).toMatchObject({ value: ['tags', 'rule/file-name'] });
    expect(setting(shown, 'lint.severity')).toMatchObject({ value: { 'rule/file-name': 'error' } });
  });
});

describe('a fault', () => {
  const fault = async (toml: string): Promise<unknown> => {
    box.write('dac.toml', toml);
    return box.run(['lint']);
  };
  it('of a key has its place and what was meant', async () => {
    expect(await fault('[lint]\nfail_an = "error"\n')).toEqual({
      code: 2,
      out: '',
      err: 'error: dac.toml:2:1: unknown key lint.fail_an: did you mean fail_on?\n  help: take it out, or correct its name\n',
    });
  });
  it('of a value, too', async () => {
    expect(await fault('[lint]\nfail_on = "fatal"\n')).toEqual({
      code: 2,
      out: '',
      err: 'error: dac.toml:2:11: lint.fail_on cannot be "fatal"\n  help: it is one of error, warning, info\n',
    });
    expect(await fault('stack = 9\n')).toMatchObject({
      code: 2,
      err: expect.stringContaining('dac.toml:1:9: stack has to be text') as unknown,
    });
    expect(await fault('stack = \n')).toMatchObject({
      code: 2,
      err: expect.stringContaining('error: dac.toml:1:') as unknown,
    });
  });
  it('of the environment names the variable', async () => {
    expect(await box.run(['lint'], { env: { DAC_TEST_MIN_POSITIVE: 'two' } })).toEqual({
      code: 2,
      out: '',
      err: 'error: DAC_TEST_MIN_POSITIVE cannot be "two"\n  help: it is a whole number, 0 or more\n',
    });
    expect(await box.run(['lint'], { env: { DAC_STAK: '9.1', DAC_HOME: '/x' } })).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no setting DAC_STAK, did you mean DAC_STACK?\n  help: rename the variable, or unset it\n',
    });
  });
  it('a configuration that is not there', async () => {
    expect(await box.run(['lint', '--config', 'nothing.toml'])).toEqual({
      code: 2,
      out: '',
      err: 'error: nothing.toml: there is no such file\n  help: check the spelling of the path\n',
    });
  });
});

describe('the settings of lint', () => {
  beforeEach(() => {
    box.write('rules/linux/curl_started.toml', ruleText({ references: '["ftp://example.org/a"]' }));
  });
  const ids = async (toml: string, args: readonly string[] = []): Promise<string> => {
    box.write('dac.toml', toml);
    const { out } = await box.run(['lint', '-q', ...args]);
    return [...out.matchAll(/(\w+\[[^\]]+\])/g)].map((one) => one[1]).join(' ');
  };
  const DISABLED = '[lint]\ndisable = ["rule/reference-url"]\n';

  it('switch checks off, and give them another severity', async () => {
    expect(await ids('')).toBe('warning[rule/reference-url]');
    expect(await ids(DISABLED)).toBe('');
    expect(await ids('[lint]\ndisable = ["rule"]\n')).toBe('');
    expect(await ids('[lint]\nseverity = { "rule/reference-url" = "error" }\n')).toBe('error[rule/reference-url]');
  });
  it('a check that a flag asks for runs all the same', async () => {
    expect(await ids(DISABLED, ['--only', 'rule/reference-url'])).toBe('warning[rule/reference-url]');
  });
  it('differ by folder: the last entry that fits wins, key by key', async () => {
    const override = (files: string, rest: string): string => `[[overrides]]\nfiles = ["${files}"]\n${rest}\n`;
    expect(await ids(override('rules/windows/**', 'disable = ["rule"]'))).toBe('warning[rule/reference-url]');
    expect(await ids(override('rules/linux/**', 'disable = ["rule"]'))).toBe('');
    expect(await ids(DISABLED + override('rules/linux/**', 'disable = []'))).toBe('warning[rule/reference-url]');
    expect(
      await ids(
        override('rules/**', 'severity = { "rule/reference-url" = "info" }') +
          override('curl_*.toml', 'severity = { "rule/reference-url" = "error" }') +
          override('rules/*', 'severity = { "rule/reference-url" = "info" }'),
      ),
    ).toBe('error[rule/reference-url]');
  });
});

it('dac config schema prints the published schema', async () => {
  const { code, out } = await box.run(['config', 'schema']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    title: 'dac configuration',
    properties: { stack: { default: DEFAULT_STACK } },
  });
});
