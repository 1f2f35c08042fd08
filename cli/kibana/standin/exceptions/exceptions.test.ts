import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../text/json.ts';
import { file, rule, RULES, standIn } from '../test-support.ts';

describe('exception lists', () => {
  it('are not found under an id that the search is parted at', async () => {
    const { send } = await standIn();
    const body = { list_id: 'my list', name: 'L', description: 'd', type: 'detection' };
    expect((await send('POST', '/api/exception_lists', body)).status).toBe(200);
    expect((await send('GET', '/api/exception_lists?list_id=my%20list')).status).toBe(404);
  });

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

describe('an import of exceptions', () => {
  const list = { list_id: 'l', name: 'L', description: 'd', type: 'detection' };
  const item = (list_id: string): JsonObject => ({
    list_id,
    item_id: 'i',
    name: 'I',
    description: 'd',
    type: 'simple',
    entries: [],
  });

  it('makes new lists of those in the file if told so, and their items follow', async () => {
    const { send } = await standIn();
    await send('POST', '/api/exception_lists', list);
    const form = file([list, item('l')], 'x.ndjson');
    expect((await send('POST', '/api/exception_lists/_import?as_new_list=true', form)).json).toMatchObject({
      success: true,
      success_count: 2,
    });
    const { data } = (await send('GET', '/api/exception_lists/_find')).json;
    const ids = (data as JsonObject[]).map((one) => one['list_id'] as string);
    expect([ids.length, ids[0]]).toEqual([2, 'l']);
    expect((await send('GET', `/api/exception_lists/items/_find?list_id=${ids[1] ?? ''}`)).json).toMatchObject({
      total: 1,
    });
  });

  it('takes the last of two lines, names lines that are wrong, and moves no item to another list', async () => {
    const { send } = await standIn();
    const lines = [list, { ...list, name: 'Last' }, item('l'), { list_id: 'x' }, { list_id: 'l', item_id: 'j' }];
    const { errors } = (await send('POST', '/api/exception_lists/_import', file(lines, 'x.ndjson'))).json;
    expect((errors as JsonObject[]).map((one) => one['list_id'])).toEqual([
      '(unknown list_id)',
      '(unknown item_id)',
      'l',
    ]);
    expect((await send('GET', '/api/exception_lists?list_id=l')).json['name']).toBe('Last');
    await send('POST', '/api/exception_lists', { ...list, list_id: 'm' });
    const moved = await send('POST', '/api/exception_lists/_import?overwrite=true', file([item('m')], 'x.ndjson'));
    expect(moved.json['errors']).toMatchObject([
      { error: { message: expect.stringContaining('already exists under list_id: l') as string, status_code: 409 } },
    ]);
  });
});

describe('what the mapping of exception lists does not take', () => {
  const list = { list_id: 'l', name: 'L', description: 'd', type: 'detection' };
  const item: JsonObject = {
    list_id: 'l',
    item_id: 'i',
    name: 'I',
    description: 'd',
    type: 'simple',
    entries: [{ field: 'host.name', operator: 'included', type: 'match', value: 'h' }],
  };
  const long = 'é'.repeat(16_384);
  const META = "failed to parse field [exception-list.meta] of type [keyword]: Can't get text on a START_OBJECT";

  it.each<[string, JsonObject, string]>([
    ['an object as meta', { meta: { a: 1 } }, META],
    ['an empty object as meta', { meta: {} }, META],
    ['a description of more than 32,766 bytes', { description: long }, 'immense term in field="exception-list.description"'],
    ['a tag of more than 32,766 bytes', { tags: ['a', long] }, 'immense term in field="exception-list.tags"'],
  ])('is refused with 400: %s', async (_, more, message) => {
    const { send } = await standIn();
    const refused = async (method: string, path: string, body: JsonObject) => {
      const { status, json } = await send(method, path, body);
      expect({ status, json }).toEqual({
        status: 400,
        json: { message: expect.stringContaining(message) as string, status_code: 400 },
      });
    };
    await refused('POST', '/api/exception_lists', { ...list, ...more });
    await send('POST', '/api/exception_lists', list);
    await refused('PUT', '/api/exception_lists', { ...list, ...more });
    await refused('POST', '/api/exception_lists/items', { ...item, ...more });
    await send('POST', '/api/exception_lists/items', item);
    await refused('PUT', '/api/exception_lists/items', { ...item, ...more });
    const { json } = await send('POST', '/api/exception_lists/_import?overwrite=true', file([{ ...list, ...more }, item]));
    expect(json).toMatchObject({
      success: false,
      success_exception_lists: false,
      success_count_exception_list_items: 1,
      errors: [{ list_id: '(unknown list_id)', error: { status_code: 400, message: expect.stringContaining(message) as string } }],
    });
    const stored = (await send('GET', '/api/exception_lists?list_id=l')).json;
    expect([stored['description'], stored['tags'], 'meta' in stored]).toEqual(['d', [], false]);
  }); // prettier-ignore

  it('is taken at exactly 32,766 bytes, and as many tags as anybody likes', async () => {
    const { send } = await standIn();
    const tag = 'x'.repeat(32_766);
    expect((await send('POST', '/api/exception_lists', { ...list, tags: [`${tag.slice(1)}a`, tag] })).status).toBe(200);
  });
});
