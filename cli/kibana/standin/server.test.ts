import { describe, expect, it } from 'vitest';
import { RULES, rule, standIn } from './test-support.ts';

describe('the HTTP layer', () => {
  it('refuses what Kibana refuses, in its own error shape', async () => {
    const { send } = await standIn();
    const shape = (status: number, error: string, message: string) => ({ statusCode: status, error, message });
    expect((await send('GET', '/api/nothing')).json).toEqual(shape(404, 'Not Found', 'Not Found'));
    expect((await send('GET', `/s/nowhere${RULES}/_find`)).json).toEqual(shape(404, 'Not Found', 'Not Found'));
    expect(
      (await send('GET', `${RULES}/_find`, undefined, { 'elastic-api-version': '2020-01-01' })).json,
    ).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('Available versions are: [2023-10-31]') as string,
    });
    expect((await send('POST', RULES, rule('a', { name: 'x'.repeat(1_100_000) }))).json).toEqual(
      shape(413, 'Request Entity Too Large', 'Payload content length greater than maximum allowed: 1048576'),
    );
  });

  it('asks for credentials and for kbn-xsrf', async () => {
    const { server } = await standIn();
    expect((await fetch(`${server.url}${RULES}/_find`)).status).toBe(401);
    const redacted = await fetch(`${server.url}/api/status`);
    expect(await redacted.json()).toEqual({ status: { overall: { level: 'available' } } });
    const bare = await fetch(server.url + RULES, { method: 'POST', headers: { authorization: 'ApiKey x' } });
    expect(await bare.json()).toMatchObject({ message: 'Request must contain a kbn-xsrf header.' });
  });

  it('says which privilege is missing', async () => {
    const { send, world } = await standIn();
    world.circumstances.missing.add('rules-all');
    expect((await send('POST', RULES, rule('a'))).json).toMatchObject({
      statusCode: 403,
      message: expect.stringContaining('[rules-all]') as string,
    });
    expect((await send('GET', `${RULES}/_find`)).status).toBe(200);
  });

  it('answers late if told so, and lets a fault take a request', async () => {
    const slow = await standIn({ latency: 30 });
    const start = performance.now();
    await slow.send('GET', '/api/status');
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
    const broken = await standIn({
      fault: (_, response) => {
        response.writeHead(503).end('busy');
        return true;
      },
    });
    expect((await broken.send('GET', '/api/status')).text).toBe('busy');
  });

  it('knows spaces, which can be made and deleted', async () => {
    const { send } = await standIn();
    const path = '/api/spaces/space';
    expect((await send('POST', path, { id: 'Dev', name: 'D' })).status).toBe(400);
    expect((await send('POST', path, { id: 'dev', name: 'D' })).json).toEqual({
      id: 'dev',
      name: 'D',
      disabledFeatures: [],
    });
    expect((await send('POST', path, { id: 'dev', name: 'D' })).status).toBe(409);
    await send('POST', `/s/dev${RULES}`, rule('a'));
    expect((await send('GET', `/s/dev${RULES}?rule_id=a`)).status).toBe(200);
    expect((await send('DELETE', `${path}/dev`)).status).toBe(204);
    expect((await send('GET', `/s/dev${RULES}?rule_id=a`)).status).toBe(404);
    expect((await send('DELETE', `${path}/default`)).status).toBe(400);
  });

  it('tells version and flavour to those who say who they are', async () => {
    const { send, world } = await standIn();
    world.circumstances.flavor = 'serverless';
    expect((await send('GET', '/api/status')).json).toMatchObject({
      version: { number: '9.3.1', build_flavor: 'serverless' },
    });
  });
});
