import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Json } from '../../text/json.ts';
import { Secret } from '../../remote/secret.ts';
import { bulkAction, findRules } from './api.ts';
import { Transport } from './transport.ts';
import { readItems } from './value-list-api.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that answers so by the query of a request, with 200 or another status, and a transport to it. */
async function to(answer: (query: URLSearchParams) => Json, status = 200): Promise<Transport> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer(new URL(request.url ?? '', 'http://x').searchParams)));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new Transport(
    {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      space: 'soc',
      authentication: { kind: 'apiKey', key: new Secret('c2VjcmV0') },
      timeout: 2000,
      concurrency: 2,
      attempts: 1,
      verify: true,
    },
    { fetch, sleep: () => Promise.resolve(), now: () => 0, random: () => 0.5, agent: 'dac/test' },
  );
}

const numbered = (from: number, to: number): Json => Array.from({ length: to - from }, (_, at) => ({ id: `${from + at}` })); // prettier-ignore

it.each<[string, (query: URLSearchParams) => Json]>([
  ['fewer than it counts', () => ({ total: 5, data: numbered(0, 3) })],
  ['more than it counts', () => ({ total: 2, data: numbered(0, 3) })],
  ['one of them twice, as another moved between two pages', (query) => ({ total: 600, data: query.get('page') === '1' ? numbered(0, 500) : numbered(499, 599) })], // prettier-ignore
  ['an empty page where more should come', (query) => ({ total: 600, data: query.get('page') === '1' ? numbered(0, 500) : [] })], // prettier-ignore
])('a search that gives %s is an error, not a shorter list', async (_, answer) => {
  await expect(findRules(await to(answer))).rejects.toThrow(/said that there are \d+ results, and gave \d+/);
});

it('a search that counts more than can be read says so', async () => {
  const page = (query: URLSearchParams): number => Number(query.get('page'));
  const transport = await to((query) => ({
    total: 10_001,
    data: numbered(page(query) * 500, page(query) * 500 + 500),
  }));
  await expect(findRules(transport)).rejects.toThrow('has 10001 results, 10000 can be read');
});

it('a search whose cursor leads nowhere ends', async () => {
  const transport = await to(() => ({ cursor: 'x', data: numbered(0, 1000), total: 9999 }));
  await expect(readItems(transport, 'v')).rejects.toThrow('something else than the cursor of the next page');
});

it('a bulk action that failed in part is an answer with what succeeded, another 500 is none', async () => {
  const attributes = {
    errors: [{ message: 'no', status_code: 500, rules: [{ id: 'a' }] }],
    results: { updated: [{ id: 'b' }], created: [], deleted: [], skipped: [] },
    summary: { failed: 1, succeeded: 1, skipped: 0, total: 2 },
  };
  const partial = { message: 'Bulk edit partially failed', status_code: 500, attributes };
  const action = { action: 'enable', ids: ['a', 'b'] };
  expect(await bulkAction(await to(() => partial, 500), action)).toEqual({ success: false, body: partial });
  const broken = await to(() => ({ message: 'boom', status_code: 500 }), 500);
  await expect(bulkAction(broken, action)).rejects.toThrow('something else than the result of a bulk action');
});
