import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { RULES, standIn } from '../kibana/standin/test-support.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { ruleText, Sandbox, type Transcript } from './transcript.ts';

const PATH = 'rules/linux/curl_started.toml';
const ID = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01';
const NAMES = ['dev', 'staging', 'prod'] as const;
type Name = (typeof NAMES)[number];

let box: Sandbox | undefined;
afterEach(() => {
  box?.remove();
  box = undefined;
});

const list = (value: string): string => `[[exceptions]]
[exceptions.container]
list_id = "ci"
name = "CI"
description = "d"
type = "detection"
[[exceptions.items]]
item_id = "ci-1"
name = "Runners"
description = "d"
[[exceptions.items.entries]]
field = "host.name"
type = "match"
operator = "included"
value = "${value}"
`;
const REFERENCE = '\n[[rule.exceptions_list]]\nlist_id = "ci"\nnamespace_type = "single"\ntype = "detection"\n';

/** A repository with three environments, each a stand-in of its own. */
async function three() {
  const kibanas = { dev: await standIn(), staging: await standIn(), prod: await standIn() };
  const table = (name: Name, more: string): string =>
    `[environments.${name}]\nurl = "${kibanas[name].server.url}"\napi_key_env = "KEY"\n${more}\n`;
  const files = new Sandbox({
    [PATH]: ruleText({ interval: '"5m"' }) + REFERENCE,
    'exceptions/ci.toml': list('everywhere'),
    'exceptions-prod/ci.toml': list('prod-runner'),
    'value-lists/hosts.keyword.txt': 'a\n',
    'lists/dev/hosts.keyword.txt': 'dev-a\n',
    'dac.toml': [
      table('dev', 'value_lists = "lists/dev"\n[[environments.dev.overrides]]\nenabled = true\nindex = ["logs-dev-*"]'),
      table('staging', '[[environments.staging.overrides]]\ntags = ["OS: Linux"]\ninterval = "15m"'),
      table('prod', 'protected = true\nkeep = ["enabled"]\nexceptions = "exceptions-prod"'),
    ].join('\n'),
  });
  box = files;
  const dac = (...args: string[]): Promise<Transcript> => files.run(args, { env: { KEY: 'any' } });
  const push = (name: Name): Promise<Transcript> =>
    dac('push', '--env', name, ...(name === 'prod' ? ['--confirm', 'prod'] : ['--yes']));
  const stored = async (name: Name, ...keys: readonly string[]): Promise<readonly (Json | undefined)[]> => {
    const { json } = await kibanas[name].send('GET', `${RULES}?rule_id=${ID}`);
    return keys.map((key) => own(json, key));
  };
  const values = async (name: Name, path: string): Promise<readonly unknown[]> => {
    const { json } = await kibanas[name].send('GET', path);
    return elements(own(json, 'data')).map((one) => {
      const [entry] = isJsonObject(one) ? elements(own(one, 'entries')) : [];
      return isJsonObject(entry) ? own(entry, 'value') : isJsonObject(one) ? own(one, 'value') : undefined;
    });
  };
  const patch = (name: Name, members: JsonObject) => kibanas[name].send('PATCH', RULES, { rule_id: ID, ...members });
  return { files, dac, push, stored, values, patch };
}

it('a rule is promoted through three environments, each with values and lists of its own', async () => {
  const { files, dac, push, stored, values } = await three();
  for (const name of NAMES) expect([name, await push(name)]).toMatchObject([name, { code: 0, err: '' }]);
  const index = ['logs-endpoint.events.process*'];
  expect(await stored('dev', 'enabled', 'interval', 'index')).toEqual([true, '5m', ['logs-dev-*']]);
  expect(await stored('staging', 'enabled', 'interval', 'index')).toEqual([false, '15m', index]);
  expect(await stored('prod', 'enabled', 'interval', 'index')).toEqual([false, '5m', index]);
  const items = '/api/exception_lists/items/_find?list_id=ci&namespace_type=single';
  expect(await Promise.all(NAMES.map((name) => values(name, items)))).toEqual([['everywhere'], ['everywhere'], ['prod-runner']]); // prettier-ignore
  const hosts = '/api/lists/items/_find?list_id=hosts';
  expect(await Promise.all(NAMES.map((name) => values(name, hosts)))).toEqual([['dev-a'], ['a'], ['a']]);
  for (const name of NAMES) expect([name, (await dac('plan', '--env', name, '--exit-code')).code]).toEqual([name, 0]);
  // A change goes on only where it is pushed, and not into what an environment sets itself.
  files.write(PATH, ruleText({ interval: '"7m"', severity: '"high"' }) + REFERENCE);
  const fields = async (name: Name) => (await dac('plan', '--env', name)).out.match(/^ {4}.*/gm);
  expect(await Promise.all(NAMES.map(fields))).toEqual([
    ['    interval: "5m" -> "7m"', '    severity: "low" -> "high"'],
    ['    severity: "low" -> "high"'],
    ['    interval: "5m" -> "7m"', '    severity: "low" -> "high"'],
  ]);
  expect((await push('dev')).code).toBe(0);
  expect(await stored('dev', 'severity', 'interval')).toEqual(['high', '7m']);
  expect(await stored('prod', 'severity', 'interval')).toEqual(['low', '5m']);
  expect((await dac('plan', '--env', 'prod')).out).toContain('Environment prod is protected.');
});

it('what was changed in one environment is pulled, but for what that environment sets or keeps', async () => {
  const { files, dac, push, patch, stored } = await three();
  for (const name of NAMES) await push(name);
  const text = (): string => readFileSync(join(files.root, PATH), 'utf8').replace(/updated_date = .*/, '');
  const before = text();
  // prod keeps enabled: it is nobody's business there.
  await patch('prod', { enabled: true });
  expect((await dac('drift', '--env', 'prod', '--exit-code')).code).toBe(0);
  expect((await dac('pull', '--env', 'prod')).out).toBe('Nothing to pull.\n');
  expect(await push('prod')).toMatchObject({ code: 0 });
  expect(await stored('prod', 'enabled')).toEqual([true]);
  // dev sets enabled and index: the file has other values of its own.
  await patch('dev', { enabled: false, index: ['x-*'], severity: 'critical' });
  const pulled = await dac('pull', '--env', 'dev');
  expect(pulled.out).toContain('left "Curl Started": dac.toml sets enabled, index for this environment');
  expect(text()).toBe(before.replace('severity = "low"', 'severity = "critical"'));
  // The severity is a plain change of the repository for the others.
  expect((await dac('plan', '--env', 'staging')).out).toContain('    severity: "low" -> "critical"\n');
});

it('an environment whose own folder of lists is not there is an error, not an environment without lists', async () => {
  const { files, dac } = await three();
  const config = readFileSync(join(files.root, 'dac.toml'), 'utf8');
  files.write('dac.toml', config.replace('exceptions-prod', 'exceptions-prd'));
  expect(await dac('plan', '--env', 'prod')).toEqual({
    code: 2,
    out: '',
    err: 'error: dac.toml:21:1: there is no folder exceptions-prd\n  help: make it, or correct exceptions of environment prod\n',
  });
  expect((await dac('plan', '--env', 'dev')).code).toBe(0);
});
