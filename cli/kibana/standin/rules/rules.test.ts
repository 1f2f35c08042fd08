import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../text/json.ts';
import { installPrebuilt } from '../index.ts';
import { file, rule, RULES, standIn } from '../test-support.ts';

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

describe('a rule is refused', () => {
  const refusal = async (body: JsonObject, prepare?: (send: Send) => Promise<unknown>) => {
    const { send } = await standIn();
    await prepare?.(send);
    const { status, json } = await send('POST', RULES, body);
    return { status, message: json['message'] };
  };
  type Send = Awaited<ReturnType<typeof standIn>>['send'];

  it('by the alerting framework, with one text', async () => {
    const terms = { type: 'new_terms', new_terms_fields: ['a'], history_window_start: 'now-5m' };
    expect(await refusal(rule('a', terms))).toEqual({
      status: 400,
      message:
        "params invalid: History window size is smaller than rule interval + additional lookback, 'historyWindowStart' must be earlier than 'from'",
    });
    expect(await refusal(rule('a', { interval: 'soon' }))).toMatchObject({ status: 400 });
    const action = { id: 'c', action_type_id: '.index', params: {}, group: 'default' };
    expect(await refusal(rule('a', { actions: [action] }))).toMatchObject({ status: 400 });
    const short = rule('a', { actions: [action], throttle: '5m', interval: '1h' });
    expect(
      await refusal(short, (send) =>
        send('POST', '/api/actions/connector/c', { name: 'C', connector_type_id: '.index', config: { index: 'x' } }),
      ),
    ).toMatchObject({
      status: 400,
      message: expect.stringContaining('cannot be shorter than the schedule interval of 1h: default (5m)') as string,
    });
  });

  it('by the extra validators, with a list of texts', async () => {
    const threshold = {
      type: 'threshold',
      threshold: { field: ['a'], value: 1, cardinality: [{ field: 'a', value: 2 }] },
    };
    expect(await refusal(rule('a', threshold))).toEqual({
      status: 400,
      message: ['Cardinality of a field that is being aggregated on is always 1'],
    });
    const negated = [{ entries: [{ field: 'a', type: 'mapping', value: 'b', negate: true }] }];
    const match = { type: 'threat_match', threat_query: '*', threat_index: ['x'], threat_mapping: negated };
    expect((await refusal(rule('a', match))).message).toHaveLength(1);
  });

  it('by the schema, with five faults at most', async () => {
    expect(await refusal({ type: 'eql', from: 'soon' })).toEqual({
      status: 400,
      message:
        '[request body]: name: Required, description: Required, risk_score: Required, severity: Required, from: Failed to parse date-math expression, and 2 more',
    });
    expect((await refusal({ type: 'none' })).message).toContain('Invalid discriminator value');
  });
});

describe('a changed rule', () => {
  it('is named by id or by rule_id, not by both', async () => {
    const { send } = await standIn();
    const { id } = (await send('POST', RULES, rule('a'))).json;
    const message = ['both "id" and "rule_id" cannot exist, choose one or the other'];
    expect((await send('PATCH', RULES, { id: id ?? '', rule_id: 'a' })).json['message']).toEqual(message);
    expect((await send('GET', `${RULES}?id=${id as string}&rule_id=a`)).json['message']).toEqual(message);
    expect((await send('PUT', RULES, { ...rule('a'), rule_id: null })).status).toBe(400);
  });

  it('keeps its revision if nothing but enabled changes, and what else it is if a PATCH says nothing of it', async () => {
    const { send } = await standIn();
    await send('POST', RULES, rule('a', { note: 'n', version: 7 }));
    expect((await send('PATCH', RULES, { rule_id: 'a', enabled: true })).json).toMatchObject({
      enabled: true,
      revision: 0,
      note: 'n',
    });
    expect((await send('PUT', RULES, rule('a', { note: 'n' }))).json).toMatchObject({
      enabled: true,
      revision: 0,
      version: 7,
    });
    const bare = (await send('PUT', RULES, rule('a'))).json;
    expect([bare['revision'], 'note' in bare]).toEqual([1, false]);
  });

  it('cannot be enabled without the privilege', async () => {
    const { send, world } = await standIn();
    await send('POST', RULES, rule('a'));
    world.circumstances.missing.add('rules-enable');
    expect((await send('PATCH', RULES, { rule_id: 'a', enabled: true })).json).toEqual({
      status_code: 403,
      message: 'The current user does not have the permissions to edit the following fields: enabled',
    });
    expect((await send('PATCH', RULES, { rule_id: 'a', name: 'B' })).status).toBe(200);
  });

  it("of Elastic's package becomes a customised one", async () => {
    const { send, world } = await standIn();
    installPrebuilt(rule('p', { version: 3, author: ['Elastic'] }), 'default', world);
    const source = async () => (await send('GET', `${RULES}?rule_id=p`)).json['rule_source'];
    const base = { type: 'external', has_base_version: true };
    expect(await source()).toEqual({ ...base, is_customized: false, customized_fields: [] });
    await send('PATCH', RULES, { rule_id: 'p', name: 'Mine', enabled: true });
    expect(await source()).toEqual({ ...base, is_customized: true, customized_fields: [{ field_name: 'name' }] });
  });
});

describe('an import', () => {
  it('reports what exists, what stands twice, and what has no connector, and does the rest', async () => {
    const { send } = await standIn();
    await send('POST', RULES, rule('old'));
    const action = { id: 'none', action_type_id: '.index', params: {} };
    const lines = [
      rule('old'),
      rule('twice'),
      rule('twice', { name: 'Last' }),
      rule('c', { actions: [action] }),
      { x: 1 },
      rule('new'),
    ];
    const answer = (await send('POST', `${RULES}/_import`, file(lines))).json;
    expect(answer).toMatchObject({ success: false, success_count: 2, rules_count: 6 });
    const errors = answer['errors'] as { rule_id?: string; error: { status_code: number } }[];
    expect(errors.map((one) => [one.rule_id, one.error.status_code])).toEqual([
      ['twice', 400],
      [undefined, 400],
      ['old', 409],
      ['c', 404],
    ]);
    expect((await send('GET', `${RULES}?rule_id=twice`)).json['name']).toBe('Last');
  });

  it('refuses a file that is not .ndjson, and a rule of the package without version', async () => {
    const { send, world } = await standIn();
    expect((await send('POST', `${RULES}/_import`, file([], 'rules.txt'))).json).toEqual({
      message: 'Invalid file extension .txt',
      status_code: 400,
    });
    world.prebuilt.set('p', rule('p', { version: 1 }));
    const answer = (await send('POST', `${RULES}/_import`, file([rule('p')]))).json;
    expect(answer).toMatchObject({ success_count: 0, errors: [{ rule_id: 'p' }] });
    const good = (await send('POST', `${RULES}/_import`, file([rule('p', { version: 1 })]))).json;
    expect(good).toMatchObject({ success: true });
    expect((await send('GET', `${RULES}?rule_id=p`)).json).toMatchObject({
      immutable: true,
      rule_source: { type: 'external' },
    });
  });
});

it('a rule_id with characters of KQL breaks the filter that it stands in', async () => {
  const { send } = await standIn();
  expect((await send('POST', RULES, rule('a"b'))).status).toBe(500);
  expect((await send('POST', RULES, rule('a*b'))).status).toBe(200);
  expect((await send('GET', `${RULES}?rule_id=a*b`)).status).toBe(200);
  expect((await send('POST', `${RULES}/_export`, { objects: [{ rule_id: 'a*b' }] })).status).toBe(500);
});

describe('a preview', () => {
  const path = `${RULES}/preview`;
  const body = { ...rule('a'), interval: '10m', invocationCount: 2, timeframeEnd: '2026-01-01T01:00:00.000Z' };

  it('has a log for each run, one interval apart', async () => {
    const { send } = await standIn();
    const { json } = await send('POST', path, body);
    expect((json['logs'] as JsonObject[]).map((log) => log['startedAt'])).toEqual([
      '2026-01-01T00:50:00.000Z',
      '2026-01-01T01:00:00.000Z',
    ]);
    expect(json['isAborted']).toBe(false);
  });

  it('tells in its log, with 200, what is wrong with the request', async () => {
    const { send, world } = await standIn();
    expect((await send('POST', path, { ...body, invocationCount: 0 })).json['logs']).toMatchObject([
      { errors: ['Invalid invocation count'] },
    ]);
    world.circumstances.missing.add('preview');
    expect((await send('POST', path, body)).json['logs']).toMatchObject([
      { errors: [expect.stringContaining('Missing "read" privileges')] },
    ]);
  });
});
