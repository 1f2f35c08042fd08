import { afterEach, describe, expect, it } from 'vitest';
import { repository, ruleText, Sandbox } from './transcript.ts';

const boxes: Sandbox[] = [];
afterEach(() => boxes.splice(0).forEach((box) => box.remove()));

const sandbox = (files: Readonly<Record<string, string>>): Sandbox => {
  const box = new Sandbox({ 'dac.toml': '', ...repository(), ...files });
  boxes.push(box);
  return box;
};

const list = (id: string, value = '"x"'): string => `[[exceptions]]
[exceptions.container]
name = "L"
description = "d"
type = "detection"
list_id = "${id}"
[[exceptions.items]]
name = "I ${id}"
description = "d"
[[exceptions.items.entries]]
field = "process.name"
type = "match"
operator = "included"
value = ${value}
`;
const GOOD = {
  'exceptions/a.toml': list('a'),
  'value-lists/hosts.keyword.txt': 'a\nb\n',
  'connectors/log.toml': 'name = "Log"\nconnector_type_id = ".server-log"\n',
};
const BROKEN = {
  ...GOOD,
  'exceptions/b.toml': list('b', '5'),
  'exceptions/c.toml': list('a'),
  'value-lists/nets.ip.txt': '10.0.0.1\nnot an address\n',
  'connectors/slack.toml':
    'name = "S"\nconnector_type_id = ".slack"\n[secrets]\nwebhookUrl = "https://hooks.example.org/XYZ"\n',
};
const IDS = [
  'connectors/slack.toml: publish/literal-secret',
  'exceptions/b.toml: schema/wrong-type',
  'exceptions/c.toml: publish/same-id',
  'value-lists/nets.ip.txt: publish/value-list',
];

const idsIn = (concise: string): readonly string[] =>
  [...concise.matchAll(/^(\S+?):\d+:\d+: error\[([^\]]+)\]/gm)].map(([, path, id]) => `${path}: ${id}`);

describe.each(['check', 'lint'])('dac %s', (command) => {
  it('reads exceptions, value lists and connectors with the whole repository, and counts them apart', async () => {
    const { code, err } = await sandbox(GOOD).run([command]);
    expect([code, err]).toEqual([0, expect.stringMatching(/^1 rule, 3 other files, 0 errors, 0 warnings/)]);
    const without = await sandbox({}).run([command]);
    expect([without.code, without.err]).toEqual([0, expect.stringMatching(/^1 rule, 0 errors, 0 warnings/)]);
  });

  it('tells what would keep them from being published', async () => {
    const { code, out, err } = await sandbox(BROKEN).run([command]);
    expect([code, idsIn(out)]).toEqual([1, IDS]);
    expect(err).toContain('1 rule, 7 other files, 4 errors');
  });

  it('looks at those that are named, beside the others', async () => {
    const box = sandbox(BROKEN);
    const file = await box.run([command, 'exceptions/c.toml']);
    expect([file.code, idsIn(file.out), file.err]).toEqual([1, IDS.slice(2, 3), expect.stringContaining('0 rules, 1 other file, 1 error')]); // prettier-ignore
    expect(idsIn((await box.run([command, 'value-lists'])).out)).toEqual(IDS.slice(3));
    expect(idsIn((await box.run([command, 'connectors/', 'rules'])).out)).toEqual(IDS.slice(0, 1));
    const rule = await box.run([command, 'rules/linux/curl_started.toml']);
    expect([rule.code, rule.err]).toEqual([0, expect.stringMatching(/^1 rule, 0 errors/)]);
  });

  it('ends with 2 where one of them is no TOML, as for a rule', async () => {
    const { code, out } = await sandbox({ 'exceptions/a.toml': 'x = \n' }).run([command]);
    expect([code, idsIn(out)]).toEqual([2, ['exceptions/a.toml: toml/syntax']]);
  });
});

describe('lists and connectors', () => {
  it.each(['pretty', 'concise', 'json', 'ndjson', 'sarif', 'junit', 'github', 'markdown'])('are in the format %s, without a secret', async (format) => {
    const { out, err } = await sandbox(BROKEN).run(['lint', '--format', format]);
    expect(out + err).not.toContain('XYZ');
    for (const one of IDS) expect(out).toContain(one.split(': ')[1]);
    if (format !== 'sarif') return;
    const sarif: unknown = JSON.parse(out);
    const text = JSON.stringify(sarif);
    expect(text).toContain('"id":"publish/literal-secret"');
  }); // prettier-ignore

  it('of environments are read from their own folders, too', async () => {
    const dac = '[environments.dev]\nurl = "https://k.example.org"\napi_key_env = "K"\nexceptions = "dev-exceptions"\n';
    const { out } = await sandbox({ 'dac.toml': dac, 'exceptions/a.toml': list('a'), 'dev-exceptions/a.toml': list('a', '5') }).run(['lint']); // prettier-ignore
    expect(idsIn(out)).toEqual(['dev-exceptions/a.toml: schema/wrong-type']);
  });

  it('of environments may be the same as those of others, in a folder within theirs', async () => {
    const dac = '[environments.dev]\nurl = "https://k.example.org"\napi_key_env = "K"\nexceptions = "exceptions/dev"\n';
    const { code, err } = await sandbox({ 'dac.toml': dac, 'exceptions/a.toml': list('a'), 'exceptions/dev/a.toml': list('a') }).run(['lint']); // prettier-ignore
    expect([code, err]).toEqual([0, expect.stringContaining('1 rule, 2 other files, 0 errors')]);
  });

  it('below a folder of rules are no rules; a folder of rules is none of theirs', async () => {
    const inside = sandbox({ 'dac.toml': '[paths]\nexceptions = "rules/exceptions"\n', 'rules/exceptions/a.toml': list('a') });
    expect(await inside.run(['lint'])).toMatchObject({ code: 0, err: expect.stringContaining('1 rule, 1 other file') as string });
    const same = sandbox({ 'dac.toml': '[paths]\nrules = "connectors"\n', 'connectors/a.toml': ruleText() });
    expect((await same.run(['lint', 'connectors'])).err).toContain('1 rule, 0 errors');
  }); // prettier-ignore

  it('are no findings of dac test', async () => {
    const { out } = await sandbox(BROKEN).run(['test', '--allow-no-tests']);
    expect(idsIn(out)).toEqual([]);
    expect(await sandbox(GOOD).run(['test', 'exceptions'])).toMatchObject({ code: 2 });
  });

  it('can be switched off by their ids', async () => {
    const { code } = await sandbox({ ...GOOD, 'exceptions/c.toml': list('a') }).run(['lint', '--skip', 'publish']);
    expect(code).toBe(0);
  });
});
