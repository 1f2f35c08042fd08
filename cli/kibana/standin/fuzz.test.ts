import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newWorld, startStandIn, steady, type StandIn } from './index.ts';
import { routes } from './routes.ts';

async function standIn(latency?: number): Promise<StandIn> {
  const server = await startStandIn({ world: newWorld(steady()), ...(latency === undefined ? {} : { latency }) });
  onTestFinished(() => server.close());
  return server;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Over a plain socket's client, which sends what fetch would refuse to. */
const exchange = (
  server: StandIn,
  { method, path, headers, body }: Sent,
): Promise<{ status: number; type: string; text: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const asked = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          text: Buffer.concat(parts).toString('utf8'),
        }),
      );
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });

/** An answer has a status that HTTP knows, and is JSON or lines of it; a fault of the stand-in would be a 500 of the platform. */
function check({ status, type, text }: { status: number; type: string; text: string }, sent: Sent): void {
  const where = `${sent.method} ${sent.path} ${sent.body.slice(0, 500)}: ${status} ${text.slice(0, 200)}`;
  if (![200, 204, 400, 401, 403, 404, 409, 413, 415, 429, 500].includes(status)) throw new Error(where);
  if (text.includes('An internal server error occurred')) throw new Error(where);
  if (sent.method === 'HEAD' || status === 204 || text === '') return;
  const value = sent.path.includes('/lists/items/_export');
  if (type.startsWith('application/json')) JSON.parse(text);
  else if (!value) for (const line of text.trim().split('\n')) if (line !== '') JSON.parse(line);
}

const keys = [
  'action', 'actions', 'alert_suppression', 'comments', 'connector_type_id', 'description', 'edit', 'entries', 'exceptions_list',
  'filters', 'id', 'ids', 'index', 'interval', 'item_id', 'items', 'language', 'list_id', 'machine_learning_job_id', 'meta', 'name',
  'namespace_type', 'objects', 'query', 'required_fields', 'risk_score', 'rule_id', 'severity', 'tags', 'threat', 'threshold',
  'throttle', 'type', 'value', 'version', '_version', '__proto__', 'constructor', 'toString',
]; // prettier-ignore
const words = [
  '', 'a', 'query', 'eql', 'threshold', 'machine_learning', 'simple', 'detection', 'rule_default', 'edit', 'delete', 'duplicate',
  'export', 'run', 'add_tags', 'set_rule_actions', 'set_schedule', 'high', 'single', 'agnostic', 'match', 'nested', '1h', '5m', 'ip',
  '__proto__', 'constructor', '\u0000\ud800', '../../x', '2026-01-01T00:00:00.000Z', 'alert.attributes.name:((', '*', '{a}',
]; // prettier-ignore
const key = fc.oneof(fc.constantFrom(...keys), fc.string({ maxLength: 8 }));
const scalar = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 12 }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 8, noNullPrototype: true }),
  ),
})).value;

/** A body close to a good one: good members, of which some are replaced. */
const GOOD = {
  type: 'query', rule_id: 'a', name: 'N', description: 'D', risk_score: 1, severity: 'low', query: 'a: b', list_id: 'l', item_id: 'i',
  id: 'x', value: 'v', action: 'edit', edit: [{ type: 'add_tags', value: ['t'] }], entries: [], connector_type_id: '.index', config: {},
  items: [], invocationCount: 1, timeframeEnd: '2026-01-01T00:00:00.000Z',
}; // prettier-ignore
const near = fc
  .dictionary(fc.oneof(fc.constantFrom(...Object.keys(GOOD)), fc.constantFrom(...keys)), json, {
    maxKeys: 4,
    noNullPrototype: true,
  })
  .map((changes) => ({ ...GOOD, ...changes }));

const form = (lines: readonly unknown[], name: string): { body: string; type: string } => ({
  body: `--B\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/ndjson\r\n\r\n${lines.map((one) => JSON.stringify(one)).join('\n')}\r\n--B--\r\n`,
  type: 'multipart/form-data; boundary=B',
});

const sent: fc.Arbitrary<Sent> = fc
  .record({
    route: fc.constantFrom(...routes),
    content: fc.oneof(
      near.map((one) => ({ body: JSON.stringify(one), type: 'application/json' })),
      json.map((one) => ({ body: JSON.stringify(one), type: 'application/json' })),
      fc.array(fc.oneof(near, json), { maxLength: 4 }).map((lines) => form(lines, 'x.ndjson')),
      fc.string().map((body) => ({ body, type: 'multipart/form-data; boundary=B' })),
      fc.string().map((body) => ({ body, type: 'text/plain' })),
    ),
    query: fc.dictionary(
      fc.constantFrom(
        'id',
        'rule_id',
        'list_id',
        'item_id',
        'namespace_type',
        'filter',
        'sort_field',
        'sort_order',
        'page',
        'per_page',
        'value',
        'overwrite',
        'overwrite_exceptions',
        'as_new_list',
        'dry_run',
        'file_name',
        'type',
        'include_expired_exceptions',
      ),
      fc.oneof(fc.constantFrom(...words, 'true', 'false', '1', '-1', '1e9'), fc.string({ maxLength: 10 })),
      { maxKeys: 4, noNullPrototype: true },
    ),
    segment: fc.oneof(
      fc.constantFrom('x', '%', '%00', '..', '__proto__'),
      fc.string({ maxLength: 6 }).map(encodeURIComponentSafely),
    ),
  })
  .map(({ route, content, query, segment }) => {
    const search = new URLSearchParams(query).toString();
    return {
      method: route.method,
      path: route.path.replace(/\{\w+\}/, segment.replace(/[?#/]/g, '')) + (search === '' ? '' : `?${search}`),
      headers: { authorization: 'ApiKey x', 'kbn-xsrf': 'x', 'content-type': content.type },
      body: route.method === 'GET' ? '' : content.body,
    };
  });

function encodeURIComponentSafely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return 'x';
  }
}

describe('the stand-in lives through', () => {
  it('any request to any of its routes, one after the other in one world', async () => {
    const server = await standIn();
    await fc.assert(
      fc.asyncProperty(fc.array(sent, { minLength: 1, maxLength: 6 }), async (requests) => {
        for (const one of requests) check(await exchange(server, one), one);
      }),
      { numRuns: 150 },
    );
    expect((await exchange(server, { method: 'GET', path: '/api/status', headers: {}, body: '' })).status).toBe(200);
  }, 60_000);

  it('paths, methods, headers and bodies that are none', async () => {
    const server = await standIn();
    const base: Sent = { method: 'GET', path: '/', headers: { authorization: 'ApiKey x', 'kbn-xsrf': 'x' }, body: '' };
    const deep = '['.repeat(100_000);
    const cases: readonly (readonly [Partial<Sent>, number])[] = [
      [{ path: '//' }, 404],
      [{ path: '/s//api/status' }, 404],
      [{ path: '/%' }, 404],
      [{ path: '/s/%E0%A4%A/api/status' }, 400],
      [{ path: '/api/actions/connector/%E0%A4%A' }, 400],
      [{ path: 'http://other.example/api/status' }, 404],
      [{ method: 'TRACE', path: '/api/status' }, 404],
      [{ method: 'HEAD', path: '/api/status' }, 404],
      [{ path: '/api/detection_engine/rules/_find?per_page=1e99' }, 400],
      [{ path: '/api/detection_engine/rules/_find?page=101&per_page=100' }, 400],
      [{ path: '/api/detection_engine/rules/_find?per_page=' }, 400],
      [{ path: '/api/exception_lists/_find?per_page=0' }, 400],
      [{ method: 'POST', path: '/api/detection_engine/rules', body: deep }, 400],
      [{ method: 'POST', path: '/api/detection_engine/rules', body: deep + ']'.repeat(100_000) }, 400],
      [{ method: 'POST', path: '/api/detection_engine/rules', body: '{"a":1e999}' }, 400],
      [{ method: 'POST', path: '/api/detection_engine/rules', body: 'null' }, 400],
      [{ method: 'POST', path: '/api/detection_engine/rules' }, 400],
      [{ method: 'POST', path: '/api/detection_engine/rules/_import' }, 500],
    ];
    for (const [more, status] of cases) {
      const one = { ...base, ...more };
      const answer = await exchange(server, one);
      check(answer, one);
      expect([one.path, one.body.slice(0, 20), answer.status]).toEqual([one.path, one.body.slice(0, 20), status]);
    }
  });

  it('a caller that hangs up in the middle of a body, or before the answer', async () => {
    const server = await standIn(20);
    const port = Number(new URL(server.url).port);
    for (const text of [
      'POST /api/detection_engine/rules HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"a"',
      'GET /api/status HTTP/1.1\r\nhost: x\r\n\r\n',
      'nonsense\r\n\r\n',
    ])
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(text, () => setTimeout(() => socket.destroy(), 5)),
        );
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
      });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect((await exchange(server, { method: 'GET', path: '/api/status', headers: {}, body: '' })).status).toBe(200);
  });
});
