import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { KnownError } from '../../text/known-error.ts';
import { addressOf, type Connection } from './connection.ts';
import { Secret } from '../../remote/secret.ts';
import { retryAfter, Transport, type Request } from './transport.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on the loopback, and a transport to it that waits for nothing. */
async function to(handler: Handler, more: Partial<Connection> = {}) {
  const seen: IncomingMessage[] = [];
  const slept: number[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    request.resume();
    request.on('end', () => handler(request, response, seen.length));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connection: Connection = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    space: 'soc',
    authentication: { kind: 'apiKey', key: new Secret('c2VjcmV0LWlkOnNlY3JldC1rZXk=') },
    timeout: 2000,
    concurrency: 2,
    attempts: 4,
    verify: true,
    ...more,
  };
  const transport = new Transport(connection, {
    fetch,
    sleep: (time) => {
      slept.push(time);
      return Promise.resolve();
    },
    now: () => 0,
    random: () => 0.5,
    agent: 'dac/0',
  });
  return { transport, seen, slept, connection };
}
const reply = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};
const GET: Request = { method: 'GET', path: '/api/detection_engine/rules' };
const POST: Request = { method: 'POST', path: '/api/detection_engine/rules', json: { name: 'x' } };

/** The message of a failure, without the port. */
async function failure(transport: Transport, request: Request): Promise<string[]> {
  try {
    await transport.json(request);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    expect(error.kind).toBe('remote');
    return [error.message, error.why ?? '', error.help ?? ''].map((text) => text.replace(/:\d{4,5}/g, ':PORT'));
  }
  throw new Error('no failure');
}

describe('a request', () => {
  it('goes to the space with key, version and marker, and brings the JSON back', async () => {
    const { transport, seen } = await to((_, response) => reply(response, 200, { total: 1 }));
    expect(await transport.json({ ...GET, query: { rule_id: 'a/b', fields: ['x', 'y'] } })).toMatchObject({
      body: { total: 1 },
    });
    expect(seen[0]?.url).toBe('/s/soc/api/detection_engine/rules?rule_id=a%2Fb&fields=x&fields=y');
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'ApiKey c2VjcmV0LWlkOnNlY3JldC1rZXk=',
      'kbn-xsrf': 'dac',
      'elastic-api-version': '2023-10-31',
      'user-agent': 'dac/0',
    });
  });

  it('has no prefix for the default space', async () => {
    const { connection } = await to(() => undefined);
    expect(new URL(addressOf({ ...connection, space: 'default' }, '/api/status')).pathname).toBe('/api/status');
    expect(new URL(addressOf({ ...connection, space: 'a/../b' }, '/api/status')).pathname).toBe(
      '/s/a%2F..%2Fb/api/status',
    );
  });

  it('waits for its turn when as many are under way as may be', async () => {
    let running = 0;
    let most = 0;
    const { transport } = await to((_, response) => {
      most = Math.max(most, ++running);
      setTimeout(() => {
        running--;
        reply(response, 200, {});
      }, 10);
    });
    await Promise.all(Array.from({ length: 7 }, () => transport.json(GET)));
    expect(most).toBe(2);
  });
});

describe('a request is sent again', () => {
  it('after 503, with growing pauses, when that is safe', async () => {
    const { transport, seen, slept } = await to((_, response, count) =>
      count < 3 ? reply(response, 503, 'busy') : reply(response, 200, {}),
    );
    await transport.json(GET);
    expect([seen.length, slept]).toEqual([3, [500, 1000]]);
  });

  it('after 429 even if it creates something, and not before Retry-After', async () => {
    const { transport, seen, slept } = await to((_, response, count) =>
      count === 1 ? reply(response, 429, 'Too Many Requests', { 'retry-after': '7' }) : reply(response, 200, {}),
    );
    await transport.json(POST);
    expect([seen.length, slept]).toEqual([2, [7000]]);
  });

  it('not after 503 if it creates something, nor after 500 at all', async () => {
    const busy = await to((_, response) => reply(response, 503, {}));
    await expect(busy.transport.json(POST)).rejects.toThrow('answered 503');
    const broken = await to((_, response) => reply(response, 500, { message: 'x', status_code: 500 }));
    await expect(broken.transport.json(GET)).rejects.toThrow('answered 500: x');
    expect([busy.seen.length, broken.seen.length]).toEqual([1, 1]);
  });

  it('a bounded number of times', async () => {
    const { transport, seen } = await to((_, response) => reply(response, 504, ''));
    await expect(transport.json(GET)).rejects.toThrow('answered 504');
    expect(seen).toHaveLength(4);
  });

  it('after a cut connection when that is safe, and not otherwise', async () => {
    const cut: Handler = (request, response, count) => {
      if (count === 1) request.socket.destroy();
      else reply(response, 200, {});
    };
    const read = await to(cut);
    await read.transport.json(GET);
    expect(read.seen).toHaveLength(2);
    const write = await to(cut);
    expect(await failure(write.transport, POST)).toEqual([
      'POST /api/detection_engine/rules on space "soc" at 127.0.0.1:PORT got no answer: the connection was cut',
      '',
      'run the same command again',
    ]);
    expect(write.seen).toHaveLength(1);
  });
});

describe('a failure says what to do', () => {
  it.each([
    [401, { statusCode: 401, error: 'Unauthorized', message: '[security_exception]: unable to authenticate' }],
    [403, { message: 'API [POST /api/detection_engine/rules] is unauthorized', status_code: 403 }],
    [403, {}],
    [404, { statusCode: 404, error: 'Not Found', message: 'Not Found' }],
    [400, { message: ['one thing', 'another\u001b[31m'], status_code: 400 }],
    [413, { statusCode: 413, message: 'Payload content length greater than maximum allowed: 9000000' }],
  ])('%s %j', async (status, body) => {
    const { transport } = await to((_, response) => reply(response, status, body));
    expect(await failure(transport, GET)).toMatchSnapshot();
  });

  it('when a web page answers', async () => {
    const { transport } = await to((_, response) =>
      reply(response, 200, '<html>log in</html>', { 'content-type': 'text/html' }),
    );
    expect(await failure(transport, GET)).toMatchSnapshot();
  });

  it('when nothing listens', async () => {
    const { transport } = await to(() => undefined);
    servers.at(-1)?.close();
    expect(await failure(transport, GET)).toMatchSnapshot();
  });

  it('when there is no TLS where the address says https', async () => {
    const { connection } = await to(() => undefined);
    const url = connection.url.replace('http:', 'https:');
    const transport = new Transport({ ...connection, url, attempts: 1 }, { fetch, sleep: () => Promise.resolve(), now: () => 0, random: () => 0.5, agent: 'dac/0' }); // prettier-ignore
    expect((await failure(transport, GET)).join(' ')).toContain('it speaks no TLS there');
  });

  it('when the answer never ends', async () => {
    const { transport } = await to(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"a":');
      },
      { timeout: 50, attempts: 1 },
    );
    expect(await failure(transport, GET)).toMatchSnapshot();
  });

  it('when the answer is cut off', async () => {
    const { transport } = await to((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"a":');
      setTimeout(() => response.destroy(), 5);
    });
    expect(await failure(transport, GET)).toMatchSnapshot();
  });
});

it.each([301, 302, 303, 307, 308])('credentials and body do not follow a redirect, %s', async (status) => {
  const other = await to((_, response) => reply(response, 200, {}));
  const { transport, seen } = await to((_, response) => {
    response.writeHead(status, { location: `${other.connection.url}/steal` });
    response.end();
  });
  for (const request of [GET, POST])
    expect(await failure(transport, request)).toEqual([
      `${request.method} /api/detection_engine/rules was redirected to http://127.0.0.1:PORT`,
      'credentials do not follow a redirect',
      'give the address that Kibana really has',
    ]);
  expect(seen).toHaveLength(2);
  expect(other.seen).toEqual([]);
});

describe('secrets', () => {
  const secret = new Secret('c2VjcmV0LWlkOnNlY3JldC1rZXk=');

  it('do not show when they are printed', () => {
    expect([String(secret), JSON.stringify({ secret }), `${secret.toString()}`]).toEqual([
      '***',
      '{"secret":"***"}',
      '***',
    ]);
  });

  it('are masked in texts of others, also in parts', () => {
    expect(secret.mask('key c2VjcmV0LWlkOnNlY3JldC1rZXk= is secret-id:secret-key, or secret-key')).toBe(
      'key *** is ***, or ***',
    );
  });
});

it('Retry-After is a number of seconds or a date, within a minute', () => {
  expect(['5', '9999', 'Thu, 01 Jan 1970 00:00:10 GMT', 'soon', null].map((one) => retryAfter(one, 2000))).toEqual([
    5000,
    60000,
    8000,
    undefined,
    undefined,
  ]);
});
