import { describe, expect, it, onTestFinished } from 'vitest';
import { emptySpace, newWorld, startSearch, steady } from '../index.ts';

async function searching() {
  const world = newWorld(steady());
  world.spaces.set('soc', emptySpace('SOC'));
  const event = (id: string, index: string, at: string) => ({ index, id, ordinal: world.events.length, source: { '@timestamp': at, process: { name: id, mine: 3 } } }); // prettier-ignore
  world.events.push(event('a', 'logs-endpoint.events.process-default', '2026-01-01T10:00:00Z'));
  world.events.push(event('b', '.ds-logs-endpoint.events.process-x-2026.01.01-000001', '2026-01-01T09:00:00Z'));
  const server = await startSearch({ world });
  onTestFinished(() => server.close());
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: 'ApiKey x' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, product: response.headers.get('x-elastic-product'), json: (await response.json()) as Record<string, unknown> }; // prettier-ignore
  };
  return { send, world };
}

describe('the Elasticsearch of a stand-in', () => {
  it('searches, sorts, and goes on after the last hit', async () => {
    const { send } = await searching();
    const first = await send('POST', '/logs-*/_search', { size: 1, sort: [{ '@timestamp': 'asc' }] });
    expect(first).toMatchObject({ status: 200, product: 'Elasticsearch' });
    expect(first.json).toMatchObject({ hits: { total: { value: 2 }, hits: [{ _id: 'b', sort: [Date.UTC(2026, 0, 1, 9)] }] } });
    const next = await send('POST', '/logs-*/_search', { sort: [{ '@timestamp': 'asc' }], search_after: [Date.UTC(2026, 0, 1, 9)] });
    expect(next.json).toMatchObject({ hits: { hits: [{ _id: 'a' }] } });
    const some = await send('POST', '/logs-*/_search', { query: { term: { 'process.name': 'a' } } });
    expect(some.json).toMatchObject({ hits: { total: { value: 1 } } });
  }); // prettier-ignore

  it('keeps a point in time, and knows no other', async () => {
    const { send } = await searching();
    const { json } = await send('POST', '/logs-*/_pit?keep_alive=1m');
    const page = await send('POST', '/_search', { pit: { id: json['id'] }, sort: [{ _shard_doc: 'asc' }] });
    expect(page.json).toMatchObject({ pit_id: json['id'], hits: { hits: [{ _id: 'a', sort: [0] }, { _id: 'b', sort: [1] }] } });
    expect(await send('POST', '/_search', { pit: { id: 'x' } })).toMatchObject({ status: 404 });
    expect(await send('DELETE', '/_pit', { id: json['id'] })).toMatchObject({ status: 200 });
  }); // prettier-ignore

  it('maps fields as the tables say, and others as dynamic mapping does', async () => {
    const { send, world } = await searching();
    const made = world.events.map((one) => ({ ...one, index: 'logs-auditd_manager.auditd-default' }));
    world.events.push(...made);
    const index = 'logs-endpoint.events.process-default';
    const { json } = await send('GET', `/${index}`);
    expect(Object.keys(json)).toEqual([index]);
    const { properties } = (json[index] as { mappings: { properties: Record<string, object> } }).mappings;
    expect(properties['process.name']).toMatchObject({ type: 'keyword', fields: { text: {} } });
    // The template of Elastic Defend maps nothing that it does not list; that of the audit logs does.
    expect(properties['process.mine']).toBeUndefined();
    const caps = await send('POST', '/logs-*/_field_caps?fields=*');
    expect(caps.json).toMatchObject({ fields: { 'process.mine': { long: { type: 'long' } } } });
  });

  it.each([
    ['POST', '/logs-*/_search', '{"query":', 400],
    ['POST', '/logs-*/_search', { query: { made_up: {} } }, 400],
    ['POST', '/logs-*/_search', { sort: [3] }, 400],
    ['POST', '/logs-*/_search', '['.repeat(300) + ']'.repeat(300), 400],
    ['GET', '/%zz', undefined, 400],
    ['PUT', '/logs-x', {}, 400],
    ['POST', '/.preview.alerts-security.alerts-soc/_search', {}, 404],
    ['POST', '/.preview.alerts-security.alerts-nowhere/_refresh', undefined, 404],
  ])('answers %s %s %j with %s', async (method, path, body, status) => {
    const { send } = await searching();
    const answer = await send(method, path, body);
    expect(answer.status).toBe(Number(status));
    expect(answer.json).toMatchObject({ status: Number(status) });
  });
});
