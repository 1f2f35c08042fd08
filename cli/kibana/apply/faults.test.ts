import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonText, own, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { installRule } from '../standin/index.ts';
import type { Applied } from './apply.ts';
import {
  contentOf,
  connectionTo,
  link,
  list,
  rule,
  testSpace,
  transportTo,
  type TestSpace,
  type Wanted,
} from './test-space.ts';

let box: TestSpace;
const servers: Pick<Server, 'close' | 'closeAllConnections'>[] = [];
beforeEach(async () => {
  box = await testSpace({ concurrency: 1, timeout: 300 });
});
afterEach(async () => {
  await box.server.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const WANTED: Wanted = {
  rules: ['a', 'b', 'c', 'd'].map((id) => rule(id, { enabled: true, exceptions_list: [link('l')] })),
  lists: [list('l')],
};

const isRuleWrite = (request: IncomingMessage): boolean =>
  request.url?.endsWith('/api/detection_engine/rules') === true && request.method !== 'GET';

const answer = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): true => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
  return true;
};

/** Everything a person reads of an apply: outcomes in short, and what ended it. */
function told({ outcomes, halted }: Applied): Record<string, unknown> {
  const plain = (text: string | undefined): string | undefined => text?.replace(/:\d{4,5}/g, ':PORT');
  return {
    outcomes: outcomes.map(({ entry, result, message, help }) =>
      [`${entry.id} ${result}`, plain(message), help].filter((one) => one !== undefined).join(' | '),
    ),
    ...(halted === undefined ? {} : { halted: [halted.kind, plain(halted.message), plain(halted.why), halted.help] }),
  };
}

async function told0(promise: Promise<unknown>): Promise<readonly (string | undefined)[]> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof KnownError)
      return [error.kind, error.message, error.why, error.help].map((text) => text?.replace(/:\d{4,5}/g, ':PORT'));
    throw error;
  }
  throw new Error('no failure');
}

/** The same command once more, without the fault: the space is whole. */
async function finishes(): Promise<void> {
  box.fault = undefined;
  await box.apply(WANTED);
  const whole = await testSpace();
  await whole.apply(WANTED);
  expect(contentOf(box.space)).toEqual(contentOf(whole.space));
  await whole.server.close();
}

/** A fault at the second write of a rule. */
function atSecondRule(handle: (request: IncomingMessage, response: ServerResponse) => boolean, always = true): void {
  let count = 0;
  box.fault = (request, response) => {
    if (!isRuleWrite(request)) return false;
    count++;
    if (count < 2 || (!always && count > 2)) return false;
    request.resume();
    return handle(request, response);
  };
}

describe('a fault of one rule leaves the others to be written', () => {
  it.each([
    [
      '400, schema',
      400,
      {
        statusCode: 400,
        error: 'Bad Request',
        message: '[request body]: max_signals: Number must be greater than or equal to 1',
      },
    ],
    [
      '400, list of texts',
      400,
      { message: ['when "timeline_id" exists, "timeline_title" must also exist'], status_code: 400 },
    ],
    [
      '403 with detail',
      403,
      { message: 'Your license does not support machine learning. Please upgrade your license.', status_code: 403 },
    ],
    ['409', 409, { message: 'default exception list already exists in rule(s): x', status_code: 409 }],
    [
      '413',
      413,
      {
        statusCode: 413,
        error: 'Request Entity Too Large',
        message: 'Payload content length greater than maximum allowed: 1048576',
      },
    ],
    ['500', 500, { message: 'search_phase_execution_exception', status_code: 500 }],
  ])('%s', async (_, status, body) => {
    atSecondRule((_request, response) => answer(response, status, body), false);
    expect(told(await box.apply(WANTED))).toMatchSnapshot();
    expect(box.space.rules.size).toBe(3);
    await finishes();
  });
});

describe('a fault that would meet every rule ends the run', () => {
  const HTML = '<html><title>Sign in</title></html>';
  it.each<[string, (request: IncomingMessage, response: ServerResponse) => boolean]>([
    [
      '401',
      (_, response) =>
        answer(response, 401, {
          statusCode: 401,
          error: 'Unauthorized',
          message: '[security_exception]: unable to authenticate user',
        }),
    ],
    [
      '403 of the platform',
      (_, response) =>
        answer(response, 403, {
          statusCode: 403,
          error: 'Forbidden',
          message:
            'API [POST /api/detection_engine/rules] is unauthorized for user, this action is granted by the Kibana privileges [rules-all]',
        }),
    ],
    ['403 without detail', (_, response) => answer(response, 403, '')],
    [
      '404 of the platform',
      (_, response) => answer(response, 404, { statusCode: 404, error: 'Not Found', message: 'Not Found' }),
    ],
    ['429 that does not end', (_, response) => answer(response, 429, 'Too Many Requests', { 'retry-after': '3' })],
    ['502', (_, response) => answer(response, 502, HTML, { 'content-type': 'text/html' })],
    [
      '503',
      (_, response) =>
        answer(response, 503, { statusCode: 503, error: 'Service Unavailable', message: 'License is not available.' }),
    ],
    ['504', (_, response) => answer(response, 504, '')],
    ['connection reset', (request) => request.socket.destroy().destroyed],
    [
      'reset in the middle of the answer',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' });
        response.write('{"id":"x",');
        setTimeout(() => response.destroy(), 5);
        return true;
      },
    ],
    ['no answer', () => true],
    [
      'an answer that drips',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
        return true;
      },
    ],
    ['half an answer', (_, response) => answer(response, 200, '{"id":"x","name":"y')],
    ['a web page', (_, response) => answer(response, 200, HTML, { 'content-type': 'text/html' })],
    [
      'a redirect to another host',
      (_, response) => answer(response, 302, '', { location: 'https://elsewhere.example.org/login' }),
    ],
  ])('%s', async (_, handle) => {
    atSecondRule(handle);
    const applied = await box.apply(WANTED);
    expect(told(applied)).toMatchSnapshot();
    expect(applied.halted?.kind).toBe('remote');
    expect(box.space.rules.size).toBe(1);
    // Whatever was written is off: a rule goes on only when all is in place.
    expect([...box.space.rules.values()].map((one) => own(one, 'enabled'))).toEqual([false]);
    await finishes();
  });
});

describe('a fault before anything is written leaves the space alone', () => {
  it.each<[string, (request: IncomingMessage, response: ServerResponse) => boolean]>([
    [
      '401',
      (_, response) => answer(response, 401, { statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' }),
    ],
    [
      '404, no such space',
      (_, response) => answer(response, 404, { statusCode: 404, error: 'Not Found', message: 'Not Found' }),
    ],
    [
      '403 for the lock',
      (request, response) =>
        request.url?.includes('exception_lists') === true &&
        answer(response, 403, {
          statusCode: 403,
          error: 'Forbidden',
          message: 'API [GET /api/exception_lists] is unauthorized',
        }),
    ],
    [
      'an export that lies about its count',
      (request, response) =>
        request.url?.includes('_export') === true &&
        answer(
          response,
          200,
          `${JSON.stringify({ exported_count: 7, exported_rules_count: 7, missing_rules: [] })}\n`,
          { 'content-type': 'application/ndjson' },
        ),
    ],
  ])('%s', async (_, handle) => {
    box.fault = (request, response) => handle(request, response);
    expect(await told0(box.apply(WANTED))).toMatchSnapshot();
    expect(box.space.rules.size).toBe(0);
    await finishes();
  });

  it('nothing listens', async () => {
    const plan = box.plan(WANTED);
    await box.server.close();
    expect(await told0(box.apply(plan))).toMatchSnapshot();
  });

  it('a certificate that nobody knows', async () => {
    const server = createTlsServer(selfSigned(), (_, response) => response.end('{}'));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const plan = { ...box.plan(WANTED), target: { url, space: 'soc' } };
    const transport = transportTo(connectionTo(url));
    expect(await told0(box.apply(plan, { transport }))).toMatchSnapshot();
  });
});

describe('a fault that passes is sat out', () => {
  it('429, not before Retry-After', async () => {
    atSecondRule((_, response) => answer(response, 429, 'Too Many Requests', { 'retry-after': '7' }), false);
    expect(told(await box.apply(WANTED)).outcomes).toEqual(['l done', 'a done', 'b done', 'c done', 'd done']);
    expect(box.slept).toEqual([7000]);
  });

  it('a rule that Kibana writes to itself, as it runs', async () => {
    await box.apply(WANTED);
    const rules = (WANTED.rules ?? []).map((one) => ({ ...one, severity: 'high' }));
    let count = 0;
    box.fault = (request, response) => {
      if (!isRuleWrite(request) || ++count > 2) return false;
      request.resume();
      return answer(response, 409, { message: 'Saved object [alert/x] conflict', status_code: 409 });
    };
    expect(told(await box.apply({ ...WANTED, rules })).outcomes).toEqual(['a done', 'b done', 'c done', 'd done']);
    expect(box.slept).toEqual([500, 1000]);
  });

  it('but not where somebody else has changed the rule meanwhile', async () => {
    await box.apply(WANTED);
    const rules = (WANTED.rules ?? []).map((one) => ({ ...one, severity: 'high' }));
    let count = 0;
    box.fault = (request, response) => {
      if (!isRuleWrite(request) || ++count > 1) return false;
      request.resume();
      const [id, there] = [...box.space.rules].find(([, one]) => own(one, 'rule_id') === 'a') ?? [];
      if (id !== undefined && there !== undefined)
        box.space.rules.set(id, { ...there, note: 'theirs', updated_by: 'eve' });
      return answer(response, 409, { message: 'Saved object [alert/x] conflict', status_code: 409 });
    };
    const { outcomes } = await box.apply({ ...WANTED, rules });
    expect(outcomes.map(({ entry, result }) => `${entry.id} ${result}`)).toEqual([
      'a conflict',
      'b done',
      'c done',
      'd done',
    ]);
    expect([...box.space.rules.values()].map((one) => own(one, 'note'))).toContain('theirs');
  });

  it('503 at a creation: whether it was carried out is looked up, and it is made once', async () => {
    atSecondRule((_, response) => answer(response, 503, {}), false);
    expect(told(await box.apply(WANTED)).outcomes).toEqual(['l done', 'a done', 'b done', 'c done', 'd done']);
    expect(box.space.rules.size).toBe(4);
  });

  it('an answer that is lost after the rule was made', async () => {
    let count = 0;
    box.fault = (request, response) => {
      if (isRuleWrite(request) && ++count === 2) response.end = () => response.destroy();
      return false;
    };
    expect(told(await box.apply(WANTED)).outcomes).toEqual(['l done', 'a done', 'b done', 'c done', 'd done']);
    expect(box.space.rules.size).toBe(4);
  });
});

describe('a server that lies', () => {
  it('says that it stored a rule, and did not', async () => {
    box.fault = (request, response) => {
      if (!isRuleWrite(request)) return false;
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => answer(response, 200, { ...(JSON.parse(text) as JsonObject), id: 'x' }));
      return true;
    };
    const off = { rules: [rule('a')] };
    expect(told(await box.apply(off))).toMatchSnapshot();
  });

  it('drops the exceptions of a rule: it is not enabled', async () => {
    const last = box.space.rules.set.bind(box.space.rules);
    box.space.rules.set = (id, one) => last(id, { ...one, exceptions_list: [] });
    expect(told(await box.apply({ ...WANTED, rules: WANTED.rules?.slice(0, 1) ?? [] }))).toMatchSnapshot();
    expect([...box.space.rules.values()].map((one) => own(one, 'enabled'))).toEqual([false]);
  });
});

it('a list that fails keeps the rules that need it from being written, and no others', async () => {
  let count = 0;
  box.fault = (request, response) => {
    if (request.method !== 'POST' || request.url?.endsWith('/exception_lists') !== true) return false;
    // The first is the list of the lock.
    if (++count === 1) return false;
    request.resume();
    return answer(response, 500, { message: 'no shard available', status_code: 500 });
  };
  const rules = [...(WANTED.rules ?? []).slice(0, 2), rule('free', { enabled: true })];
  expect(told(await box.apply({ ...WANTED, rules }))).toMatchSnapshot();
  expect([...box.space.rules.values()].map((one) => own(one, 'rule_id'))).toEqual(['free']);
  await finishes();
});

it('names that would speak to a terminal or leave a folder stay data', async () => {
  // Characters of KQL are not in an id: a plan refuses them, as Kibana would not find the rule again.
  const hostile = ['../../x', 'a\u001b[31mb', '__proto__', 'a/b?c#d', '%2e%2e', '$x', "';--"];
  const wanted: Wanted = { rules: hostile.map((id) => rule(id, { name: `${id}"*{}`, enabled: true })) };
  const applied = await box.apply(wanted);
  expect(applied.outcomes.map(({ result }) => result)).toEqual(hostile.map(() => 'done'));
  expect([...box.space.rules.values()].map((one) => jsonText(own(one, 'rule_id'))).sort()).toEqual([...hostile].sort());
  expect(box.plan(wanted).entries).toEqual([]);
  expect((await box.apply({ rules: [] })).outcomes.map(({ result }) => result)).toEqual(hostile.map(() => 'done'));
  expect(box.space.rules.size).toBe(0);
});

it('5,000 rules are made from nothing, each once, and there is nothing to do then', async () => {
  const rules = Array.from({ length: 5000 }, (_, at) => rule(`r${at}`));
  const transport = transportTo(connectionTo(box.server.url, { timeout: 20_000, concurrency: 8 }));
  const applied = await box.apply({ rules }, { transport });
  expect(new Set(applied.outcomes.map(({ result }) => result))).toEqual(new Set(['done']));
  expect(new Set([...box.space.rules.values()].map((one) => own(one, 'rule_id'))).size).toBe(5000);
  expect(box.space.rules.size).toBe(5000);
  expect(box.plan({ rules }).entries).toEqual([]);
}, 120_000);

it('20 of 5,000 rules are changed, and nobody else is touched', async () => {
  const all = Array.from({ length: 5000 }, (_, at) => rule(`r${at}`));
  for (const { document = {} } of box.plan({ rules: all }).entries) installRule(document, 'soc', box.server.world);
  const changed = all.map((one, at) => (at % 250 === 0 ? { ...one, severity: 'high' } : one));
  const transport = transportTo(connectionTo(box.server.url, { timeout: 20_000 }));
  const applied = await box.apply({ rules: changed }, { transport });
  expect(applied.outcomes.map(({ result }) => result)).toEqual(Array.from({ length: 20 }, () => 'done'));
  const severities = [...box.space.rules.values()].map((one) => own(one, 'severity'));
  expect(severities.filter((one) => one === 'high')).toHaveLength(20);
  expect(box.space.rules.size).toBe(5000);
}, 60_000);

/** A certificate for the loopback that no authority has signed. */
function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'dac-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '2',
      '-subj',
      '/CN=127.0.0.1',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    ],
    { stdio: 'ignore' },
  );
  const pair = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return pair;
}
