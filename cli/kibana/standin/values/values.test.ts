import { describe, expect, it, vi } from 'vitest';
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

  it('take a file of values and give it back', async () => {
    const send = await withList();
    const load = (text: string) => send('POST', '/api/lists/items/_import?list_id=v', textFile(text, 'v.txt'));
    await load('1.1.1.1\r\n2.2.2.2\n\n1.1.1.1\n');
    await load('x\n3.3.3.3');
    const exported = async () => (await send('POST', '/api/lists/items/_export?list_id=v')).text;
    // "x" is no address: it is dropped, and nobody is told.
    await vi.waitFor(async () => expect(await exported()).toBe('1.1.1.1\n2.2.2.2\n3.3.3.3\n'));
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

  it('have what was imported before the answer, unless a delay is asked for', async () => {
    const { send, world } = await standIn();
    await send('POST', '/api/lists/index');
    const later = vi.spyOn(globalThis, 'setTimeout');
    await send('POST', '/api/lists/items/_import?type=ip', textFile('127.0.0.1', 'v.txt'));
    const delays = later.mock.calls.map(([, delay]) => delay);
    later.mockRestore();
    expect(delays.filter((delay) => delay === 0)).toEqual([]);
    expect([...(world.spaces.get('default')?.valueItems.values() ?? [])].map((one) => one['value'])).toEqual(['127.0.0.1']);
  }); // prettier-ignore

  it('have what was imported only a while after the answer, and have it twice if it was there', async () => {
    const { send, world } = await standIn();
    await send('POST', '/api/lists/index');
    await send('POST', '/api/lists', { id: 'r', name: 'R', description: 'd', type: 'ip_range' });
    const load = (text: string) => send('POST', '/api/lists/items/_import?list_id=r', textFile(text, 'r.txt'));
    const exported = async () => (await send('POST', '/api/lists/items/_export?list_id=r')).text;
    world.circumstances.importDelay = 100;
    expect((await load('10.0.0.1\n')).status).toBe(200);
    expect(await exported()).toBe('');
    await vi.waitFor(async () => expect(await exported()).toBe('10.0.0.1-10.0.0.1\n'));
    await load('10.0.0.1\n');
    await vi.waitFor(async () => expect(await exported()).toBe('10.0.0.1-10.0.0.1\n10.0.0.1-10.0.0.1\n'));
  });

  it('take no file whose name stands under a header in another spelling', async () => {
    const send = await withList();
    const part = (header: string) =>
      `--b\r\n${header}: form-data; name="file"; filename="v.txt"\r\n\r\n1.1.1.1\r\n--b--\r\n`;
    const load = (body: string) =>
      send('POST', '/api/lists/items/_import?list_id=v', new Blob([body]), {
        'content-type': 'multipart/form-data; boundary=b',
      });
    expect((await load(part('content-disposition'))).json['message']).toBe(
      'To import a list item, the file name must be specified',
    );
    expect((await load(part('Content-Disposition'))).status).toBe(200);
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
