import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Endpoint } from '../remote/endpoint.ts';
import { RemoteError } from '../remote/remote-error.ts';
import { Secret } from '../remote/secret.ts';
import { Cluster } from './client.ts';

const KEY = 'a2V5LWlkOmtleS1zZWNyZXQ=';
const PRODUCT = { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' };

/** A server that answers as it is told, and what asks it. */
async function talk(handle: RequestListener, more: Partial<Endpoint> = {}) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint: Endpoint = {
    url: `http://127.0.0.1:${port}`,
    authentication: { kind: 'apiKey', key: new Secret(KEY) },
    timeout: 5000,
    verify: true,
    ...more,
  };
  const cluster = await Cluster.open(endpoint, 'dac/test');
  onTestFinished(async () => {
    await cluster.close();
    server.closeAllConnections();
    server.close();
  });
  return { cluster, port, server };
}

const GET = { method: 'GET', path: '/logs-*/_search' } as const;

async function failure(cluster: Cluster, port: number): Promise<string[]> {
  const error: unknown = await cluster.request(GET).catch((caught: unknown) => caught);
  if (!(error instanceof RemoteError)) throw new Error(`no RemoteError: ${String(error)}`);
  return [error.message, error.why ?? '', error.help ?? ''].map((one) => one.replaceAll(String(port), 'PORT'));
}

const answering =
  (status: number, body: string, headers: Record<string, string> = PRODUCT): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

describe('an Elasticsearch', () => {
  it('is asked with the key, and its long numbers keep their digits', async () => {
    const seen: (string | undefined)[] = [];
    const { cluster } = await talk((request, response) => {
      seen.push(request.method, request.url, request.headers.authorization, request.headers['user-agent']);
      seen.push(request.headers['x-elastic-client-meta'] as string | undefined);
      response.writeHead(200, PRODUCT).end('{"id": 9223372036854775807, "__proto__": {"x": 1}}');
    });
    const { body } = await cluster.request({ ...GET, query: { a: 'b c' } });
    expect(JSON.stringify(body)).toBe('{"id":"9223372036854775807","__proto__":{"x":1}}');
    expect(seen).toEqual(['GET', '/logs-*/_search?a=b%20c', `ApiKey ${KEY}`, 'dac/test', undefined]);
  });

  it('is asked in no version of its own, since others refuse that', async () => {
    const seen: (string | undefined)[] = [];
    const { cluster } = await talk((request, response) => {
      seen.push(`${request.headers.accept ?? ''} ${request.headers['content-type'] ?? ''}`);
      response.writeHead(200, PRODUCT).end('{}');
    });
    await cluster.request(GET);
    await cluster.request({ method: 'POST', path: '/_search', body: { size: 0 } });
    expect(seen).toEqual(['application/json application/json', 'application/json application/json']);
  });

  it('takes a status that is accepted as an answer', async () => {
    const { cluster } = await talk(answering(404, '{"error": "no"}'));
    expect(await cluster.request({ ...GET, accept: [404] })).toEqual({ status: 404, body: { error: 'no' } });
  });

  it('is asked again after 503, as nothing is changed by asking', async () => {
    let times = 0;
    const { cluster } = await talk((_, response) =>
      ++times < 3
        ? void response.writeHead(503, PRODUCT).end('{}')
        : void response.writeHead(200, PRODUCT).end('{"ok":true}'),
    );
    expect((await cluster.request(GET)).body).toEqual({ ok: true });
    expect(times).toBe(3);
  });

  it.each([
    [401, '{"error":{"type":"security_exception","reason":"unable to authenticate","root_cause":[]},"status":401}'],
    [403, '{"error":{"root_cause":[{"reason":"action [read] is unauthorized"}],"reason":"all"},"status":403}'],
    [404, '{"error":{"root_cause":[{"reason":"no such index [\\u001b[31mx]"}]},"status":404}'],
    [429, '{"error":"busy"}'],
    [500, '{"error":{"type":"null_pointer_exception"}}'],
  ])('says what %i means and what to do', async (status, body) => {
    const { cluster, port } = await talk(answering(status, body));
    expect(await failure(cluster, port)).toMatchSnapshot();
  });

  it('is told from something else by its header', async () => {
    const { cluster, port } = await talk(answering(200, '{}', { 'content-type': 'application/json' }));
    expect(await failure(cluster, port)).toMatchSnapshot();
  });

  it('is told from a web page', async () => {
    const { cluster, port } = await talk(answering(403, '<html>Sign in</html>', { 'content-type': 'text/html' }));
    expect(await failure(cluster, port)).toMatchSnapshot();
  });

  it('does not take the key to where a redirect leads', async () => {
    const { cluster, port } = await talk(answering(302, '', { location: 'http://127.0.0.1:1/' }));
    expect(await failure(cluster, port)).toMatchSnapshot();
  });

  it('answers JSON, or it is an error', async () => {
    const { cluster, port } = await talk(answering(200, '{"hits": ['));
    expect(await failure(cluster, port)).toMatchSnapshot();
    const text = await talk(answering(200, 'hello', { ...PRODUCT, 'content-type': 'text/plain' }));
    expect(await failure(text.cluster, text.port)).toMatchSnapshot();
  });

  it('has to answer in time', async () => {
    const { cluster, port } = await talk(() => undefined, { timeout: 200 });
    expect(await failure(cluster, port)).toMatchSnapshot();
    const slow = await talk((_, response) => void response.writeHead(200, PRODUCT).write('{'), { timeout: 300 });
    expect(await failure(slow.cluster, slow.port)).toMatchSnapshot();
  });

  it('has to be there', async () => {
    const { cluster, port, server } = await talk(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(cluster, port)).toMatchSnapshot();
  });

  it('has to finish what it begins', async () => {
    const { cluster, port } = await talk((_, response) => {
      response.writeHead(200, { ...PRODUCT, 'content-length': '100' }).write('{"a":');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await failure(cluster, port)).toMatchSnapshot();
  });

  it('is reached through a proxy', async () => {
    const { port } = await talk(
      (request, response) => void response.writeHead(200, PRODUCT).end(JSON.stringify(request.url)),
    );
    const connects: (string | undefined)[] = [];
    const { connect } = await import('node:net');
    const proxy = createServer().on('connect', (request, socket) => {
      connects.push(request.url);
      const onwards = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onwards.pipe(socket).pipe(onwards);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const endpoint: Endpoint = {
      url: 'http://search.example:9200',
      authentication: { kind: 'basic', user: 'elastic', password: new Secret('changeme') },
      timeout: 5000,
      verify: true,
      proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    };
    const cluster = await Cluster.open(endpoint, 'dac/test');
    const { body } = await cluster.request(GET).catch((error: unknown) => ({ body: String(error) }));
    await cluster.close();
    expect(connects).toEqual(['search.example:9200']);
    expect(body).not.toContain('changeme');
  });
});
