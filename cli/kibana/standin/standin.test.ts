import { afterAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { emptySpace, newWorld, startStandIn, steady, type StandIn, type StandInOptions } from './index.ts';

const running: StandIn[] = [];
afterAll(() => Promise.all(running.map((one) => one.close())));

async function standIn(more: Partial<StandInOptions> = {}) {
  const world = newWorld(steady());
  world.spaces.set('soc', emptySpace('SOC'));
  const server = await startStandIn({ world, ...more });
  running.push(server);
  const send = async (method: string, path: string, body?: Json | FormData, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        authorization: 'ApiKey x',
        'kbn-xsrf': 'test',
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      get json(): JsonObject {
        return JSON.parse(text) as JsonObject;
      },
      get lines(): readonly JsonObject[] {
        return text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as JsonObject);
      },
    };
  };
  return { server, world, send };
}

const file = (lines: readonly Json[], name = 'rules.ndjson'): FormData => {
  const form = new FormData();
  form.append('file', new Blob([lines.map((line) => `${JSON.stringify(line)}\n`).join('')]), name);
  return form;
};
const RULES = '/api/detection_engine/rules';
const rule = (rule_id: string, more: JsonObject = {}): JsonObject => ({
  type: 'query',
  rule_id,
  name: `Rule ${rule_id}`,
  description: 'x',
  risk_score: 21,
  severity: 'low',
  query: 'a: b',
  ...more,
});

describe('the HTTP layer', () => {
  it('refuses what Kibana refuses, in its own error shape', async () => {
    const { send } = await standIn();
    const shape = (status: number, error: string, message: string) => ({ statusCode: status, error, message });
    expect((await send('GET', '/api/nothing')).json).toEqual(shape(404, 'Not Found', 'Not Found'));
    expect((await send('GET', `/s/nowhere${RULES}/_find`)).json).toEqual(shape(404, 'Not Found', 'Not Found'));
    expect(
      (await send('GET', `${RULES}/_find`, undefined, { 'elastic-api-version': '2020-01-01' })).json,
    ).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('Available versions are: [2023-10-31]') as string,
    });
    expect((await send('POST', RULES, rule('a', { name: 'x'.repeat(1_100_000) }))).json).toEqual(
      shape(413, 'Request Entity Too Large', 'Payload content length greater than maximum allowed: 1048576'),
    );
  });

  it('asks for credentials and for kbn-xsrf', async () => {
    const { server } = await standIn();
    expect((await fetch(`${server.url}${RULES}/_find`)).status).toBe(401);
    expect((await fetch(`${server.url}/api/status`)).status).toBe(200);
    const bare = await fetch(server.url + RULES, { method: 'POST', headers: { authorization: 'ApiKey x' } });
    expect(await bare.json()).toMatchObject({ message: 'Request must contain a kbn-xsrf header.' });
  });

  it('says which privilege is missing', async () => {
    const { send, world } = await standIn();
    world.circumstances.missing.add('rules-all');
    expect((await send('POST', RULES, rule('a'))).json).toMatchObject({
      statusCode: 403,
      message: expect.stringContaining('[rules-all]') as string,
    });
    expect((await send('GET', `${RULES}/_find`)).status).toBe(200);
  });

  it('answers late if told so, and lets a fault take a request', async () => {
    const slow = await standIn({ latency: 30 });
    const start = performance.now();
    await slow.send('GET', '/api/status');
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
    const broken = await standIn({
      fault: (_, response) => {
        response.writeHead(503).end('busy');
        return true;
      },
    });
    expect((await broken.send('GET', '/api/status')).text).toBe('busy');
  });
});

describe('rules', () => {
  it('live in their space', async () => {
    const { send } = await standIn();
    await send('POST', `/s/soc${RULES}`, rule('a'));
    expect((await send('GET', `/s/soc${RULES}?rule_id=a`)).status).toBe(200);
    expect((await send('GET', `${RULES}?rule_id=a`)).json).toEqual({
      message: 'rule_id: "a" not found',
      status_code: 404,
    });
  });

  it('are found by KQL, sorted and in pages', async () => {
    const { send } = await standIn();
    for (const id of ['c', 'a', 'b'])
      await send('POST', RULES, rule(id, { tags: id === 'b' ? ['Managed by: dac'] : ['x'] }));
    const ids = async (query: string): Promise<unknown> =>
      ((await send('GET', `${RULES}/_find?${query}`)).json['data'] as JsonObject[]).map((one) => one['rule_id']);
    expect(await ids('sort_field=name&sort_order=asc')).toEqual(['a', 'b', 'c']);
    expect(await ids('sort_field=name&sort_order=desc&per_page=2&page=2')).toEqual(['a']);
    expect(await ids(`filter=${encodeURIComponent('alert.attributes.tags: "Managed by: dac"')}`)).toEqual(['b']);
    expect(await ids('filter=alert.attributes.params.ruleId:(a or c)')).toEqual(['c', 'a']);
    expect(await ids('filter=alert.attributes.enabled:true')).toEqual([]);
    expect((await send('GET', `${RULES}/_find?filter=((`)).status).toBe(400);
    expect((await send('GET', `${RULES}/_find?sort_field=name`)).status).toBe(400);
    expect((await send('GET', '/api/detection_engine/tags')).json).toEqual(['Managed by: dac', 'x']);
  });

  it('go through export and import without a change', async () => {
    const { send } = await standIn();
    const list = { list_id: 'l', name: 'L', description: 'd', type: 'detection' };
    const item = { list_id: 'l', item_id: 'i', name: 'I', description: 'd', type: 'simple', entries: [] };
    const { id } = (await send('POST', '/api/exception_lists', list)).json;
    await send('POST', '/api/exception_lists/items', item);
    const reference = { id: id ?? '', list_id: 'l', type: 'detection', namespace_type: 'single' };
    await send('POST', RULES, rule('a', { exceptions_list: [reference] }));
    const { lines } = await send('POST', `${RULES}/_export`);
    expect(lines.map((line) => line['rule_id'] ?? line['item_id'] ?? line['list_id'] ?? 'details')).toEqual([
      'a', 'l', 'i', 'details',
    ]); // prettier-ignore
    expect(lines[3]).toMatchObject({ exported_count: 3, exported_rules_count: 1, missing_rules: [] });

    const answer = (await send('POST', `/s/soc${RULES}/_import`, file(lines))).json;
    expect(answer).toEqual({
      success: true,
      success_count: 1,
      rules_count: 1,
      errors: [],
      exceptions_success: true,
      exceptions_success_count: 1,
      exceptions_errors: [],
      action_connectors_success: true,
      action_connectors_success_count: 0,
      action_connectors_errors: [],
      action_connectors_warnings: [],
    });
    const there = (await send('GET', `/s/soc${RULES}?rule_id=a`)).json;
    const theirList = (await send('GET', '/s/soc/api/exception_lists?list_id=l')).json;
    expect(there['exceptions_list']).toEqual([{ ...reference, id: theirList['id'] }]);
    expect((await send('POST', `${RULES}/_export?exclude_export_details=true`)).lines).toHaveLength(1);
  });

  it('lose a reference to a list that is not there when they are imported', async () => {
    const { send } = await standIn();
    const reference = { id: 'x', list_id: 'gone', type: 'detection', namespace_type: 'single' };
    const answer = (await send('POST', `${RULES}/_import`, file([rule('a', { exceptions_list: [reference] })]))).json;
    expect(answer).toMatchObject({ success: false, success_count: 1, errors: [{ rule_id: 'a' }] });
    expect((await send('GET', `${RULES}?rule_id=a`)).json['exceptions_list']).toEqual([]);
  });
});

describe('exception lists', () => {
  const list = { list_id: 'l', name: 'L', description: 'd', type: 'detection' };
  const item = (id: string): JsonObject => ({
    list_id: 'l',
    item_id: id,
    name: id,
    description: 'd',
    type: 'simple',
    entries: [{ field: 'host.name', operator: 'included', type: 'match', value: 'h' }],
  });

  it('are found with their items, by list and filter', async () => {
    const { send } = await standIn();
    await send('POST', '/api/exception_lists', list);
    await send('POST', '/api/exception_lists', { ...list, namespace_type: 'agnostic', name: 'Global' });
    for (const id of ['i', 'j']) await send('POST', '/api/exception_lists/items', item(id));
    const find = async (path: string) => (await send('GET', `/api/exception_lists${path}`)).json;
    expect(await find('/_find?namespace_type=single,agnostic')).toMatchObject({ page: 1, per_page: 20, total: 2 });
    expect(await find('/_find?namespace_type=agnostic')).toMatchObject({ total: 1, data: [{ name: 'Global' }] });
    expect(await find('/items/_find?list_id=l&sort_field=name&sort_order=desc')).toMatchObject({
      data: [{ item_id: 'j' }, { item_id: 'i' }],
    });
    expect(await find('/items/_find?list_id=l&filter=exception-list.attributes.name:i')).toMatchObject({ total: 1 });
    expect(await find('/items/_find?list_id=none')).toMatchObject({ status_code: 404 });
    expect(await find('/summary?list_id=l')).toEqual({ windows: 0, linux: 0, macos: 0, total: 2 });
  });

  it('refuse a stale _version', async () => {
    const { send } = await standIn();
    const made = (await send('POST', '/api/exception_lists', list)).json;
    expect((await send('PUT', '/api/exception_lists', { ...list, _version: made['_version'] ?? '' })).status).toBe(200);
    expect((await send('PUT', '/api/exception_lists', { ...list, _version: made['_version'] ?? '' })).status).toBe(409);
    expect((await send('PUT', '/api/exception_lists', list)).json['version']).toBe(3);
  });

  it('lose with overwrite the items that the file does not have', async () => {
    const { send } = await standIn();
    await send('POST', '/api/exception_lists', list);
    for (const id of ['i', 'j']) await send('POST', '/api/exception_lists/items', item(id));
    const lines = file([{ ...list, name: 'M' }, item('j')], 'x.ndjson');
    expect((await send('POST', '/api/exception_lists/_import?overwrite=true', lines)).json).toMatchObject({
      success: true,
      success_count: 2,
    });
    const { json } = await send('GET', '/api/exception_lists/items/_find?list_id=l');
    expect(json).toMatchObject({ total: 1, data: [{ item_id: 'j' }] });
  });

  it('keep comments: they can only be added', async () => {
    const { send } = await standIn();
    await send('POST', '/api/exception_lists', list);
    const made = (await send('POST', '/api/exception_lists/items', { ...item('i'), comments: [{ comment: 'one' }] }))
      .json;
    const { comments } = made;
    const { list_id: _, ...change } = item('i');
    const put = (more: JsonObject) => send('PUT', '/api/exception_lists/items', { ...change, ...more });
    expect((await put({ comments: [] })).status).toBe(403);
    const more = await put({ comments: [...(comments as Json[]), { comment: 'two' }] });
    expect(more.json).toMatchObject({ comments: [{ comment: 'one' }, { comment: 'two' }] });
  });

  it('of a rule are made and attached when an item is added', async () => {
    const { send } = await standIn();
    const made = (await send('POST', RULES, rule('a'))).json;
    const { list_id: _, ...fresh } = item('i');
    const added = await send('POST', `${RULES}/${made['id'] as string}/exceptions`, { items: [fresh] });
    expect(added.json).toMatchObject([{ item_id: 'i' }]);
    const after = (await send('GET', `${RULES}?rule_id=a`)).json;
    expect(after['exceptions_list']).toMatchObject([{ type: 'rule_default', namespace_type: 'single' }]);
  });
});
