import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Event } from '../fields/event.ts';
import {
  emptySpace,
  installRule,
  newWorld,
  startSearch,
  startStandIn,
  steady,
  type Fault,
  type World,
} from '../kibana/standin/index.ts';
import type { JsonObject } from '../text/json.ts';
import { packageRoot } from '../text/package-root.ts';
import { repository, ruleText, Sandbox, type Transcript } from './transcript.ts';

const KEY = 'c2VjcmV0LWlkOnNlY3JldC1rZXk=';
const running: { close(): Promise<void> }[] = [];
const boxes: Sandbox[] = [];
afterAll(() => Promise.all(running.map((one) => one.close())));
afterEach(() => boxes.splice(0).forEach((box) => box.remove()));

/** A list or an item as the space keeps it. */
const stored = (more: JsonObject): JsonObject => ({
  _version: 'WzEsMV0=',
  description: 'd',
  namespace_type: 'single',
  tags: [],
  os_types: [],
  tie_breaker_id: 't',
  created_at: '2026-01-01T00:00:00.000Z',
  created_by: 'ann',
  updated_at: '2026-01-01T00:00:00.000Z',
  updated_by: 'ann',
  ...more,
});

const INDEX = 'logs-endpoint.events.process-default';

/** A process start at 10:MM:00 on the day of the tests. */
const start = (id: string, minute: number, name: string, more: JsonObject = {}): Omit<Event, 'ordinal'> => ({
  index: INDEX,
  id,
  source: {
    '@timestamp': `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
    event: { category: ['process'], type: ['start'], action: 'exec' },
    host: { name: 'web-1', os: { type: 'linux' } },
    process: { name, entity_id: `${id}-${minute}` },
    ...more,
  },
});
const CURL = [start('a', 1, 'curl'), start('b', 2, 'wget'), start('c', 58, 'curl', { host: { name: 'web-2' } })];

const RULE = { ...repositoryRule(), from: '"now-9m"', interval: '"5m"' };

function repositoryRule(): Record<string, string> {
  return {
    name: '"Curl Started"',
    type: '"query"',
    language: '"kuery"',
    query: '"event.category: process and process.name: curl"',
    index: '["logs-endpoint.events.process-*"]',
  };
}

const fileOf = (rule: Record<string, string>): Readonly<Record<string, string>> => ({
  ...repository(),
  'rules/linux/curl_started.toml': ruleText(rule).replace(/^\w+ = \n/m, ''),
});

/** A stand-in with its Elasticsearch, a repository with the environment dev, and the program run in it. */
async function previewing(rule: Record<string, string> = RULE, events: readonly Omit<Event, 'ordinal'>[] = CURL, more = '') {
  const world: World = newWorld(steady('2026-01-01T12:00:00.000Z'));
  world.spaces.set('soc', emptySpace('SOC'));
  events.forEach((event, ordinal) => world.events.push({ ...event, ordinal }));
  const faults: { kibana?: Fault; search?: Fault } = {};
  const server = await startStandIn({ world, get fault() { return faults.kibana ?? (() => false); } });
  const search = await startSearch({ world, get fault() { return faults.search ?? (() => false); } });
  running.push(server, search);
  const box = new Sandbox({
    ...fileOf(rule),
    'dac.toml': `[environments.dev]\nurl = "${server.url}"\nelasticsearch_url = "${search.url}"\nspace = "soc"\napi_key_env = "KEY"\n${more}`,
  });
  boxes.push(box);
  const run = async (...args: string[]): Promise<Transcript> => {
    const { code, out, err } = await box.run(['preview', 'rules/linux/curl_started.toml', '--to', '2026-01-01T11:00:00Z', ...args], {
      env: { KEY, DAC_KIBANA_URL: '' },
    });
    const plain = (text: string): string =>
      text
        .replaceAll(new URL(server.url).host, 'HOST')
        .replaceAll(new URL(search.url).host, 'SEARCH')
        .replace(/in \d+\.\d+ s\./, 'in N s.');
    return { code, out: plain(out), err: plain(err) };
  };
  const space = world.spaces.get('soc') ?? emptySpace();
  return { run, box, world, space, faults, server, search };
} // prettier-ignore

const json = ({ out }: Transcript): JsonObject => JSON.parse(out) as JsonObject;
const outcomes = (result: Transcript): unknown =>
  (json(result)['results'] as JsonObject[]).map((one) => [
    one['outcome'],
    (one['events'] as { id: string }[]).map((event) => event.id).join(','),
  ]);

describe('dac preview', () => {
  it('says that Kibana and the prediction agree', async () => {
    const { run } = await previewing();
    expect(await run('--exit-code')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "preview of rules/linux/curl_started.toml in environment dev, space "soc" at HOST
      12 runs, every 5m, over 2026-01-01T09:56:00Z to 2026-01-01T11:00:00Z

      Kibana: 2 alerts
      predicted: 2 alerts on 3 events in 1 index

      Kibana and the prediction agree: 2 agree, 0 differ, 0 only in Kibana, 0 only predicted. 12 runs in N s.
      Nothing else was written than the preview, 00000000-0000-4000-8000-000000000001 in .preview.alerts-security.alerts-soc; Kibana deletes it after a day or two.
      ",
      }
    `);
  });

  it('names the nearest indices when none fits the patterns of the rule', async () => {
    const { run } = await previewing({ ...RULE, index: '["logs-endpoint.events.proces-*"]' });
    const { out } = await run('--runs', '1');
    expect(out).toContain(
      'predicted: 0 alerts on 0 events in 0 indices\n' +
        'no index fits logs-endpoint.events.proces-*: the rule searches nothing\n' +
        `  help: nearest to them: ${INDEX}\n`,
    );
    expect(json(await run('--runs', '1', '--format', 'json'))['noIndex']).toEqual({
      patterns: ['logs-endpoint.events.proces-*'],
      nearest: [INDEX],
      known: 1,
    });
    const fitting = await previewing({ ...RULE, query: '"process.name: nothing"' });
    expect((await fitting.run('--runs', '1')).out).not.toContain('no index fits');
  });

  it('says which rule was meant by a name that none has', async () => {
    const { box } = await previewing();
    expect(await box.run(['preview', 'Crul Started'], { env: { KEY, DAC_KIBANA_URL: '' } })).toEqual({
      code: 2,
      out: '',
      err:
        'error: no rule of the repository is called Crul Started, did you mean "Curl Started"?\n' +
        '  help: give the file of a rule, its rule_id, or its name, in which * is any run of characters\n',
    });
  });

  it('says that the stand-in, and not Kibana, cannot run a rule', async () => {
    const { run } = await previewing({ ...RULE, type: '"threshold"', threshold: '{ field = ["host.name"], value = 2 }' });
    expect((await run('--runs', '1')).out).toContain('error: the stand-in cannot do what Kibana does: threshold rules cannot be run offline yet  run of');
  }); // prettier-ignore

  it('says of no index only what the key may see', async () => {
    const { run, faults } = await previewing({ ...RULE, index: '["logs-endpoint.events.proces-*"]' });
    faults.search = (request, response) => {
      if (request.url?.startsWith('/_resolve/') !== true) return false;
      response.writeHead(403, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
      response.end('{"error":{"type":"security_exception","reason":"no"},"status":403}');
      return true;
    };
    const { code, out } = await run('--runs', '1');
    expect(code).toBe(0);
    expect(out).toContain('  help: the key may not list the indices (view_index_metadata)\n');
  });

  it('shows what only one side has, and why the engine does not count it', async () => {
    const { run, world } = await previewing();
    world.alterPreview = (found) => ({
      ...found,
      alerts: found.alerts.map((alert) => {
        const [first] = alert.source['kibana.alert.ancestors'] as JsonObject[];
        return first?.['id'] === 'a'
          ? { ...alert, source: { ...alert.source, 'kibana.alert.ancestors': [{ ...first, id: 'b' }] } }
          : { ...alert, source: { ...alert.source, 'kibana.alert.severity': 'critical' } };
      }),
    });
    const result = await run('--exit-code');
    expect(result).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "",
        "out": "preview of rules/linux/curl_started.toml in environment dev, space "soc" at HOST
      12 runs, every 5m, over 2026-01-01T09:56:00Z to 2026-01-01T11:00:00Z

      Kibana: 2 alerts
      predicted: 2 alerts on 3 events in 1 index

      ~ differs         logs-endpoint.events.process-default/c  run of 2026-01-01T11:00:00.000Z
          kibana.alert.severity: predicted low, Kibana critical
      ! only in Kibana  logs-endpoint.events.process-default/b  run of 2026-01-01T10:05:00.000Z
          ✔ event.category: process  "process"
          ✘ process.name: curl       "wget"   the value differs
      ? only predicted  logs-endpoint.events.process-default/a  run of 2026-01-01T10:05:00.000Z

      0 agree, 1 differ, 1 only in Kibana, 1 only predicted. 12 runs in N s.
      Nothing else was written than the preview, 00000000-0000-4000-8000-000000000001 in .preview.alerts-security.alerts-soc; Kibana deletes it after a day or two.
      ",
      }
    `);
    expect((await run()).code).toBe(0);
  });

  it('has all of it as JSON', async () => {
    const { run, world } = await previewing();
    world.alterPreview = (found) => ({ ...found, alerts: found.alerts.slice(1) });
    const result = await run('--exit-code', '--format', 'json');
    expect(result.code).toBe(1);
    expect(outcomes(result)).toEqual([
      ['only predicted', 'a'],
      ['agrees', 'c'],
    ]);
    expect(json(result)).toMatchObject({
      schemaVersion: 1,
      command: 'preview',
      planned: 12,
      aborted: false,
      events: 3,
      indices: 1,
      summary: { agree: 1, differ: 0, onlyInKibana: 0, onlyPredicted: 1, kibana: 1, predicted: 2 },
    });
  });

  it('takes a rule by its name or id, and a number of runs', async () => {
    const { box } = await previewing();
    const env = { KEY, DAC_KIBANA_URL: '' };
    const by = async (name: string) => (await box.run(['preview', name, '--to', '2026-01-01T11:00:00Z', '--runs', '2', '--format', 'json'], { env })); // prettier-ignore
    for (const name of ['Curl Started', 'curl*']) {
      const result = await by(name);
      expect(result.err).toBe('');
      expect(json(result)).toMatchObject({ planned: 2, rule: { name: 'Curl Started' } });
    }
    expect((await by('Nothing')).code).toBe(2);
  });

  it('searches what the environment says', async () => {
    const { run } = await previewing(RULE, CURL, '[[environments.dev.overrides]]\nindex = ["logs-other-*"]\n');
    const result = await run('--runs', '1');
    expect(result.out).toContain('warning: This rule is attempting to query data from');
    expect(result.out).toContain('predicted: 0 alerts on 0 events in 0 indices');
  });

  it('joins the events of a sequence', async () => {
    const query = `'sequence by host.name [process where process.name == "curl"] [process where process.name == "bash"]'`;
    const events = [start('a', 52, 'curl'), start('x', 53, 'vi'), start('b', 54, 'bash')];
    const { run, world } = await previewing({ ...RULE, type: '"eql"', language: '"eql"', query }, events);
    const result = await run('--format', 'json', '--exit-code');
    expect([result.code, outcomes(result)]).toEqual([0, [['agrees', 'a,b']]]);
    world.alterPreview = (found) => ({
      ...found,
      alerts: found.alerts.map((alert) => ({
        ...alert,
        source: JSON.parse(JSON.stringify(alert.source).replaceAll('"b"', '"x"')) as JsonObject,
      })),
    });
    const differs = await run('--exit-code');
    expect(differs.code).toBe(1);
    expect(differs.out).toContain(`! only in Kibana  ${INDEX}/a, ${INDEX}/x`);
    expect(differs.out).toContain('[2] process where process.name == "bash"');
    expect(differs.out).toContain(`? only predicted  ${INDEX}/a, ${INDEX}/b`);
  });

  it('compares the groups of a suppressing rule over all runs', async () => {
    const events = [start('a', 50, 'curl'), start('b', 51, 'curl'), start('c', 59, 'curl')];
    const more = { alert_suppression: '{ group_by = ["host.name"] }' };
    const { run, world } = await previewing({ ...RULE, ...more }, events);
    const result = await run('--exit-code');
    expect(result.code).toBe(0);
    expect(result.out).toContain('note: the rule suppresses alerts: groups are compared');
    world.alterPreview = (found) => ({
      ...found,
      alerts: found.alerts.map((one) => ({
        ...one,
        source: { ...one.source, 'kibana.alert.suppression.docs_count': 5 },
      })),
    });
    expect((await run()).out).toContain(
      '~ differs         group host.name: "web-1"  run of 2026-01-01T11:00:00.000Z\n    events in the group: predicted 3, Kibana 6\n',
    );
  });

  it('applies the exception lists of the space, also those that the file does not name', async () => {
    const { run, space, world } = await previewing();
    const list = stored({ id: 'L', list_id: 'hosts', type: 'detection', name: 'Hosts', immutable: false, version: 1 });
    space.lists.set('L', list);
    space.items.set('I', stored({
      type: 'simple',
      comments: [],
      id: 'I',
      list_id: 'hosts',
      item_id: 'i',
      name: 'Web 2',
      entries: [{ field: 'host.name', type: 'match', operator: 'included', value: 'web-2' }],
    }));
    space.items.set('J', stored({
      type: 'simple',
      comments: [],
      id: 'J',
      list_id: 'hosts',
      item_id: 'j',
      name: 'By list',
      entries: [{ field: 'host.name', type: 'list', operator: 'included', list: { id: 'names', type: 'keyword' } }],
    }));
    const rule = { name: 'Curl Started', description: 'd', risk_score: 21, severity: 'low', type: 'query', rule_id: '9d1f6d5e-3a35-4b52-8a0b-6a4a3f1c1a01', exceptions_list: [{ id: 'L', list_id: 'hosts', type: 'detection', namespace_type: 'single' }] };
    installRule(rule, 'soc', world);
    const result = await run('--exit-code');
    expect(result.out).toContain('predicted: 1 alert on 3 events');
    expect(result.out).toContain('note: not applied in the prediction: exception list "hosts", item "By list": it asks value list names, which is not in the space');
    expect(result.code).toBe(0);
    space.hasValueLists = true;
    space.valueLists.set('names', stored({ id: 'names', type: 'keyword', name: 'Names', immutable: false, version: 1 }));
    space.valueItems.set('V', { id: 'V', list_id: 'names', type: 'keyword', value: 'web-1' });
    const read = await run('--exit-code');
    expect(read.out).toContain('predicted: 0 alerts on 3 events');
    expect(read.out).not.toContain('not applied');
    expect(read.code).toBe(0);
  }); // prettier-ignore

  it('does not run a rule whose exception list is missing', async () => {
    const exceptions_list = '[{ list_id = "gone", type = "detection", namespace_type = "single" }]';
    const { run } = await previewing({ ...RULE, exceptions_list });
    const result = await run();
    expect([result.code, result.err]).toEqual([
      2,
      'error: exception list "gone" is not in the space\n  why: the rule refers to it, and every run would fail\n  help: publish it first (dac push), or take the reference out of the rule\n',
    ]);
  });

  it('searches the indices of a data view, with its runtime fields', async () => {
    const { run, space } = await previewing({ ...RULE, index: '', data_view_id: '"view-1"' });
    expect(await run('--runs', '1')).toMatchObject({
      code: 2,
      out: expect.stringContaining('there is no prediction: data view view-1 is not in the space') as string,
    });
    space.dataViews.set('view-1', { title: 'logs-endpoint*,winlogbeat-*' });
    const result = await run('--exit-code');
    expect(result.out).toContain('Kibana and the prediction agree: 2 agree');
    expect(result.code).toBe(0);
  });

  it('says whose indices it searches for a rule that names none', async () => {
    const { run } = await previewing({ ...RULE, index: '' });
    const result = await run('--exit-code', '--runs', '1');
    expect(result.out).toContain('note: the rule names no indices: the stock value of securitySolution:defaultIndex');
    expect(result.code).toBe(0);
  });

  it('shows what Kibana says where there can be no prediction', async () => {
    const query = '"FROM logs-* METADATA _id | WHERE process.name == \\"curl\\""';
    const { run, world } = await previewing({ ...RULE, index: '', type: '"esql"', language: '"esql"', query });
    world.alterPreview = (found) => ({ ...found, logs: [{ errors: [], warnings: [], duration: 3, startedAt: '2026-01-01T11:00:00.000Z' }] }); // prettier-ignore
    const result = await run('--exit-code');
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(result.out).toContain('Kibana: 0 alerts\nthere is no prediction: ES|QL rules cannot be run offline yet\n');
  });

  it('shows what the runs complained of, once each', async () => {
    const { run, world } = await previewing();
    world.alterPreview = (found) => ({
      ...found,
      logs: found.logs.map((log, at) =>
        at < 3
          ? { ...log, warnings: ['no read on \u001b[31mlogs-x'] }
          : at === 11
            ? { ...log, errors: ['verification_exception: Unknown column [x]'] }
            : log,
      ),
    });
    const result = await run('--exit-code');
    expect(result.out).toContain(
      'error: verification_exception: Unknown column [x]  run of 2026-01-01T11:00:00.000Z\n',
    );
    expect(result.out).toContain('warning: no read on \\x1b[31mlogs-x  run of 2026-01-01T10:05:00.000Z and 2 more\n');
    expect(result.out).toContain('1 run failed.');
    expect(result.code).toBe(1);
  });

  it('says that a preview was cut off, and compares the runs that were done', async () => {
    const { run, world } = await previewing();
    world.alterPreview = (found) => ({ alerts: found.alerts.slice(0, 1), logs: found.logs.slice(0, 4), isAborted: true });
    const result = await run('--exit-code');
    expect(result.out).toContain('Kibana stopped after 4 of 12 runs: its 60 s for a preview were over. 1 agree, 0 differ');
    expect(result.code).toBe(1);
  }); // prettier-ignore

  it('tells a missing privilege of Kibana, which comes with 200', async () => {
    const { run, world } = await previewing();
    world.circumstances.missing.add('preview');
    const result = await run('--exit-code');
    expect(result.out).toContain('error: Missing "read" privileges for the ".preview.alerts-security.alerts-soc"');
    expect(result.out).toContain('nothing is compared: no run succeeded');
    expect(result.code).toBe(1);
  });

  it('compares nothing where there is too much to read', async () => {
    const { run } = await previewing();
    const result = await run('--max-events', '2');
    expect(result.code).toBe(2);
    expect(result.out).toContain(
      'Kibana: 2 alerts\nnothing is compared: the runs looked at 3 events, and 2 are read at most\n  help: look at a shorter time with --from or --runs, or raise --max-events\n',
    );
  });

  it('compares nothing where Kibana made more alerts than are read', async () => {
    const { run, world } = await previewing();
    world.alterPreview = (found) => ({
      ...found,
      alerts: Array.from({ length: 10_001 }, (_, at) => {
        const [alert] = found.alerts;
        if (alert === undefined) throw new Error('no alert');
        return { ...alert, source: { ...alert.source, 'kibana.alert.uuid': String(at).padStart(5, '0') } };
      }),
    });
    const result = await run();
    expect(result.code).toBe(2);
    expect(result.out).toContain('Kibana: more than 10,000 alerts\nnothing is compared: Kibana made 10001 alerts');
  });

  it('reads events over several pages', async () => {
    const events = Array.from({ length: 2500 }, (_, at) =>
      start(`e${at}`, 50 + (at % 9), at % 2 === 0 ? 'curl' : 'vi'),
    );
    const { run } = await previewing({ ...RULE, max_signals: '1000' }, events);
    const result = await run('--format', 'json', '--exit-code');
    expect(json(result)).toMatchObject({ events: 2500, summary: { agree: 1250, onlyPredicted: 0, onlyInKibana: 0 } });
    expect(result.code).toBe(0);
  });

  it('leaves out what came in while the preview ran, unless Kibana saw it', async () => {
    const late = (id: string) => start(id, 55, 'curl', { event: { category: ['process'], ingested: '2026-01-02T00:00:01Z' } });
    const { run, world } = await previewing({ ...RULE, timestamp_override: '"@timestamp"' }, [...CURL, late('x'), late('y')]);
    world.alterPreview = (found) => ({
      ...found,
      alerts: found.alerts.filter((alert) => !JSON.stringify(alert.source).includes('"x"')),
    });
    const result = await run('--exit-code');
    expect(result.out).toContain('note: 1 of the events came in after the preview had begun');
    expect(result.out).toContain('Kibana and the prediction agree: 3 agree');
    expect(result.code).toBe(0);
  }); // prettier-ignore

  it('runs without Elasticsearch if it need not compare', async () => {
    const { box, server } = await previewing();
    box.write('dac.toml', `[environments.dev]\nurl = "${server.url}"\nspace = "soc"\napi_key_env = "KEY"\n`);
    const args = ['preview', 'rules/linux/curl_started.toml', '--to', '2026-01-01T11:00:00Z'];
    const env = { KEY, DAC_KIBANA_URL: '' };
    const without = await box.run([...args, '--no-compare'], { env });
    expect(without.code).toBe(0);
    expect(without.out).toContain('Kibana: the alerts were not read');
    const result = await box.run(args, { env });
    expect([result.code, result.err]).toMatchInlineSnapshot(`
      [
        2,
        "error: the Elasticsearch of environment dev is not known
        why: the alerts of a preview, and the events that a rule searches, are read from Elasticsearch: no public route of Kibana gives them
        help: write elasticsearch_url = "https://…:9200" into [environments.dev]
      ",
      ]
    `);
  });

  it.each([
    [['--from', '2026-01-01T12:00:00Z'], 'the time begins at its end, or after it'],
    [['--to', '2999-01-01T00:00:00Z'], '--to 2999-01-01T00:00:00Z lies in the future'],
    [['--from', 'yesterday'], '--from yesterday is no instant'],
    [['--from', 'now-1h', '--runs', '3'], '--from and --runs both say where the runs begin'],
    [['--runs', '0'], '--runs 0 is no preview'],
    [['--runs', '1001'], 'this takes 1001 runs, and Kibana makes 1000 at most'],
    [['--format', 'xml'], 'there is no format xml'],
  ])('refuses %j', async (args, message) => {
    const { run, space } = await previewing();
    const result = await run(...args);
    expect(result.code).toBe(2);
    expect(result.err).toContain(message);
    expect(space.previewAlerts).toEqual([]);
  });
});

describe('the built program', () => {
  const dac = join(packageRoot(), 'dist/dac.mjs');
  it.runIf(existsSync(dac))(
    'loads what is not in the bundle: the Elasticsearch client, and what speaks TLS',
    async () => {
      const { box } = await previewing(RULE, CURL, 'verify = false\n');
      const args = [dac, 'preview', 'rules/linux/curl_started.toml', '--to', '2026-01-01T11:00:00Z', '--exit-code'];
      const { stdout } = await promisify(execFile)(process.execPath, args, {
        cwd: box.root,
        env: { PATH: process.env['PATH'], KEY },
      });
      expect(stdout).toContain('Kibana and the prediction agree: 2 agree');
    },
  );
});

describe('faults of a preview', () => {
  const answer =
    (path: RegExp, status: number, body: string, headers: Record<string, string> = {}): Fault =>
    (request, response) => {
      if (!path.test(request.url ?? '')) return false;
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
      return true;
    };
  const PRODUCT = { 'x-elastic-product': 'Elasticsearch' };

  it.each([
    [401, '{"statusCode":401,"message":"Unauthorized"}'],
    [403, '{"statusCode":403,"message":"API [POST] is unauthorized"}'],
    [404, '{"statusCode":404,"message":"Not Found"}'],
    [200, '<html>Sign in</html>'],
    [200, '{"logs": 3}'],
    [200, '{"logs": [null]}'],
  ])('of Kibana are told: %i %s', async (status, body) => {
    const { run, faults } = await previewing();
    faults.kibana = answer(/rules\/preview/, status, body);
    const result = await run();
    expect([result.code, result.out]).toEqual([3, '']);
    expect(result.err).toMatch(/^error: POST \/api\/detection_engine\/rules\/preview on space "soc" at HOST answered/);
  });

  it.each([
    ['of the survey', /_search\?/, 403, '{"error":{"reason":"action is unauthorized"}}', 'give the key read and view_index_metadata'],
    ['of the mapping', /^\/logs-[^/]*\?/, 200, '[]', 'answered something else than a JSON object'],
    ['of field caps', /_field_caps/, 500, '{}', 'look at the log of Elasticsearch'],
    ['of the alerts', /alerts-soc\/_search/, 401, '{"error":"no"}', 'is this the Elasticsearch behind that Kibana?'],
    ['of a shard', /^\/_search/, 200, '{"_shards":{"failed":1},"hits":{"total":1,"hits":[]}}', 'the hits of a search, whole'],
    ['of a hit', /^\/_search/, 200, '{"hits":{"total":1,"hits":[{"_id":3}]}}', 'the hits of a search, whole'],
    ['of a point in time', /_pit/, 200, '{"id":3}', 'answered something else than a point in time'],
  ])('%s are told', async (_, path, status, body, message) => {
    const { run, faults } = await previewing();
    faults.search = answer(path, status, body, PRODUCT);
    const result = await run();
    expect(result.code).toBe(3);
    expect(result.err).toContain(message);
    expect(result.err).not.toContain(KEY);
  }); // prettier-ignore

  it('is told if Elasticsearch is Kibana', async () => {
    const { box, server } = await previewing();
    box.write('dac.toml', `[environments.dev]\nurl = "${server.url}"\nelasticsearch_url = "${server.url}"\napi_key_env = "KEY"\n`);
    const result = await box.run(['preview', 'rules/linux/curl_started.toml', '--runs', '1'], { env: { KEY, DAC_KIBANA_URL: '' } });
    expect(result).toMatchObject({ code: 3, err: expect.stringContaining('port 9200 or 443') as string });
  }); // prettier-ignore

  it('waits for the alerts where the key may not refresh', async () => {
    const { run, faults } = await previewing();
    faults.search = answer(/_refresh/, 403, '{"error":{"reason":"unauthorized"}}', PRODUCT);
    const began = Date.now();
    expect((await run('--exit-code')).code).toBe(0);
    expect(Date.now() - began).toBeGreaterThanOrEqual(2000);
  });

  it('draws no escapes that stand in an event', async () => {
    const events = [start('\u001b[2Ja\n::error::x', 55, 'curl', { host: { name: '\u001b[31m' } })];
    const { run, world } = await previewing(RULE, events);
    world.alterPreview = (found) => ({ ...found, alerts: [] });
    const result = await run();
    expect(result.out).toContain('\\x1b[2Ja');
    expect(result.out).not.toMatch(/\u001b|\n::error/);
  });
});
