import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../text/json.ts';
import { standIn } from '../test-support.ts';

const textFile = (text: string, name: string): FormData => {
  const form = new FormData();
  form.append('file', new Blob([text]), name);
  return form;
};

async function withList() {
  const { send } = await standIn();
  await send('POST', '/api/lists/index');
  await send('POST', '/api/lists', { id: 'v', name: 'V', description: 'd', type: 'ip', meta: { a: 1 } });
  return send;
}

describe('value lists', () => {
  it('need their data streams, which are made once', async () => {
    const { send } = await standIn();
    const list = { id: 'v', name: 'V', description: 'd', type: 'ip' };
    expect((await send('POST', '/api/lists', list)).status).toBe(400);
    expect((await send('GET', '/api/lists/index')).status).toBe(404);
    expect((await send('POST', '/api/lists/index')).json).toEqual({ acknowledged: true });
    expect((await send('POST', '/api/lists/index')).status).toBe(409);
    expect((await send('POST', '/api/lists', list)).status).toBe(200);
    expect((await send('POST', '/api/lists', list)).json).toEqual({
      message: 'list id: "v" already exists',
      status_code: 409,
    });
  });

  it('take a file of values, each once, and give it back', async () => {
    const send = await withList();
    const load = (text: string) => send('POST', '/api/lists/items/_import?list_id=v', textFile(text, 'v.txt'));
    await load('1.1.1.1\r\n2.2.2.2\n\n1.1.1.1\n');
    await load('2.2.2.2\n3.3.3.3');
    expect((await send('POST', '/api/lists/items/_export?list_id=v')).text).toBe('1.1.1.1\n2.2.2.2\n3.3.3.3\n');
    expect((await send('GET', '/api/lists/items/_find?list_id=v&per_page=2')).json).toMatchObject({
      total: 3,
      per_page: 2,
    });
    const values: unknown[] = [];
    for (let cursor = '', page = 0; page < 2; page++) {
      const { json } = await send(
        'GET',
        `/api/lists/items/_find?list_id=v&per_page=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      cursor = json['cursor'] as string;
      values.push(...(json['data'] as JsonObject[]).map((one) => one['value']));
    }
    expect(values).toEqual(['1.1.1.1', '2.2.2.2', '3.3.3.3']);
    expect((await send('GET', '/api/lists/items/_find?list_id=v&cursor=x')).status).toBe(400);
    expect((await send('DELETE', '/api/lists/items?list_id=v&value=2.2.2.2')).json).toMatchObject([
      { value: '2.2.2.2' },
    ]);
    expect((await send('GET', '/api/lists/items?list_id=v&value=2.2.2.2')).status).toBe(404);
  });

  it('keep meta at a PATCH and lose it at a PUT; a stale _version is refused', async () => {
    const send = await withList();
    const patched = (await send('PATCH', '/api/lists', { id: 'v', name: 'W' })).json;
    expect(patched).toMatchObject({ name: 'W', meta: { a: 1 }, version: 2 });
    const put = { id: 'v', name: 'X', description: 'd', _version: patched['_version'] ?? '' };
    expect((await send('PUT', '/api/lists', put)).json).not.toHaveProperty('meta');
    expect((await send('PUT', '/api/lists', put)).json['message']).toContain('Conflict: versions mismatch');
  });

  it('that exceptions use go only if told so', async () => {
    const send = await withList();
    await send('POST', '/api/exception_lists', { list_id: 'l', name: 'L', description: 'd', type: 'detection' });
    const entry = { field: 'source.ip', operator: 'included', type: 'list', list: { id: 'v', type: 'ip' } };
    const item = { list_id: 'l', item_id: 'i', name: 'I', description: 'd', type: 'simple', entries: [entry] };
    await send('POST', '/api/exception_lists/items', item);
    const match = { field: 'host.name', operator: 'included', type: 'match', value: 'h' };
    await send('POST', '/api/exception_lists/items', { ...item, item_id: 'j', entries: [entry, match] });
    const refused = await send('DELETE', '/api/lists?id=v');
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining("Value list 'v' is referenced")]);
    expect((await send('DELETE', '/api/lists?id=v&deleteReferences=true')).status).toBe(200);
    expect((await send('GET', '/api/exception_lists/items?item_id=i')).status).toBe(404);
    expect((await send('GET', '/api/exception_lists/items?item_id=j')).json['entries']).toEqual([match]);
  });
});
