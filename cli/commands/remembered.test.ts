import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RULES, standIn } from '../kibana/standin/test-support.ts';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { ruleText, Sandbox, type Transcript } from './transcript.ts';

const PATH = 'rules/linux/curl_started.toml';
const ID = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01';
const OTHER = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02';
const query = (name: string): string => `process where host.os.type == "linux" and process.name == "${name}"`;
const written = (name: string): string => `'''\n${query(name)}'''`;

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox({ 'dac.toml': '', [PATH]: ruleText({ query: written('curl') }) });
});
afterEach(() => box.remove());

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main', ...args], {
    cwd: box.root,
    env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).toString(); // prettier-ignore

const commit = (text: string): void => {
  box.write(PATH, text);
  git('add', '-A');
  git('commit', '-q', '-m', 'x');
};

/** A space that the repository was pushed to, and what stands for Kibana's rule editor. */
async function published() {
  git('init', '-q');
  commit(readFileSync(join(box.root, PATH), 'utf8'));
  const { send, server, world } = await standIn();
  const env = { DAC_KIBANA_URL: server.url, DAC_KIBANA_API_KEY: 'any' };
  const dac = (...args: string[]): Promise<Transcript> => box.run(args, { env });
  expect(await dac('push', '--yes')).toMatchObject({ code: 0, err: '' });
  const rule = async (id = ID): Promise<JsonObject> => (await send('GET', `${RULES}?rule_id=${id}`)).json;
  const edit = async (members: JsonObject, space = ''): Promise<void> => {
    const { id: _, ...there } = (await send('GET', `${space}${RULES}?rule_id=${ID}`)).json;
    const meta = { from: '1m', kibana_siem_app_url: server.url };
    expect((await send('PUT', space + RULES, { ...there, ...members, meta })).status).toBe(200);
  };
  return { dac, send, edit, rule, world, server };
}

const plain = (text: string): string => text.replace(/(by standin) (?:at \S+|just now|\d+ \w+ ago)/g, '$1');
/** What a plan or a drift says below its headline. */
const said = ({ out }: Transcript): readonly string[] => plain(out).split('\n').slice(2, -1);

describe('a rule that somebody has saved in the rule editor', () => {
  it('is compared with what was applied last: plan, drift and pull tell each member by whom it was changed', async () => {
    const { dac, edit } = await published();
    // Committed and not applied: a score of the repository's own, and a note.
    const ours = ruleText({ query: written('curl'), risk_score: '55', note: '"Ours."' });
    commit(ours);
    await edit({ query: query('wget'), severity: 'high' });
    expect(said(await dac('plan'))).toEqual([
      `! ${PATH}  changed in Kibana by standin`,
      '    note: (none) -> "Ours."',
      '    in Kibana: query   … == "linux" and process.name == "[-curl-]{+wget+}"',
      '    risk_score: 21 -> 55',
      '    severity   repo "low"   space "high"   last applied "low"',
      '',
      expect.stringContaining('!  apply leaves conflicts alone.'),
      '',
      'Plan: 0 to create, 0 to change, 0 to delete, 1 conflict, 0 unchanged. Nothing was changed.',
    ]);
    const drift = await dac('drift', '--exit-code');
    expect([drift.code, ...said(drift)]).toEqual([
      1,
      `~ ${PATH}   changed by standin`,
      '    rule "Curl Started"',
      '    query   … == "linux" and process.name == "[-curl-]{+wget+}"',
      '    severity: "low" -> "high"',
      '',
      'Drift: 1 changed, 0 deleted, 0 added.',
    ]);
    const pulled = await dac('pull');
    expect([pulled.code, plain(pulled.out).split('\n')[0]]).toEqual([0, `~ ${PATH}   query, severity; kept note, risk_score   changed by standin`]); // prettier-ignore
    expect(readFileSync(join(box.root, PATH), 'utf8').replace(/updated_date = .*/, '')).toBe(
      ruleText({ query: written('wget'), risk_score: '55', note: '"Ours."', severity: '"high"' }).replace(/updated_date = .*/, ''),
    );
    expect(said(await dac('plan'))).toEqual([
      `~ ${PATH}`,
      '    note: (none) -> "Ours."',
      '    risk_score: 21 -> 55',
      '',
      'Plan: 0 to create, 1 to change, 0 to delete, 0 unchanged. Nothing was changed.',
    ]);
    expect(await dac('push', '--yes')).toMatchObject({ code: 0 });
    expect((await dac('drift', '--exit-code')).out).toContain('No drift.\n');
  }); // prettier-ignore

  it('has the third side where both have changed a member, out of the history of its file', async () => {
    const { dac, edit } = await published();
    for (const severity of ['"medium"', '"critical"']) commit(ruleText({ query: written('curl'), severity, risk_score: '99' })); // prettier-ignore
    commit(ruleText({ query: written('nc'), severity: '"critical"', risk_score: '99' }));
    await edit({ query: query('wget'), severity: 'high' });
    expect(said(await dac('plan')).slice(0, 5)).toEqual([
      `! ${PATH}  changed in Kibana by standin`,
      '    in Kibana: query   … == "linux" and process.name == "[-curl-]{+wget+}"',
      '    in the repository: query   … == "linux" and process.name == "[-curl-]{+nc+}"',
      '    risk_score: 21 -> 99',
      '    severity   repo "critical"   space "high"   last applied "low"',
    ]);
    expect((await dac('pull')).code).toBe(1);
    const text = plain(readFileSync(join(box.root, PATH), 'utf8'));
    expect(text).toContain(
      '<<<<<<< rule.severity in the repository\nseverity = "critical"\n||||||| rule.severity at the last apply\nseverity = "low"\n=======\nseverity = "high"\n>>>>>>> ',
    );
    expect(text).toContain(`||||||| rule.query at the last apply\nquery = '''\n${query('curl')}'''\n=======\n`);
  });

  it('has the third side with the values of the environment', async () => {
    const { dac, edit, world, server } = await published();
    const configured = (interval: string): void =>
      box.write('dac.toml', `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "DAC_KIBANA_API_KEY"\n[[environments.dev.overrides]]\nfiles = ["rules/**"]\ninterval = "${interval}"\n`); // prettier-ignore
    configured('10m');
    expect(await dac('push', '--yes', '--env', 'dev')).toMatchObject({ code: 0 });
    commit(ruleText({ query: written('curl'), severity: '"critical"', risk_score: '99' }));
    await edit({ severity: 'high' }, '/s/soc');
    expect([...(world.spaces.get('soc')?.rules.values() ?? [])].map((one) => own(one, 'interval'))).toEqual(['10m']);
    expect((await dac('plan', '--env', 'dev')).out).toContain('severity   repo "critical"   space "high"   last applied "low"'); // prettier-ignore
  });

  it('says how to get the history where the clone has none', async () => {
    const { dac, edit } = await published();
    commit(ruleText({ query: written('curl'), severity: '"critical"', risk_score: '99' }));
    git('clone', '-q', '--depth', '1', `file://${box.root}`, join(box.root, 'shallow'));
    await edit({ severity: 'high' });
    const { out, err } = await dac('plan', '--config', 'shallow/dac.toml', 'shallow/rules');
    expect(out).toContain('severity   repo "critical"   space "high"   last applied something else');
    expect(err).toContain('fetch-depth: 0');
  });
});

describe('what was applied and is not there', () => {
  it('is told from what never was: deleted, pending, without our mark', async () => {
    box.write('rules/linux/other.toml', ruleText({ rule_id: `"${OTHER}"`, name: '"Other"' }));
    const { dac, send, rule } = await published();
    box.write('rules/linux/new.toml', ruleText({ rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a03"', name: '"New"' }));
    await send('DELETE', `${RULES}?rule_id=${OTHER}`);
    await send('PATCH', RULES, { rule_id: ID, tags: elements((await rule())['tags']).filter((tag) => tag !== 'Managed by: dac') }); // prettier-ignore
    expect(said(await dac('plan')).slice(0, 3)).toEqual([
      '+ rules/linux/new.toml           create, disabled',
      '+ rules/linux/other.toml         create, disabled; it was deleted in Kibana since the last apply',
      `? ${PATH}  our mark was taken off in Kibana; left alone; saved there by standin`,
    ]);
    const drift = await dac('drift', '--exit-code');
    expect([drift.code, ...said(drift)]).toEqual([
      1,
      '- rules/linux/other.toml   deleted in Kibana since the last apply',
      '    rule "Other"',
      `? ${PATH}   without our mark, so that dac leaves it alone; saved by standin`,
      '    rule "Curl Started"',
      '',
      'Drift: 0 changed, 1 deleted, 0 added, 1 without our mark. 1 change of the repository is not applied yet.',
    ]);
  });
});

describe('exception lists', () => {
  const file = (value: string, more = ''): string => `[[exceptions]]
[exceptions.container]
list_id = "build-hosts"
name = "Build hosts"
description = "Machines that build"
type = "detection"
tags = ["mine"]
${more}
[[exceptions.items]]
name = "CI runners"
description = "They start curl"
[[exceptions.items.entries]]
field = "host.name"
type = "match"
operator = "included"
value = "${value}"
`;
  const LISTS = '/api/exception_lists';

  it('keep their record in a tag, through an edit in Kibana, and out of files and plans', async () => {
    box.write('exceptions/build-hosts.toml', file('ci-01'));
    const { dac, send } = await published();
    const found = (await send('GET', `${LISTS}/items/_find?list_id=build-hosts`)).json;
    const [item] = elements(own(found, 'data')).filter(isJsonObject);
    const { _version: _, id: __, ...there } = item ?? {};
    expect([there['meta'], there['tags']]).toEqual([undefined, ['Managed by: dac', expect.stringMatching(/^dac-applied: 1 /)]]); // prettier-ignore
    const entries: Json = [{ field: 'host.name', type: 'match', operator: 'included', value: 'ci-02' }];
    await send('PUT', `${LISTS}/items`, { item_id: there['item_id'] ?? '', name: 'CI runners', description: 'They start curl', type: 'simple', entries, tags: [...elements(there['tags']), 'theirs'] }); // prettier-ignore
    expect(said(await dac('plan')).slice(0, 3)).toEqual([
      '! exceptions/build-hosts.toml exception item "CI runners"  changed in Kibana by standin',
      '    in Kibana: entries[0].value: "ci-01" -> "ci-02"',
      '    in Kibana: tags   + "theirs"',
    ]);
    expect((await dac('pull')).code).toBe(0);
    const text = readFileSync(join(box.root, 'exceptions/build-hosts.toml'), 'utf8');
    expect([text.includes('ci-02'), text.includes('"theirs"'), text.includes('dac-applied')]).toEqual([true, true, false]); // prettier-ignore
    expect((await dac('plan')).out).toContain('Nothing to do.');
  });

  it('that say meta are refused before anything is sent, with the reason', async () => {
    const { dac } = await published();
    box.write('exceptions/build-hosts.toml', file('ci-01', 'meta = {}'));
    const { code, err } = await dac('plan');
    expect([code, err]).toEqual([2, expect.stringContaining('publish/meta')]);
    expect(err).toContain('Elasticsearch refuses to store it');
    box.write('exceptions/build-hosts.toml', file('ci-01').replace('build-hosts', 'dac-state'));
    expect((await dac('plan')).err).toContain('the list_id dac-state is taken');
  });
});

describe('a copy that somebody made in Kibana', () => {
  /** The rule and an exception list of ours, and a copy of each with our mark, as "Duplicate" makes it. */
  async function copied(meta: boolean) {
    box.write(
      'exceptions/known.toml',
      '[[exceptions]]\n[exceptions.container]\nlist_id = "known"\nname = "Known"\ndescription = "Known."\ntype = "detection"\n',
    );
    const { dac, send, rule } = await published();
    const there = await rule();
    const ids = { action: 'duplicate', ids: [own(there, 'id') ?? ''] };
    const done = (await send('POST', `${RULES}/_bulk_action`, ids)).json;
    const attributes = own(done, 'attributes');
    const results = isJsonObject(attributes) ? own(attributes, 'results') : undefined;
    const [copy] = isJsonObject(results) ? elements(own(results, 'created')).filter(isJsonObject) : [];
    const id = copy === undefined ? undefined : own(copy, 'rule_id');
    if (copy === undefined || typeof id !== 'string') throw new Error('no copy was made');
    const { id: _, ...members } = copy;
    if (!meta) expect((await send('PUT', RULES, { ...members, meta: { from: '1m' } })).status).toBe(200);
    const query = 'list_id=known&namespace_type=single&include_expired_exceptions=true';
    expect((await send('POST', `/api/exception_lists/_duplicate?${query}`)).status).toBe(200);
    return { dac, rule, id, send };
  }

  it.each([
    ['as Kibana makes it', true],
    ['and then saved in the rule editor', false],
  ])('is never deleted: %s', async (_how, meta) => {
    const { dac, rule, id, send } = await copied(meta);
    expect(said(await dac('plan'))).toEqual([
      expect.stringMatching(/^\? exception list "Known \[Duplicate\]" .* has our mark, and was never applied/),
      `? "Curl Started [Duplicate]" (rule_id ${id})  has our mark, and was never applied: a copy made in Kibana? Left alone; saved there by standin`,
      '',
      'Nothing to do. Plan: 0 to create, 0 to change, 0 to delete, 2 not ours, 2 unchanged.',
    ]);
    await dac('push', '--yes', '--prune');
    expect(await rule(id)).toMatchObject({ rule_id: id });
    expect(own((await send('GET', '/api/exception_lists/_find')).json, 'total')).toBe(3);
  });

  it('becomes a file with a pull, and is ours from then on', async () => {
    const { dac, rule, id } = await copied(true);
    const path = 'rules/linux/curl_started_duplicate.toml';
    expect(await dac('pull')).toMatchObject({ code: 0, out: expect.stringContaining(`+ ${path}`) as string });
    expect(await dac('push', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining(`~ ${path}  changed`) as string }); // prettier-ignore
    expect(await rule(id)).toMatchObject({ name: 'Curl Started [Duplicate]' });
    rmSync(join(box.root, path));
    const { out } = await dac('push', '--yes', '--prune');
    expect(out).toContain(`- "Curl Started [Duplicate]" (rule_id ${id})  deleted`);
  });
});

describe('a rule that somebody has deleted in Kibana', () => {
  it('is told by a pull, which deletes no file', async () => {
    const { dac, send } = await published();
    expect((await send('DELETE', `${RULES}?rule_id=${ID}`)).status).toBe(200);
    const before = readFileSync(join(box.root, PATH), 'utf8');
    expect(await dac('pull')).toEqual({
      code: 0,
      err: '',
      out: `left "Curl Started": somebody has deleted it in Kibana since the last apply\n    help: take it out of ${PATH} too, or let dac push make it again\n\nNothing to pull, 1 deleted in the space.\n`,
    });
    expect(readFileSync(join(box.root, PATH), 'utf8')).toBe(before);
  });
});
