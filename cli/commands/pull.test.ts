import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rule, RULES, standIn } from '../kibana/standin/test-support.ts';
import { isJsonObject, own, type JsonObject } from '../text/json.ts';
import { packageRoot } from '../text/package-root.ts';
import { readConfig } from './configuration.ts';
import type { Host } from './host.ts';
import { planFor } from './plan.ts';
import { ruleText, Sandbox } from './transcript.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox({ 'dac.toml': '' });
});
afterEach(() => {
  box.remove();
});

/** A stand-in for Kibana, `dac` against it, and what stands for an apply. */
async function kibana() {
  const { send, server } = await standIn();
  const env = { DAC_KIBANA_URL: server.url, DAC_KIBANA_API_KEY: 'any' };
  const dac = (...args: string[]) => box.run(args, { env });
  const plan = async () => {
    const host: Host = {
      cwd: box.root,
      env,
      terminal: false,
      out: () => undefined,
      err: () => undefined,
      stdin: () => new Uint8Array(),
      now: () => Date.UTC(2026, 0, 2),
      clock: () => 0,
    };
    const planned = await planFor(host, readConfig(host), [], { allowEmpty: true });
    return planned?.plan.entries ?? [];
  };
  const routes = { rule: RULES, exceptionList: '/api/exception_lists', exceptionItem: '/api/exception_lists/items', valueList: '/api/lists', connector: '/api/actions/connector' }; // prettier-ignore
  const apply = async () => {
    for (const { kind, action, document } of await plan())
      if (document !== undefined) {
        const { status, text } = await send(action === 'create' ? 'POST' : 'PUT', routes[kind], document);
        expect([status, status === 200 ? '' : text]).toEqual([200, '']);
      }
  };
  const patch = (rule_id: string, members: JsonObject) => send('PATCH', RULES, { rule_id, ...members });
  return { send, dac, plan, apply, patch };
}

const bytes = (): Record<string, string> =>
  Object.fromEntries(box.files().map((path) => [path, readFileSync(join(box.root, path), 'utf8')]));

const ID = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01';
const PATH = 'rules/linux/curl_started.toml';

describe('dac pull', () => {
  it('makes files of a space with names that climb, hide and clash, and finds nothing the second time', async () => {
    const { send, dac, plan } = await kibana();
    await send('POST', '/api/exception_lists', { list_id: '../up', name: 'Up', description: 'd', type: 'detection' });
    await send('POST', '/api/exception_lists/items', { list_id: '../up', item_id: 'one', type: 'simple', name: 'One', description: 'd', entries: [{ field: 'host.name', type: 'match', operator: 'included', value: 'x' }] }); // prettier-ignore
    const list = { id: 'x', list_id: '../up', type: 'detection', namespace_type: 'single' };
    await send('POST', RULES, rule('a', { name: '../../xyz', exceptions_list: [list], author: ['me'], enabled: true }));
    await send(
      'POST',
      RULES,
      rule('b', { name: 'Xy\u001b[31m', description: `${'long words '.repeat(30)}\n\nand more` }),
    );
    await send(
      'POST',
      RULES,
      rule('c', { name: 'xy z', filters: [{ meta: { alias: null }, query: { match_all: {} } }] }),
    );
    await send('POST', RULES, rule('e', { name: 'xy' }));
    await send('POST', RULES, rule('d', { name: 'New', type: 'new_terms', new_terms_fields: ['a'], history_window_start: 'now-9d' })); // prettier-ignore
    const { code, out, err } = await dac('pull');
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n').at(-2)).toBe('Pulled: 5 new, 0 changed, 0 conflicts, 1 left in the space.');
    expect(out).not.toContain('\u001b');
    expect(box.files()).toEqual(['dac.toml', 'exceptions/up.toml', 'rules/imported/new.toml', 'rules/imported/xy_31m.toml', 'rules/imported/xy_z.toml', 'rules/imported/xyz.toml']); // prettier-ignore
    const before = bytes();
    const again =
      'left "xy": its file would be refused: rule.name needs at least 3 characters\n    help: change it in Kibana, then pull again\n\nNothing to pull, 1 left in the space.\n';
    expect(await dac('pull')).toEqual({ code: 0, out: again, err: '' });
    expect(bytes()).toEqual(before);
    expect((await plan()).map(({ action, name, fields }) => [action, name, fields])).toEqual([
      ['foreign', 'Up', []],
      ['foreign', 'One', []],
      ['foreign', 'New', []],
      ['foreign', 'Xy\u001b[31m', []],
      ['foreign', 'xy z', []],
      ['foreign', '../../xyz', []],
    ]);
  });

  it('changes no byte after a push, for every rule of this repository', async () => {
    cpSync(join(packageRoot(), 'rules'), join(box.root, 'rules'), { recursive: true });
    const { dac, plan, apply } = await kibana();
    await apply();
    const before = bytes();
    expect(await dac('pull')).toEqual({ code: 0, out: 'Nothing to pull.\n', err: '' });
    expect(bytes()).toEqual(before);
    expect(await plan()).toEqual([]);
    // All files gone: what comes back is the same to Kibana.
    rmSync(join(box.root, 'rules'), { recursive: true });
    expect((await dac('pull', '--rule', '*')).code).toBe(0);
    expect(await plan()).toEqual([]);
  });

  it('changes no byte of two folders of rules after a push, and puts new rules into the first', async () => {
    const second = 'rules_building_block/linux/wget_started.toml';
    const block = (changes: Readonly<Record<string, string>> = {}): string =>
      ruleText({ name: '"Wget Started"', rule_id: `"${ID.slice(0, -1)}2"`, building_block_type: '"default"', ...changes });
    const reference = '[[rule.exceptions_list]]\nlist_id = "ci-hosts" # no id\nnamespace_type = "single"\ntype = "detection"\n';
    box.write('dac.toml', '[paths]\nrules = ["rules", "rules_building_block"]\n');
    box.write(PATH, `${ruleText()}\n${reference}`);
    const { send, dac, apply, patch, plan } = await kibana();
    const missing = await dac('plan');
    expect(missing).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no file or folder rules_building_block\n  help: make the folder, or correct paths.rules in dac.toml\n',
    });
    box.write(second, block());
    box.write('exceptions/ci-hosts.toml', '[[exceptions]]\n[exceptions.container]\nlist_id = "ci-hosts"\nname = "CI"\ndescription = "d"\ntype = "detection"\n');
    expect(await dac('push', '--yes')).toMatchObject({ code: 0, err: '' });
    expect(await plan()).toEqual([]);
    const before = bytes();
    expect(await dac('pull')).toEqual({ code: 0, out: 'Nothing to pull.\n', err: '' });
    expect(bytes()).toEqual(before);
    // A rule of the second folder that was changed stays where it is; one that is new has no place but the first.
    await patch(`${ID.slice(0, -1)}2`, { severity: 'high' });
    await send('POST', RULES, rule('new', { name: 'New Here', author: [], building_block_type: 'default' }));
    expect((await dac('pull')).code).toBe(0);
    expect(box.files()).toEqual(['dac.toml', 'exceptions/ci-hosts.toml', PATH, 'rules/imported/new_here.toml', second].sort());
    expect(readFileSync(join(box.root, second), 'utf8').replace(/updated_date = .*/, '')).toBe(block({ severity: '"high"' }).replace(/updated_date = .*/, ''));
    // What leaves the second folder has left the repository, and a run over one folder cannot tell.
    rmSync(join(box.root, second));
    mkdirSync(join(box.root, 'rules_building_block'), { recursive: true });
    expect((await plan()).map(({ action, name }) => [action, name])).toEqual([['delete', 'Wget Started'], ['foreign', 'New Here']]);
    expect((await dac('plan', 'rules')).out).not.toContain('Wget');
    await apply();
  }); // prettier-ignore

  it('sets what was changed in Kibana, keeps comments, and leaves what the repository has changed', async () => {
    box.write(PATH, ruleText({ severity: '"low" # by desk' }));
    const { dac, apply, patch, plan } = await kibana();
    await apply();
    await patch(ID, { severity: 'high', risk_score: 73 });
    box.write(PATH, ruleText({ severity: '"low" # by desk', name: '"Curl Was Started"' }));
    const drift = await dac('drift', '--exit-code');
    expect(drift.code).toBe(1);
    expect(drift.out).toMatch(/~ rules\/linux\/curl_started.toml {3}changed by \S+ at 20/);
    expect(drift.out).toContain('"low" -> "high"');
    expect(drift.out).not.toContain('name ');
    const diff = await dac('pull', '--diff');
    expect(diff.out).toContain('-severity = "low" # by desk\n+severity = "high" # by desk\n');
    const dry = await dac('pull', '--dry-run');
    expect(dry.out).toContain('Would pull: 0 new, 1 changed, 0 conflicts.');
    expect(readFileSync(join(box.root, PATH), 'utf8')).toContain('"low"');
    const pulled = await dac('pull');
    expect(pulled.out).toContain('risk_score, severity; kept name');
    const text = readFileSync(join(box.root, PATH), 'utf8');
    expect(text.replace(/updated_date = .*/, '')).toBe(ruleText({ severity: '"high" # by desk', risk_score: '73', name: '"Curl Was Started"' }).replace(/updated_date = .*/, '')); // prettier-ignore
    expect((await plan()).map(({ action, fields }) => [action, fields.map((one) => one.field)])).toEqual([['change', ['name']]]); // prettier-ignore
    await apply();
    expect((await dac('drift', '--exit-code')).code).toBe(0);
  });

  it('shows tags that were added and removed in Kibana as a set, and splices them', async () => {
    const tags = (...entries: readonly string[]) => ruleText({ tags: `[\n${entries.map((one) => `    ${one}\n`).join('')}]` });
    box.write(PATH, tags('"OS: Linux",', '"Domain: Endpoint", # by desk', '"Old",'));
    const { send, dac, apply, patch, plan } = await kibana();
    await apply();
    await patch(ID, { tags: ['Managed by: dac', 'New', 'Domain: Endpoint', 'OS: Linux'] });
    const set = '- "Old", + "New"';
    expect((await dac('drift')).out).toContain(`    tags   ${set}\n`);
    expect((await dac('plan')).out).toContain(`    in Kibana: tags   ${set}\n`);
    expect((await dac('pull')).out).toContain('tags');
    const text = readFileSync(join(box.root, PATH), 'utf8');
    expect(text.replace(/updated_date = .*/, '')).toBe(tags('"OS: Linux",', '"Domain: Endpoint", # by desk', '"New",').replace(/updated_date = .*/, ''));
    expect(await plan()).toEqual([]);
    // The same tags in another order are no difference.
    await patch(ID, { tags: ['OS: Linux', 'Managed by: dac', 'New', 'Domain: Endpoint'] });
    expect((await dac('drift', '--exit-code')).code).toBe(0);
    // The rule editor writes the rule anew, without the record.
    const stored = (await send('GET', `${RULES}?rule_id=${ID}`)).json;
    const { meta: _meta, id: _id, ...rest } = stored;
    await send('PUT', RULES, { ...rest, tags: ['Managed by: dac', 'New'] });
    expect((await dac('drift')).out).toContain('    tags   - "Domain: Endpoint", - "OS: Linux"   (repository -> space; the last apply is not known)\n');
    expect((await dac('plan')).out).toContain('last applied unknown: tags   + "Domain: Endpoint", + "OS: Linux"\n');
  }); // prettier-ignore

  it('puts markers around what both have changed, and touches nothing until they are resolved', async () => {
    box.write(PATH, ruleText());
    const { dac, apply, patch } = await kibana();
    await apply();
    await patch(ID, { severity: 'high' });
    box.write(PATH, ruleText({ severity: '"medium"' }));
    const { code, out } = await dac('pull');
    expect([code, out.split('\n').at(-2)]).toEqual([1, 'Pulled: 0 new, 0 changed, 1 conflict. Resolve the markers in 1 file, then run dac check.']); // prettier-ignore
    const text = readFileSync(join(box.root, PATH), 'utf8');
    expect(text).toMatch(/<<<<<<< rule.severity in the repository\nseverity = "medium"\n=======\nseverity = "high"\n>>>>>>> rule.severity in space "default", changed by .*\n/); // prettier-ignore
    expect((await dac('pull')).code).toBe(2);
    expect(readFileSync(join(box.root, PATH), 'utf8')).toBe(text);
  });

  it('overwrites nothing that is not committed where the rule editor has removed the record', async () => {
    box.write(PATH, ruleText());
    const { dac, apply, send, patch } = await kibana();
    await apply();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: box.root });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'One');
    await patch(ID, { severity: 'high', risk_score: 73, meta: { from: '1m' } });
    expect((await send('GET', `${RULES}?rule_id=${ID}`)).text).not.toContain('applied');
    box.write(PATH, ruleText({ name: '"Curl Was Started"', risk_score: '12' }));
    const { code, out } = await dac('pull');
    expect([code, out]).toEqual([1, expect.stringContaining('severity; conflict in risk_score; kept name')]);
    const text = readFileSync(join(box.root, PATH), 'utf8');
    expect(text).toContain('name = "Curl Was Started"');
    expect(text).toContain('severity = "high"');
    expect(text).toMatch(
      /<<<<<<< rule.risk_score in the repository\nrisk_score = 12\n=======\nrisk_score = 73\n>>>>>>> /,
    );
    // Committed, the space's values come in.
    git('checkout', '-q', '.');
    expect((await dac('pull')).code).toBe(0);
    const clean = readFileSync(join(box.root, PATH), 'utf8');
    expect([/risk_score = 73/.test(clean), /severity = "high"/.test(clean)]).toEqual([true, true]);
  });

  it('tells and takes up an exception that was added in Kibana', async () => {
    box.write(PATH, ruleText());
    box.write('exceptions/hosts.toml', '[[exceptions]]\n\n[exceptions.container]\nname = "Hosts" # ours\ndescription = "d"\ntype = "detection"\n'); // prettier-ignore
    const { dac, apply, send, plan } = await kibana();
    await apply();
    await send('POST', '/api/exception_lists/items', { list_id: 'hosts', item_id: 'ui', type: 'simple', name: 'From the UI', description: 'd', entries: [{ field: 'host.name', type: 'match', operator: 'included', value: 'x' }] }); // prettier-ignore
    const drift = JSON.parse((await dac('drift', '--format', 'json')).out) as JsonObject;
    expect(own(drift, 'totals')).toEqual({ changed: 0, deleted: 0, released: 0, added: 1 });
    expect((await dac('pull')).out).toContain('+ From the UI');
    const text = readFileSync(join(box.root, 'exceptions/hosts.toml'), 'utf8');
    expect(text).toContain('name = "Hosts" # ours');
    expect(text).toContain('item_id = "ui"');
    expect((await plan()).filter((one) => one.action !== 'foreign')).toEqual([]);
  });

  it('takes up values that were added to a value list and taken out of it in Kibana', async () => {
    box.write(PATH, ruleText());
    box.write('value-lists/hosts.keyword.txt', 'b\r\na\r\nc');
    const { dac, send } = await kibana();
    expect((await dac('push', '--yes')).code).toBe(0);
    await send('POST', '/api/lists/items', { list_id: 'hosts', value: 'd' });
    await send('DELETE', '/api/lists/items?list_id=hosts&value=a');
    const { code, out } = await dac('pull');
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('~ value-lists/hosts.keyword.txt   + d, - a   changed by'),
    ]);
    expect(readFileSync(join(box.root, 'value-lists/hosts.keyword.txt'), 'utf8')).toBe('b\r\nc\r\nd\r\n');
    expect((await dac('pull')).out).toBe('Nothing to pull.\n');
    expect((await dac('push', '--yes')).code).toBe(0);
    expect((await dac('drift', '--exit-code')).code).toBe(0);
    expect((await dac('plan', '--exit-code')).code).toBe(0);
    // Both sides have changed it: left to a person.
    await send('POST', '/api/lists/items', { list_id: 'hosts', value: 'e' });
    box.write('value-lists/hosts.keyword.txt', 'b\nc\nf\n');
    expect((await dac('pull')).out).toContain('left "hosts": both sides have changed its values');
    expect(readFileSync(join(box.root, 'value-lists/hosts.keyword.txt'), 'utf8')).toBe('b\nc\nf\n');
  });

  it('makes the first folder of rules when there is something to put into it, and no sooner', async () => {
    const { send, dac } = await kibana();
    expect(await box.run(['pull'], { env: { DAC_KIBANA_URL: 'http://127.0.0.1:1' } })).toMatchObject({ code: 2 });
    expect((await dac('pull')).out).toBe('Nothing to pull.\n');
    await send('POST', RULES, rule('a', { name: 'New Here', author: [] }));
    expect((await dac('pull', '--dry-run')).out).toContain('Would pull: 1 new');
    expect(existsSync(join(box.root, 'rules'))).toBe(false);
    expect((await dac('pull')).code).toBe(0);
    expect(box.files()).toEqual(['dac.toml', 'rules/imported/new_here.toml']);
    // A second folder that is configured and not there is still an error.
    box.write('dac.toml', '[paths]\nrules = ["rules", "more"]\n');
    expect((await dac('pull')).err).toContain('there is no file or folder more');
  }); // prettier-ignore

  it('writes through no link, and then nothing at all', async () => {
    const { send, dac } = await kibana();
    await send('POST', RULES, rule('a', { tags: ['OS: Linux'] }));
    await send('POST', RULES, rule('b'));
    mkdirSync(join(box.root, 'rules/real'), { recursive: true });
    symlinkSync(join(box.root, 'rules/real'), join(box.root, 'rules/linux'));
    const { code, err } = await dac('pull');
    expect([code, err]).toEqual([2, expect.stringContaining('linux is a link')]);
    expect(box.files().filter((path) => path.endsWith('.toml'))).toEqual(['dac.toml']);
  });

  it('answers programs in JSON', async () => {
    const { send, dac } = await kibana();
    await send('POST', RULES, rule('a'));
    mkdirSync(join(box.root, 'rules'));
    const document: unknown = JSON.parse((await dac('pull', '--dry-run', '--format', 'json')).out);
    expect(isJsonObject(document) ? [document['written'], document['results']] : undefined).toEqual([
      false,
      [{ kind: 'rule', action: 'create', id: 'a', name: 'Rule a', path: 'rules/imported/rule_a.toml', taken: [], kept: [], conflicts: [] }], // prettier-ignore
    ]);
  });
});
