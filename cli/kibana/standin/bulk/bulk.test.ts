import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../text/json.ts';
import { installPrebuilt, installRule } from '../index.ts';
import { rule, RULES, standIn } from '../test-support.ts';

const PATH = `${RULES}/_bulk_action`;
const summaryOf = (json: JsonObject): unknown => (json['attributes'] as JsonObject)['summary'];
const errorsOf = (json: JsonObject): JsonObject[] =>
  (json['attributes'] as JsonObject)['errors'] as unknown as JsonObject[];

describe('a bulk action', () => {
  it('takes rules by id, by query, or all', async () => {
    const { send } = await standIn();
    for (const id of ['a', 'b', 'c']) await send('POST', RULES, rule(id, { tags: [id] }));
    const { id } = (await send('GET', `${RULES}?rule_id=a`)).json;
    const total = async (more: JsonObject) =>
      (await send('POST', PATH, { action: 'enable', ...more })).json['rules_count'];
    expect([
      await total({ ids: [id ?? ''] }),
      await total({ query: 'alert.attributes.tags: (b or c)' }),
      await total({ query: '' }),
      await total({}),
    ]).toEqual([1, 2, 3, 3]);
    expect((await send('POST', PATH, { action: 'delete', ids: Array.from({ length: 101 }, () => 'x') })).json).toEqual({
      message: 'More than 100 ids sent for bulk edit action.',
      status_code: 400,
    });
  });

  it('edits 2,000 rules at most', async () => {
    const { send, world } = await standIn();
    for (let i = 0; i <= 2000; i++) installRule(rule(`r${i}`), 'default', world);
    const edit = { action: 'edit', edit: [{ type: 'add_tags', value: ['x'] }] };
    expect((await send('POST', PATH, edit)).json['message']).toBe(
      'More than 2000 rules matched the filter query. Try to narrow it down.',
    );
  });

  it('changes nothing in a dry run, and tells codes that the real run does not', async () => {
    const { send } = await standIn();
    await send('POST', RULES, rule('a', { type: 'esql', language: 'esql', query: 'from x' }));
    const edit = { action: 'edit', edit: [{ type: 'set_index_patterns', value: ['x'] }] };
    const dry = (await send('POST', `${PATH}?dry_run=true`, edit)).json;
    expect(errorsOf(dry)).toMatchObject([
      {
        message: "ES|QL rule doesn't have index patterns",
        err_code: 'ESQL_INDEX_PATTERN',
        rules: [{ name: 'Rule a' }],
      },
    ]);
    const real = errorsOf((await send('POST', PATH, edit)).json);
    expect([real[0]?.['message'], real[0]?.['err_code']]).toEqual([
      "Index patterns can't be overwritten. ES|QL rule doesn't have index patterns property",
      undefined,
    ]);
    expect((await send('POST', `${PATH}?dry_run=true`, { action: 'delete' })).json).toMatchObject({
      attributes: { results: { deleted: [] }, summary: { succeeded: 1 } },
    });
    expect((await send('GET', `${RULES}?rule_id=a`)).status).toBe(200);
  });

  it('groups errors by what they say, and does the other rules', async () => {
    const { send, world } = await standIn();
    for (const id of ['a', 'b', 'c']) await send('POST', RULES, rule(id));
    world.circumstances.failing.set('a', 'no').set('c', 'no');
    const { status, json } = await send('POST', PATH, { action: 'enable' });
    expect([status, json['message'], summaryOf(json)]).toEqual([
      500,
      'Bulk edit partially failed',
      { failed: 2, skipped: 0, succeeded: 1, total: 3 },
    ]);
    expect(errorsOf(json)).toMatchObject([{ message: 'no', rules: [{ name: 'Rule a' }, { name: 'Rule c' }] }]);
    expect((await send('GET', `${RULES}?rule_id=b`)).json['enabled']).toBe(true);
  });

  it('sets a schedule, a timeline and fields, and takes them away', async () => {
    const { send } = await standIn();
    await send('POST', RULES, rule('a', { data_view_id: 'v' }));
    const edit = async (...edits: JsonObject[]) => {
      const { json } = await send('POST', PATH, { action: 'edit', edit: edits });
      return [summaryOf(json) as JsonObject, (await send('GET', `${RULES}?rule_id=a`)).json] as const;
    };
    const [, one] = await edit(
      { type: 'set_schedule', value: { interval: '10m', lookback: '1m' } },
      { type: 'set_timeline', value: { timeline_id: 't', timeline_title: 'T' } },
      { type: 'add_investigation_fields', value: { field_names: ['f'] } },
    );
    expect(one).toMatchObject({
      interval: '10m',
      from: 'now-660s',
      meta: { from: '1m' },
      timeline_id: 't',
      revision: 1,
    });
    const [, two] = await edit(
      { type: 'set_timeline', value: { timeline_id: '', timeline_title: '' } },
      { type: 'delete_investigation_fields', value: { field_names: ['f'] } },
    );
    expect(['timeline_id' in two, 'timeline_title' in two, 'investigation_fields' in two]).toEqual([
      false,
      false,
      false,
    ]);
    const [kept] = await edit({ type: 'set_index_patterns', value: ['x'] });
    expect(kept).toMatchObject({ skipped: 1 });
    const [, three] = await edit({ type: 'set_index_patterns', value: ['x'], overwrite_data_views: true });
    expect([three['index'], 'data_view_id' in three]).toEqual([['x'], false]);
  });

  it("leaves Elastic's rules alone without the licence, but for their actions, and does not export them", async () => {
    const { send, world } = await standIn();
    installPrebuilt(rule('p', { version: 1 }), 'default', world);
    world.circumstances.enterprise = false;
    const { json } = await send('POST', PATH, { action: 'edit', edit: [{ type: 'set_tags', value: ['x'] }] });
    expect(errorsOf(json)).toMatchObject([{ err_code: 'PREBUILT_CUSTOMIZATION_LICENSE' }]);
    const actions = { type: 'set_rule_actions', value: { actions: [] } };
    expect((await send('POST', PATH, { action: 'edit', edit: [actions] })).status).toBe(200);
    const { lines } = await send('POST', PATH, { action: 'export' });
    expect(lines).toMatchObject([{ exported_rules_count: 0, missing_rules: [{ rule_id: 'p' }] }]);
  });

  it('runs five times at once, and no more', async () => {
    const { send } = await standIn({ latency: 50 });
    const answers = await Promise.all(Array.from({ length: 7 }, () => send('POST', PATH, { action: 'enable' })));
    const statuses = answers.map((one) => one.status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect((await send('POST', PATH, { action: 'enable' })).status).toBe(200);
  });
});
