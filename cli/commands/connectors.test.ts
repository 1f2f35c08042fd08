import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectorId } from '../kibana/desired/connector-id.ts';
import { readPlan } from '../kibana/plan/saved.ts';
import { emptySpace, newWorld, startStandIn, steady, type Fault, type StandIn } from '../kibana/standin/index.ts';
import { elements, isJsonObject, jsonText, own, type JsonObject } from '../text/json.ts';
import { repository, ruleText, Sandbox, type Transcript } from './transcript.ts';

const running: StandIn[] = [];
const boxes: Sandbox[] = [];
afterAll(() => Promise.all(running.map((one) => one.close())));
afterEach(() => boxes.splice(0).forEach((box) => box.remove()));

const SECRET = 'https://hooks.example.org/T0/B0/"quoted"/XYZ';
const SLACK = `name = "SOC Slack"
connector_type_id = ".slack"
[secrets]
webhookUrl = { env = "SLACK" }
`;
const WEBHOOK = `name = "Ticket"
connector_type_id = ".webhook"
[config]
url = "https://tickets.example.org"
`;
const WITH_ACTION = { actions: '[{ connector = "SOC Slack", group = "default", params = { message = "x" } }]' };
const ID = connectorId('soc', 'SOC Slack');

/** A stand-in with the space soc, a repository with a rule, and the program run in it. */
async function publishing(files: Readonly<Record<string, string>> = {}, more = '') {
  const world = newWorld(steady());
  const soc = emptySpace('SOC');
  world.spaces.set('soc', soc);
  const bodies: string[] = [];
  const faults: { fault?: Fault } = {};
  const server = await startStandIn({
    world,
    fault: (request, response) => {
      if (/actions\/connector/.test(request.url ?? '')) {
        bodies.push(`${request.method ?? ''} ${(request.url ?? '').replace('/s/soc/api/actions', '')}`);
      }
      return faults.fault?.(request, response) ?? false;
    },
  });
  running.push(server);
  const box = new Sandbox({
    ...repository(),
    ...files,
    'dac.toml': `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "KEY"\n${more}`,
  });
  boxes.push(box);
  const seen: string[] = [];
  const run = async (...args: string[]): Promise<Transcript> => {
    const env = { KEY: 'a2V5LWlkOmtleS12YWx1ZQ==', DAC_KIBANA_URL: '', SLACK: SECRET };
    const { code, out, err } = await box.run(args, { env });
    seen.push(out, err);
    const plain = (text: string): string => text.replaceAll(new URL(server.url).host, 'HOST');
    return { code, out: plain(out), err: plain(err) };
  };
  const send = async (method: string, path: string, body?: JsonObject): Promise<JsonObject> => {
    const response = await fetch(`${server.url}/s/soc${path}`, {
      method,
      headers: { authorization: 'ApiKey x', 'kbn-xsrf': 'x', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    expect({ path, ok: response.ok, answer }).toMatchObject({ ok: true });
    return isJsonObject(answer) ? answer : {};
  };
  const changes = (): readonly string[] => bodies.splice(0).filter((one) => !one.startsWith('GET'));
  return { box, run, send, soc, world, faults, changes, seen };
}

const stringWith = (text: string): unknown => expect.stringContaining(text);

const summary = ({ out }: Transcript): readonly string[] => out.split('\n').filter((line) => /^[+~?!-] |^ {4}\S/.test(line)); // prettier-ignore

describe('connectors of the repository', () => {
  it('are made before the rules that name them, under an id that name and space give', async () => {
    const { run, soc, changes, seen } = await publishing({
      'connectors/slack.toml': SLACK,
      'rules/linux/curl_started.toml': ruleText(WITH_ACTION),
    });
    expect(summary(await run('plan'))).toEqual([
      '+ connectors/slack.toml connector "SOC Slack"  create, with its secret webhookUrl',
      '+ rules/linux/curl_started.toml                create, disabled',
    ]);
    const pushed = await run('push', '--yes');
    expect([pushed.code, pushed.err]).toEqual([0, '']);
    expect(summary(pushed).slice(-2)).toEqual([
      '+ connectors/slack.toml connector "SOC Slack"  created, secrets sent',
      '+ rules/linux/curl_started.toml  created',
    ]);
    expect(changes()).toEqual([`POST /connector/${ID}`]);
    expect([...soc.rules.values()].map((rule) => own(rule, 'actions'))).toMatchObject([[{ id: ID, action_type_id: '.slack' }]]); // prettier-ignore
    expect(await run('plan', '--exit-code')).toMatchObject({ code: 0 });
    expect(changes()).toEqual([]);
    expect(seen.join('')).not.toContain('XYZ');
  });

  it('have an id that is a UUID of version 5 and differs from space to space', () => {
    const ids = [ID, connectorId('dev', 'SOC Slack'), connectorId('soc', 'Other')];
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // It is stored in every space that we publish to: it must never change.
    expect(ID).toBe('b533e5ce-bda6-5042-8076-d416a1b2af94');
  });

  it('differ in what the file says, not in what the server fills in; what somebody has changed in Kibana is a conflict', async () => {
    const { run, send, soc, changes } = await publishing({ 'connectors/ticket.toml': WEBHOOK });
    expect((await run('push', '--yes')).code).toBe(0);
    const id = connectorId('soc', 'Ticket');
    expect(soc.connectors.get(id)).toMatchObject({ config: { hasAuth: true, headers: null } });
    expect((await run('plan', '--exit-code')).code).toBe(0);
    await send('PUT', `/api/actions/connector/${id}`, { name: 'Renamed', config: { url: 'https://evil.example.org', method: 'put' } }); // prettier-ignore
    const { out } = await run('plan');
    expect(out.split('\n').slice(2, 7)).toEqual([
      '! connectors/ticket.toml connector "Ticket"  changed in Kibana',
      '    config.url   repo "https://tickets.example.org"   space "https://evil.example.org"   last applied "https://tickets.example.org"',
      '    name   repo "Ticket"   space "Renamed"   last applied "Ticket"',
      '',
      '!  apply leaves conflicts alone. No pull writes connectors: take the change into the file, or dac adopt, and the file sets it again.',
    ]);
    const drift = await run('drift', '--exit-code');
    expect([drift.code, drift.out]).toEqual([1, stringWith('connectors/ticket.toml   changed')]);
    changes();
    expect(await run('push', '--yes')).toMatchObject({ code: 1, out: stringWith('take the change into its file, or --overwrite-conflicts drops it') }); // prettier-ignore
    expect(changes()).toEqual([]);
    expect((await run('push', '--yes', '--overwrite-conflicts')).code).toBe(0);
    expect(soc.connectors.get(id)).toMatchObject({ name: 'Ticket', config: { url: 'https://tickets.example.org' } });
    expect((await run('plan', '--exit-code')).code).toBe(0);
  });

  it('that the repository alone has changed are a plain change, and no drift', async () => {
    const { box, run, soc } = await publishing({ 'connectors/ticket.toml': `${WEBHOOK}method = "put"\n` });
    await run('push', '--yes');
    const id = connectorId('soc', 'Ticket');
    const url = 'https://new.example.org';
    box.write('connectors/ticket.toml', `${WEBHOOK.replace('https://tickets.example.org', url)}hasAuth = false\n[config.headers]\nX-Team = "soc"\n`); // prettier-ignore
    const { out } = await run('plan');
    expect(out.split('\n').slice(2, 7)).toEqual([
      '~ connectors/ticket.toml connector "Ticket"',
      '    config.hasAuth: true -> false',
      '    config.headers.X-Team: (none) -> "soc"',
      '    config.method: "put" -> (none)',
      '    config.url: "https://tickets.example.org" -> "https://new.example.org"',
    ]);
    expect(await run('drift', '--exit-code')).toMatchObject({ code: 0 });
    expect((await run('push', '--yes')).code).toBe(0);
    expect(soc.connectors.get(id)).toMatchObject({ config: { url, hasAuth: false, headers: { 'X-Team': 'soc' } } });
    expect(own(soc.connectors.get(id) ?? {}, 'config')).not.toHaveProperty('method');
    expect((await run('plan', '--exit-code')).code).toBe(0);
  });

  it('of which one member was changed here and another there show both, and by whom', async () => {
    const { box, run, send } = await publishing({ 'connectors/ticket.toml': `${WEBHOOK}method = "put"\n` });
    await run('push', '--yes');
    const id = connectorId('soc', 'Ticket');
    await send('PUT', `/api/actions/connector/${id}`, { name: 'Ticket', config: { url: 'https://evil.example.org', method: 'put' } }); // prettier-ignore
    box.write('connectors/ticket.toml', `${WEBHOOK}method = "post"\n`);
    expect(await run('plan')).toMatchObject({ out: stringWith('    config.method: "put" -> "post"\n    config.url   repo ') }); // prettier-ignore
    expect(JSON.parse((await run('drift', '--format', 'json')).out)).toMatchObject({
      items: [{ state: 'changed', fields: [{ field: 'config.url', changedIn: 'space' }] }],
    });
  });

  it('in conflict are adopted: the file sets again what it says, and the space keeps what it does not', async () => {
    const { run, send, soc, changes } = await publishing({ 'connectors/ticket.toml': WEBHOOK });
    await run('push', '--yes');
    const id = connectorId('soc', 'Ticket');
    await send('PUT', `/api/actions/connector/${id}`, { name: 'Ticket', config: { url: 'https://evil.example.org' } });
    changes();
    const adopted = await run('adopt', 'Ticket', '--yes');
    expect([adopted.code, adopted.out]).toEqual([0, stringWith('Nothing in space "soc" changes; what it has is remembered as applied.')]); // prettier-ignore
    expect(changes()).toEqual([]);
    expect(summary(await run('plan'))).toContain('~ connectors/ticket.toml connector "Ticket"');
    expect((await run('drift', '--exit-code')).code).toBe(0);
    expect((await run('push', '--yes')).code).toBe(0);
    expect(soc.connectors.get(id)).toMatchObject({ config: { url: 'https://tickets.example.org' } });
  });

  it('whose change in Kibana was taken into the file are remembered so by the next push', async () => {
    const { box, run, send } = await publishing({ 'connectors/ticket.toml': WEBHOOK });
    await run('push', '--yes');
    const id = connectorId('soc', 'Ticket');
    await send('PUT', `/api/actions/connector/${id}`, { name: 'Ticket', config: { url: 'https://evil.example.org' } });
    const withHost = (host: string): void => box.write('connectors/ticket.toml', WEBHOOK.replace('tickets', host));
    withHost('evil');
    expect((await run('push', '--yes')).code).toBe(0);
    withHost('third');
    expect(summary(await run('plan'))).toContain('~ connectors/ticket.toml connector "Ticket"');
  });

  it('of which nothing is remembered are brought back by the file, and remembered from then on', async () => {
    const { run, send, soc } = await publishing({ 'connectors/ticket.toml': WEBHOOK });
    await run('push', '--yes');
    soc.items.clear();
    const id = connectorId('soc', 'Ticket');
    const edit = () => send('PUT', `/api/actions/connector/${id}`, { name: 'Ticket', config: { url: 'https://evil.example.org' } }); // prettier-ignore
    await edit();
    expect(await run('plan')).toMatchObject({ out: stringWith('~ connectors/ticket.toml connector "Ticket"\n    config.url: ') }); // prettier-ignore
    expect((await run('drift', '--exit-code')).code).toBe(1);
    expect((await run('push', '--yes')).code).toBe(0);
    await edit();
    expect(summary(await run('plan'))).toContainEqual(stringWith('! connectors/ticket.toml connector "Ticket"'));
  });

  it('leave digests in the ledger, and neither secrets nor digests of them', async () => {
    const { run, soc } = await publishing({ 'connectors/slack.toml': SLACK });
    await run('push', '--yes');
    const tags = [...soc.items.values()].flatMap((one) => elements(own(one, 'tags')).map(jsonText));
    const about = tags.filter((tag) => tag.includes(ID));
    expect(about).toEqual([stringWith('"fields":["connector_type_id","name"]')]);
  });

  it('get their secrets with every change, when they are missing, and when somebody asks for it', async () => {
    const { run, soc, changes } = await publishing({ 'connectors/slack.toml': SLACK });
    await run('push', '--yes');
    const there = soc.connectors.get(ID) ?? {};
    soc.connectors.set(ID, { ...there, is_missing_secrets: true });
    changes();
    const { out } = await run('push', '--yes');
    expect(out).toContain('~ connectors/slack.toml connector "SOC Slack"  sends again its secret webhookUrl');
    expect(out).toContain('    is_missing_secrets: true -> false');
    expect(changes()).toEqual([`PUT /connector/${ID}`]);
    expect(soc.connectors.get(ID)).toMatchObject({ is_missing_secrets: false, secret: true });
    expect((await run('push', '--yes')).out).toContain('Nothing to do');
    expect(changes()).toEqual([]);
    expect((await run('push', '--yes', '--send-secrets')).out).toContain('changed, secrets sent');
    expect(changes()).toEqual([`PUT /connector/${ID}`]);
  });

  it('whose secret is not known keep everything from being sent', async () => {
    const { box, run, changes, soc } = await publishing({ 'connectors/slack.toml': SLACK.replace('SLACK"', 'NOWHERE"') }); // prettier-ignore
    expect((await run('plan')).code).toBe(0);
    expect(await run('push', '--yes')).toMatchObject({ code: 2, err: stringWith('the variable NOWHERE is not set') }); // prettier-ignore
    expect([changes(), soc.rules.size]).toEqual([[], 0]);
    box.write('connectors/slack.toml', SLACK.replace('{ env = "SLACK" }', `"${SECRET.replaceAll('"', '')}"`));
    const refused = await run('plan');
    expect(refused).toMatchObject({ code: 2, err: stringWith('the secret webhookUrl is written out here') }); // prettier-ignore
    expect(refused.err).not.toContain('XYZ');
  });

  it('stand in a saved plan with the names of their secrets; where these come from is read when it is applied', async () => {
    const { box, run, soc, seen } = await publishing({ 'connectors/slack.toml': SLACK });
    expect((await run('plan', '--out', 'plan.json')).code).toBe(0);
    const text = readFileSync(join(box.root, 'plan.json'), 'utf8');
    expect(readPlan(text, 'x').entries.find(({ kind }) => kind === 'connector')).toMatchObject({
      secrets: ['webhookUrl'],
      document: { name: 'SOC Slack', connector_type_id: '.slack', config: {} },
    });
    expect(text).not.toMatch(/XYZ|"SLACK"/);
    box.write('connectors/slack.toml', 'name = "Other"\nconnector_type_id = ".slack"\n');
    expect(await run('apply', 'plan.json', '--yes')).toMatchObject({ code: 2, err: stringWith('says nothing of the secret webhookUrl') }); // prettier-ignore
    box.write('connectors/slack.toml', SLACK);
    expect((await run('apply', 'plan.json', '--yes')).code).toBe(0);
    expect(soc.connectors.has(ID)).toBe(true);
    expect(seen.join('')).not.toContain('XYZ');
  });

  it('of somebody else that have the same name are used and left alone', async () => {
    const { run, send, soc, changes } = await publishing({
      'connectors/slack.toml': SLACK,
      'rules/linux/curl_started.toml': ruleText(WITH_ACTION),
    });
    const made = await send('POST', '/api/actions/connector', { name: 'SOC Slack', connector_type_id: '.slack', secrets: { webhookUrl: 'https://x.example.org' } }); // prettier-ignore
    changes();
    const { out } = await run('push', '--yes', '--prune');
    expect(out).toContain('? connectors/slack.toml connector "SOC Slack"  another one of that name is there; used, and left alone'); // prettier-ignore
    expect(out).not.toContain('dac adopt');
    expect(changes()).toEqual([]);
    expect([...soc.rules.values()].map((rule) => own(rule, 'actions'))).toMatchObject([[{ id: made['id'] }]]);
    expect(await run('adopt', 'SOC Slack', '--yes')).toMatchObject({ code: 2 });
  });

  it('that left the repository are deleted with --prune, unless something uses them; no other is', async () => {
    const { box, run, send, soc, world } = await publishing({
      'connectors/slack.toml': SLACK,
      'connectors/ticket.toml': WEBHOOK,
      'rules/linux/curl_started.toml': ruleText(WITH_ACTION),
    });
    const configured = { id: 'fixed', name: 'Fixed', connector_type_id: '.email', is_preconfigured: true };
    world.preconfigured.set('fixed', configured);
    await send('POST', '/api/actions/connector', { name: 'Theirs', connector_type_id: '.server-log' });
    expect((await run('push', '--yes')).code).toBe(0);
    box.write('connectors/slack.toml', WEBHOOK.replace('Ticket', 'Other'));
    box.write('connectors/ticket.toml', WEBHOOK.replace('Ticket', 'Another'));
    box.write('rules/linux/curl_started.toml', ruleText({ actions: `[{ id = "${ID}", action_type_id = ".slack", group = "default", params = { message = "x" } }]` })); // prettier-ignore
    expect((await run('push', '--yes')).out).toContain('left the repository');
    expect([...soc.connectors.values()].map((one) => own(one, 'name')).sort()).toEqual(['Another', 'Other', 'SOC Slack', 'Theirs', 'Ticket']); // prettier-ignore
    const pruned = await run('push', '--yes', '--prune');
    expect([pruned.code, pruned.out]).toEqual([3, expect.stringContaining('not deleted: one thing in Kibana uses it')]);
    expect([...soc.connectors.values()].map((one) => own(one, 'name')).sort()).toEqual(['Another', 'Other', 'SOC Slack', 'Theirs']); // prettier-ignore
    box.write('rules/linux/curl_started.toml', ruleText({ actions: '[]' }));
    expect((await run('push', '--yes', '--prune')).code).toBe(0);
    expect([...soc.connectors.values()].map((one) => own(one, 'name')).sort()).toEqual(['Another', 'Other', 'Theirs']); // prettier-ignore
  });

  it('are nobody’s business where the repository has no folder for them', async () => {
    const { box, run, soc } = await publishing({ 'connectors/ticket.toml': WEBHOOK });
    await run('push', '--yes');
    box.write('dac.toml', readFileSync(join(box.root, 'dac.toml'), 'utf8') + '\n[paths]\nconnectors = "elsewhere"\n');
    expect((await run('push', '--yes', '--prune')).out).toContain('Nothing to do');
    expect(soc.connectors.size).toBe(1);
  });

  it('that Kibana refuses fail alone, and hold back the rules that name them', async () => {
    const { run, soc, world } = await publishing({
      'connectors/slack.toml': SLACK,
      'connectors/ticket.toml': WEBHOOK,
      'rules/linux/curl_started.toml': ruleText(WITH_ACTION),
      'rules/linux/other.toml': ruleText({ rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02"', name: '"Other"' }),
    });
    world.circumstances.missing.add('connectors-all');
    const { code, out } = await run('push', '--yes');
    expect(code).toBe(3);
    expect(out).toContain('give the key All on Actions and Connectors in this space');
    expect(out).toContain('not written: connector "SOC Slack" is not up to date, and its actions would reach nobody');
    expect([soc.connectors.size, soc.rules.size]).toEqual([0, 1]);
  });

  it('cannot get another type', async () => {
    const { box, run, soc } = await publishing({ 'connectors/ticket.toml': WEBHOOK });
    await run('push', '--yes');
    box.write('connectors/ticket.toml', 'name = "Ticket"\nconnector_type_id = ".server-log"\n');
    const { code, out } = await run('push', '--yes');
    expect([code, out]).toEqual([3, expect.stringContaining('the type of connector "Ticket" cannot be changed')]);
    expect([...soc.connectors.values()]).toMatchObject([{ connector_type_id: '.webhook' }]);
  });

  it.each([
    ['two files with one name', { 'connectors/a.toml': SLACK, 'connectors/b.toml': SLACK }, 'connectors/a.toml has the same name SOC Slack'],
    ['values for an environment that is not there', { 'connectors/a.toml': `${SLACK}[environments.prd]\nconfig = {}\n` }, 'dac.toml has no environment prd'],
  ])('%s are a finding', async (_, files, message) => {
    const { run } = await publishing(files);
    expect(await run('plan')).toMatchObject({ code: 2, err: stringWith(message) });
  }); // prettier-ignore

  it('have other values in other environments, under other ids on the same Kibana', async () => {
    const { box, run, world, soc } = await publishing({
      'connectors/ticket.toml': `${WEBHOOK}[environments.other]\nconfig = { url = "https://other.example.org" }\n`,
    });
    world.spaces.set('other', emptySpace('Other'));
    const dac = readFileSync(join(box.root, 'dac.toml'), 'utf8');
    box.write('dac.toml', dac + dac.replace('.dev]', '.other]').replace('"soc"', '"other"'));
    for (const env of ['dev', 'other']) expect((await run('push', '--yes', '--env', env)).code).toBe(0);
    const urls = [soc, world.spaces.get('other')].map((space) => [...(space?.connectors.values() ?? [])].map((one) => own(one, 'config'))); // prettier-ignore
    expect(urls).toMatchObject([[{ url: 'https://tickets.example.org' }], [{ url: 'https://other.example.org' }]]);
  });
});

describe('a pull', () => {
  it('writes actions with the name of their connector where it tells which one is meant', async () => {
    const { box, run, send } = await publishing();
    const make = async (name: string): Promise<string> => jsonText((await send('POST', '/api/actions/connector', { name, connector_type_id: '.server-log' }))['id']); // prettier-ignore
    const ids = [await make('Log'), await make('Twice'), await make('Twice')];
    await send('POST', '/api/detection_engine/rules', {
      type: 'query',
      rule_id: 'made-in-kibana',
      name: 'Made in Kibana',
      description: 'x',
      risk_score: 21,
      severity: 'low',
      query: 'a: b',
      actions: ids.slice(0, 2).map((id) => ({ id, action_type_id: '.server-log', group: 'default', params: { message: 'x' } })), // prettier-ignore
    });
    expect(await run('pull', '--rule', 'made-in-kibana')).toMatchObject({ code: 0 });
    const path = box.files().find((one) => one.includes('made_in_kibana')) ?? '';
    const text = readFileSync(join(box.root, path), 'utf8');
    expect(text).toContain('connector = "Log"');
    expect(text).not.toContain(ids[0]);
    expect(text).toContain(ids[1]);
    await run('adopt', 'made-in-kibana', '--yes');
    expect((await run('plan', '--rule', 'made-in-kibana', '--exit-code')).code).toBe(0);
  });
});
