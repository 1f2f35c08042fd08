import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../kibana/plan/saved.ts';
import { emptySpace, newWorld, startStandIn, steady, type Fault, type StandIn } from '../kibana/standin/index.ts';
import { elements, isJsonObject, own, type JsonObject } from '../text/json.ts';
import { repository, ruleText, Sandbox, type Transcript } from './transcript.ts';

const KEY = 'c2VjcmV0LWlkOnNlY3JldC1rZXk=';
const running: StandIn[] = [];
const boxes: Sandbox[] = [];
afterAll(() => Promise.all(running.map((one) => one.close())));
afterEach(() => boxes.splice(0).forEach((box) => box.remove()));

/** A stand-in with the space soc, a repository with the environment dev, and the program run in it. */
async function publishing(files: Readonly<Record<string, string>> = repository(), more = '') {
  const world = newWorld(steady());
  world.spaces.set('soc', emptySpace('SOC'));
  const options: { fault?: Fault } = {};
  const server = await startStandIn({ world, ...options, get fault() { return options.fault ?? (() => false); } }); // prettier-ignore
  running.push(server);
  const box = new Sandbox({
    ...files,
    'dac.toml': `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "KEY"\n${more}`,
  });
  boxes.push(box);
  const env = { KEY, DAC_KIBANA_URL: '' };
  const run = async (...args: string[]): Promise<Transcript> => {
    const { code, out, err } = await box.run(args, { env });
    const plain = (text: string): string => text.replaceAll(new URL(server.url).host, 'HOST');
    return { code, out: plain(out), err: plain(err) };
  };
  const send = async (method: string, path: string, body?: JsonObject): Promise<JsonObject> => {
    const response = await fetch(`${server.url}/s/soc${path}`, {
      method,
      headers: { authorization: 'ApiKey x', 'kbn-xsrf': 'x', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    expect({ path, status: response.status, answer }).toMatchObject({ status: 200 });
    return isJsonObject(answer) ? answer : {};
  };
  /** What apply will do, in the simplest way: every document of the plan is sent. */
  const apply = async (): Promise<void> => {
    const { out } = await run('plan', '--format', 'json');
    for (const { action, kind, document, values } of readPlan(out, 'plan').entries) {
      if (document === undefined) continue;
      const method = action === 'create' ? 'POST' : 'PUT';
      if (kind === 'rule') await send(method, RULES, document);
      else if (kind === 'exceptionList') await send(method, '/api/exception_lists', document);
      else if (kind === 'exceptionItem') await send(method, '/api/exception_lists/items', document);
      else {
        if (world.spaces.get('soc')?.hasValueLists !== true) await send('POST', '/api/lists/index');
        await send(method, '/api/lists', document);
        for (const value of values?.add ?? [])
          await send('POST', '/api/lists/items', { list_id: own(document, 'id') ?? '', value });
      }
    }
  };
  return { box, run, send, apply, world, options, server };
}
const RULES = '/api/detection_engine/rules';
const ID = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01';

describe('dac plan', () => {
  it('shows a rule that is to be made, and changes nothing', async () => {
    const { run, world } = await publishing();
    expect(await run('plan')).toEqual({
      code: 0,
      err: '',
      out: [
        'environment dev, space "soc" at HOST (9.3.1), 0 rules managed, 0 not ours',
        '',
        '+ rules/linux/curl_started.toml  create, disabled',
        '',
        'Plan: 1 to create, 0 to change, 0 to delete, 0 unchanged. Nothing was changed.',
        '',
      ].join('\n'),
    });
    expect(world.spaces.get('soc')?.rules.size).toBe(0);
  });

  it('finds nothing to do after what it planned was sent, and shows a change by its words', async () => {
    const other = ruleText({ rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02"', name: '"Wget Started"', type: '"query"', language: '"kuery"', query: '"process.name: wget"' }); // prettier-ignore
    const { box, run, apply } = await publishing({ ...repository(), 'rules/linux/wget_started.toml': other });
    await apply();
    expect(await run('plan', '--exit-code')).toEqual({
      code: 0,
      err: '',
      out: 'environment dev, space "soc" at HOST (9.3.1), 2 rules managed, 0 not ours\n\nNothing to do. Plan: 0 to create, 0 to change, 0 to delete, 2 unchanged.\n',
    });
    box.write(
      'rules/linux/curl_started.toml',
      ruleText({ version: '2', severity: '"high"', query: `'''\nprocess where host.os.type == "linux" and process.name in ("curl", "wget")\n'''`, tags: '["Domain: Endpoint", "Data Source: CrowdStrike"]' }), // prettier-ignore
    );
    const changed = await run('plan', '--exit-code');
    expect({ code: changed.code, lines: changed.out.split('\n') }).toEqual({
      code: 1,
      lines: [
        'environment dev, space "soc" at HOST (9.3.1), 2 rules managed, 0 not ours',
        '',
        '~ rules/linux/curl_started.toml  1 -> 2',
        '    query   … == "linux" and process.name [-==-]{+in+} {+(+}"curl"{+, "wget")+}',
        '    severity: "low" -> "high"',
        '    tags   - "Data Source: Elastic Defend", - "OS: Linux", - "Use Case: Threat Detection", + "Data Source: CrowdStrike"',
        '    version: 1 -> 2',
        '',
        'Plan: 0 to create, 1 to change, 0 to delete, 1 unchanged. Nothing was changed.',
        '',
      ],
    });
  });

  it('shows what somebody changed in Kibana with all three sides, and adopting makes a plain change of it', async () => {
    const { run, send, apply } = await publishing();
    await apply();
    await send('PATCH', RULES, { rule_id: ID, severity: 'critical' });
    const { code, out } = await run('plan', '--exit-code');
    expect(code).toBe(1);
    expect(out.replace(/by standin .*/, 'by standin')).toContain(
      '! rules/linux/curl_started.toml  changed in Kibana by standin\n    severity   repo "low"   space "critical"   last applied "low"\n',
    );
    expect(out).toContain('0 to delete, 1 conflict, 0 unchanged. Nothing was changed.');
    expect(await run('adopt', 'nothing*')).toMatchObject({ code: 2 });
    expect((await run('adopt', 'rules/linux/curl_started.toml')).err).toContain('error: nobody can be asked here');
    expect(await run('adopt', 'rules/linux/curl_started.toml', '--yes')).toMatchObject({ code: 0, err: '' });
    expect((await run('plan')).out).toContain('~ rules/linux/curl_started.toml\n    severity: "critical" -> "low"\n');
  });

  it('leaves a rule without our mark alone until it is adopted, and its content with it', async () => {
    const { run, send } = await publishing();
    const there = await send('POST', RULES, {
      type: 'eql', language: 'eql', query: 'any where true', rule_id: ID, name: 'Theirs', description: 'x', risk_score: 1, severity: 'low', tags: ['a'],
    }); // prettier-ignore
    const plan = await run('plan', '--exit-code');
    expect(plan.code).toBe(0);
    expect(plan.out).toContain('? rules/linux/curl_started.toml  is there without our mark; left alone\n');
    const adopted = await run('adopt', 'Curl*', '--yes');
    expect(adopted).toMatchObject({ code: 0, err: '' });
    expect(adopted.out).toContain('name: "Theirs" -> "Curl Started"');
    const now = await send('GET', `${RULES}?rule_id=${ID}`);
    expect(elements(now['tags'])).toEqual(['a', 'Managed by: dac']);
    expect({ ...now, tags: 0, meta: 0, revision: 0, updated_at: 0 }).toEqual({ ...there, tags: 0, meta: 0, revision: 0, updated_at: 0 }); // prettier-ignore
    expect((await run('plan')).out).toContain('~ rules/linux/curl_started.toml\n');
  });

  it('deletes only what is ours and has left the repository, and nothing when it looks at a part', async () => {
    const second = '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02';
    const { box, run, send, apply } = await publishing({
      ...repository(),
      'rules/linux/old.toml': ruleText({ rule_id: `"${second}"`, name: '"Old RDP rule"' }),
    });
    await apply();
    await send('POST', RULES, { type: 'query', query: 'a', rule_id: 'theirs', name: 'Theirs', description: 'x', risk_score: 1, severity: 'low' }); // prettier-ignore
    box.write('rules/linux/old.toml', ruleText({ rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a03"', name: '"New"' }));
    const whole = await run('plan');
    expect(whole.out).toContain(`- "Old RDP rule" (rule_id ${second})  left the repository\n`);
    expect(whole.out).toContain('2 rules managed, 1 not ours');
    expect(whole.out).not.toContain('Theirs');
    expect((await run('plan', 'rules/linux/curl_started.toml')).out).toContain('0 to delete');
    expect((await run('plan', '--rule', 'Curl*')).out).toContain('0 to create, 0 to change, 0 to delete');
    expect((await run('plan', '--rule', 'Old RDP*')).out).toContain('1 to delete');
    expect((await run('plan', '--only', 'value-lists')).out).toContain('Nothing to do');
  });

  it('never resets what the repository says nothing of, and keeps what the environment keeps', async () => {
    const { box, run, send, apply, server } = await publishing();
    await apply();
    await send('PUT', RULES, { ...(await send('GET', `${RULES}?rule_id=${ID}`)), id: undefined, enabled: true, exceptions_list: [{ id: '1', list_id: 'l', type: 'detection', namespace_type: 'single' }] } as unknown as JsonObject); // prettier-ignore
    expect((await run('plan', '--exit-code')).code).toBe(0);
    await send('PATCH', RULES, { rule_id: ID, max_signals: 7 });
    expect((await run('plan')).out).toContain('max_signals   repo 100   space 7   last applied 100');
    box.write('dac.toml', `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "KEY"\nkeep = ["max_signals"]\n`); // prettier-ignore
    expect((await run('plan', '--exit-code')).code).toBe(0);
    box.write('rules/linux/curl_started.toml', ruleText({ severity: '"high"' }));
    const { out } = await run('plan', '--format', 'json');
    const [entry] = readPlan(out, 'x').entries;
    expect(entry?.document).toMatchObject({ enabled: true, max_signals: 7, severity: 'high', exceptions_list: [{ list_id: 'l' }] }); // prettier-ignore
  });

  it('takes values of the environment for some rules, with connectors by name', async () => {
    const { run, send } = await publishing(
      repository(),
      `[[environments.dev.overrides]]\nfiles = ["rules/linux/**"]\nenabled = true\nactions = [{ connector = "SOC Slack", params = { message = "x" } }]\n[[environments.dev.overrides]]\ntags = ["OS: Windows"]\ninterval = "1h"\n`,
    );
    expect(await run('plan')).toMatchObject({ code: 2 });
    expect((await run('plan')).err).toContain('the space has no connector "SOC Slack"');
    const made = await send('POST', '/api/actions/connector', { name: 'SOC Slack', connector_type_id: '.slack', config: {}, secrets: { webhookUrl: 'https://hooks.example.org/x' } }); // prettier-ignore
    const { out } = await run('plan', '--format', 'json');
    const [entry] = readPlan(out, 'x').entries;
    expect(entry?.document).toMatchObject({
      enabled: true,
      actions: [{ id: made['id'], action_type_id: '.slack', params: { message: 'x' } }],
    });
    expect(entry?.document).not.toHaveProperty('interval');
  });

  it('sends nothing where an override sets what a type of rule lacks, and says where; types leave such rules out', async () => {
    const esql = ruleText({ rule_id: '"9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a02"', name: '"Wget Started"', type: '"esql"', language: '"esql"', query: '"FROM logs-* METADATA _id, _version, _index"' })
      .replace(/^(index|timestamp_override) = .*\n/gm, ''); // prettier-ignore
    const files = { ...repository(), 'rules/linux/wget_started.toml': esql };
    const entry = '[[environments.dev.overrides]]\nindex = ["logs-dev-*"]\n';
    const refused = await (await publishing(files, entry)).run('plan');
    expect({ code: refused.code, out: refused.out }).toEqual({ code: 2, out: '' });
    expect(refused.err).toContain('dac.toml:6:1: error[publish/override] index is set for rules/linux/wget_started.toml, but a rule of type esql has no index'); // prettier-ignore
    const { run } = await publishing(files, `${entry}types = ["eql"]\n[[environments.dev.overrides]]\ntags = ["OS: Windwos"]\nenabled = true\n`); // prettier-ignore
    const planned = await run('plan', '--format', 'json');
    expect([planned.code, planned.err]).toEqual([0, 'warning: dac.toml:8: this override fits no rule; correct its files, tags or types, or take it out\n']); // prettier-ignore
    expect(readPlan(planned.out, 'x').entries.map((one) => own(one.document ?? {}, 'index'))).toEqual([['logs-dev-*'], undefined]); // prettier-ignore
  });

  it('plans exception lists, their items and value lists', async () => {
    const list = (value: string): string => `[[exceptions]]
[exceptions.container]
list_id = "build-hosts"
name = "Build hosts"
description = "Machines that build"
type = "detection"
[[exceptions.items]]
name = "CI runners"
description = "They start curl"
[[exceptions.items.entries]]
field = "host.name"
type = "match_any"
operator = "included"
value = ["${value}"]
`;
    const { box, run, send, apply } = await publishing({
      ...repository(),
      'exceptions/build-hosts.toml': list('ci-01'),
      'value-lists/ci.keyword.txt': 'b\na\n\na\n',
    });
    expect((await run('plan')).out.split('\n').slice(2, 6)).toEqual([
      '+ value-lists/ci.keyword.txt value list "ci"                create, 2 values',
      '+ exceptions/build-hosts.toml exception list "Build hosts"  create',
      '+ exceptions/build-hosts.toml exception item "CI runners"   create',
      '+ rules/linux/curl_started.toml                             create, disabled',
    ]); // prettier-ignore
    await apply();
    expect((await run('plan')).out).toContain(
      'Nothing to do. Plan: 0 to create, 0 to change, 0 to delete, 4 unchanged.',
    );
    box.write('exceptions/build-hosts.toml', list('ci-02'));
    box.write('value-lists/ci.keyword.txt', 'a\nc\n');
    const { out } = await run('plan');
    expect(out).toContain('entries[0].value   - "ci-01", + "ci-02"');
    expect(out).toContain('values   - "b", + "c"');
    await send('DELETE', '/api/exception_lists/items?item_id=' + (await itemId(send)));
    expect((await run('plan')).out).toContain('+ exceptions/build-hosts.toml exception item "CI runners"');
  });
});

const itemId = async (send: (method: string, path: string) => Promise<JsonObject>): Promise<string> => {
  const [item] = elements((await send('GET', '/api/exception_lists/items/_find?list_id=build-hosts'))['data']);
  const id = isJsonObject(item) ? own(item, 'item_id') : undefined;
  return typeof id === 'string' ? id : '';
};

describe('dac plan with faults', () => {
  it('sends nothing when a rule cannot be read, or is there twice', async () => {
    const { box, run, options, server } = await publishing();
    let requests = 0;
    options.fault = () => {
      requests++;
      return false;
    };
    box.write('rules/linux/copy.toml', ruleText());
    const twice = await run('plan');
    expect({ code: twice.code, out: twice.out, requests }).toEqual({ code: 2, out: '', requests: 0 });
    expect(twice.err).toContain('rules/linux/copy.toml has the same rule_id');
    box.write('rules/linux/copy.toml', 'not toml');
    expect(await run('plan')).toMatchObject({ code: 2, out: '' });
    expect({ requests, url: server.url }).toEqual({ requests: 0, url: server.url });
  });

  it.each<[string, (fail: (status: number, body: string, type?: string) => void) => void, string]>([
    ['401', (fail) => fail(401, '{"statusCode":401,"error":"Unauthorized","message":"no"}'), 'the API key is unknown or has expired'], // prettier-ignore
    [
      '403',
      (fail) => fail(403, '{"statusCode":403,"error":"Forbidden","message":"no"}'),
      'give the key All on Security',
    ],
    ['404', (fail) => fail(404, '{"statusCode":404,"error":"Not Found","message":"Not Found"}'), 'does the space "soc" exist?'], // prettier-ignore
    ['413', (fail) => fail(413, '{"message":"too large","status_code":413}'), 'larger than this Kibana takes'],
    ['500', (fail) => fail(500, '{"message":"boom","status_code":500}'), 'look at the log of Kibana'],
    ['a web page', (fail) => fail(200, '<html>login</html>', 'text/html'), "is a web page, not Kibana's JSON"],
    ['an export that is cut', (fail) => fail(200, '{"rule_id":"a","name":"x"}\n{"rule_i', 'application/ndjson'), 'it breaks off'], // prettier-ignore
    ['an export without its last line', (fail) => fail(200, '{"rule_id":"a"}\n', 'application/ndjson'), 'its last line does not agree'], // prettier-ignore
    ['an export that lies about its counts', (fail) => fail(200, '{"exported_count":5,"exported_rules_count":5,"missing_rules":[]}\n', 'application/ndjson'), 'its last line does not agree'], // prettier-ignore
  ])('ends with 3 and says what to do: %s', async (_, answer, message) => {
    const { run, options } = await publishing();
    options.fault = (request, response) => {
      if (request.url?.includes('_export') !== true) return false;
      request.resume();
      answer((status, body, type = 'application/json') => {
        response.writeHead(status, { 'content-type': type }).end(body);
      });
      return true;
    };
    const { code, out, err } = await run('plan');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain(KEY);
  });

  it('prints names that would speak to the terminal or leave the folder as what they are', async () => {
    const name = '../../x\u001b[31m\u202e::error::';
    const { run } = await publishing({ 'rules/a.toml': ruleText({ name: JSON.stringify(name) }) });
    for (const format of ['pretty', 'json', 'markdown']) {
      const { out } = await run('plan', '--format', format);
      expect(out).not.toMatch(/[\u001b\u202e]/);
    }
    const { send, run: again } = await publishing({ 'rules/a.toml': ruleText() });
    await send('POST', RULES, { type: 'query', query: 'a', rule_id: 'x', name, description: 'x', risk_score: 1, severity: 'low', tags: ['Managed by: dac'] }); // prettier-ignore
    const { out } = await again('plan');
    expect(out).toContain('? "../../x\\x1b[31m\\u202e::error::" (rule_id x)  has our mark');
  });

  it('takes the key from a private file or a program only, and never shows it', async () => {
    const { box, run, server } = await publishing();
    const config = (source: string): void =>
      box.write('dac.toml', `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\n${source}\n`);
    box.write('key', `${KEY}\n`);
    chmodSync(join(box.root, 'key'), 0o644);
    config('api_key_file = "key"');
    expect((await run('plan')).err).toContain('others can read key (mode 644)');
    chmodSync(join(box.root, 'key'), 0o600);
    expect(await run('plan')).toMatchObject({ code: 0, err: '' });
    config('api_key_command = ["cat", "key"]');
    expect(await run('plan')).toMatchObject({ code: 0, err: '' });
    config('api_key_command = ["sh", "-c", "cat key; exit 3"]');
    const failed = await run('plan');
    expect(failed.code).toBe(2);
    expect(failed.err).toContain('the program sh, which is to print the API key, ended with 3');
    expect(failed.err).not.toContain(KEY);
    config('api_key_env = "NONE"');
    expect((await run('plan')).err).toContain('the variable NONE is not set');
    config('api_key_env = "KEY"\nverify = false');
    expect((await run('plan')).err).toContain('warning: verify = false: the certificate of 127.0.0.1 is not checked');
  });

  it('saves a plan that reads back, holds no key, and is not saved if a rule holds it', async () => {
    const { box, run } = await publishing();
    expect(await run('plan', '--out', 'plan.json')).toMatchObject({ code: 0 });
    const text = readFileSync(join(box.root, 'plan.json'), 'utf8');
    expect(readPlan(text, 'plan.json').totals.create).toBe(1);
    expect(text).not.toMatch(/c2VjcmV0|secret-key/);
    box.write('rules/linux/curl_started.toml', ruleText({ description: `"the key is ${KEY}"` }));
    expect((await run('plan', '--out', 'plan.json')).err).toContain('the plan holds the credentials');
  });

  it('writes Markdown in which nothing of a rule is Markdown, with a marker and under the limit', async () => {
    const rules = Object.fromEntries(
      Array.from({ length: 600 }, (_, at) => [
        `rules/r${at}.toml`,
        ruleText({
          rule_id: `"9d1f6d5e-3a35-4b52-8a0b-${String(at).padStart(12, '0')}"`,
          name: `"<img src=x> | @team ${at}"`,
        }),
      ]),
    );
    const { run } = await publishing(rules);
    const { out } = await run('plan', '--format', 'markdown');
    expect(out.split('\n').slice(0, 2)).toEqual([
      '**Changes** for dev: Plan&#58; 600 to create, 0 to change, 0 to delete, 0 unchanged.',
      '<!-- dac-plan dev -->',
    ]);
    expect(out.length).toBeLessThan(60_000);
    expect(out).not.toContain('<img');
  });
});
