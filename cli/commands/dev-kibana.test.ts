import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { devKibana } from './dev-kibana.ts';
import type { Host } from './host.ts';

function box() {
  const said = { out: '', err: '' };
  const host: Host = {
    cwd: '/',
    env: {},
    terminal: false,
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    stdin: () => new Uint8Array(),
    now: () => 0,
    clock: () => 0,
  };
  return { host, said };
}

describe('dac dev kibana', () => {
  it('says how to reach it, answers any key, and stops', async () => {
    const { host, said } = box();
    let url = '';
    const code = await devKibana(host, { port: '0' }, async () => {
      url = /DAC_KIBANA_URL=(\S+)/.exec(said.out)?.[1] ?? '';
      const answer = await fetch(`${url}/api/detection_engine/rules/_find`, { headers: { authorization: 'ApiKey x' } });
      expect(await answer.json()).toEqual({ page: 1, perPage: 20, total: 0, data: [] });
    });
    expect(code).toBe(0);
    expect(said.out).toBe(
      `export DAC_KIBANA_URL=${url}\nexport DAC_KIBANA_SPACE=default\nexport DAC_KIBANA_API_KEY=any\n`,
    );
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(said.err).toContain('takes any API key');
    await expect(fetch(url)).rejects.toThrow();
  });

  it('has an Elasticsearch behind it that holds the events of files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dac-events-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'a.ndjson'), '{"_index":"logs-x-default","_id":"1","n":1}\n{"n":2}\n');
    const { host, said } = box();
    const code = await devKibana(host, { port: '0', searchPort: '0', events: [folder] }, async () => {
      const url = /DAC_ELASTICSEARCH_URL=(\S+)/.exec(said.out)?.[1] ?? '';
      const headers = { authorization: 'ApiKey x' };
      const answer = await fetch(`${url}/logs-*/_search`, { method: 'POST', headers, body: '{"size":5}' });
      expect(answer.headers.get('x-elastic-product')).toBe('Elasticsearch');
      expect(await answer.json()).toMatchObject({
        hits: {
          total: { value: 2 },
          hits: [
            { _index: 'logs-x-default', _id: '1', _source: { n: 1 } },
            { _index: 'logs-standin-default', _source: { n: 2 } },
          ],
        },
      });
      expect((await fetch(url)).status).toBe(401);
    });
    expect(code).toBe(0);
  });

  it('puts events without an index into the data stream that they name, and says how many are where and when', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dac-events-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const stream = (dataset: unknown) => ({ type: 'logs', dataset, namespace: 'prod' });
    const events = [
      { '@timestamp': '2026-01-01T10:00:00Z', data_stream: stream('okta.system') },
      { '@timestamp': '2026-01-01T09:00:00Z', 'data_stream.type': 'logs', 'data_stream.dataset': 'okta.system', data_stream: { namespace: 'prod' } },
      { _index: 'mine', _id: '1', _source: { '@timestamp': '2026-01-01T10:00:00Z', data_stream: stream('okta.system') } },
      ...['Upper', 'a/b', '', 3].map((dataset) => ({ data_stream: stream(dataset) })),
      { data_stream: { type: 'logs', dataset: 'okta.system' } },
    ];
    writeFileSync(join(folder, 'a.ndjson'), events.map((one) => JSON.stringify(one)).join('\n'));
    const { host, said } = box();
    await devKibana(host, { port: '0', searchPort: '0', events: [folder] }, () => Promise.resolve());
    expect(said.err.split('\n').slice(-6)).toEqual([
      '8 events in 3 indices:',
      '  logs-standin-default  5, without a @timestamp',
      '  logs-okta.system-prod  2, 2026-01-01T09:00:00Z to 2026-01-01T10:00:00Z',
      '  mine  1, at 2026-01-01T10:00:00Z',
      '',
      '',
    ]);
  }); // prettier-ignore

  it('refuses events that are none, and a port for them that is none', async () => {
    const { host } = box();
    await expect(devKibana(host, { port: '0', events: ['/no/such/file'] })).rejects.toThrow(
      'there is no file or folder',
    );
    await expect(devKibana(host, { port: '0', searchPort: '70000', events: [] })).rejects.toThrow(
      '--search-port 70000',
    );
  });

  it('refuses a port that is none, or taken', async () => {
    const { host } = box();
    await expect(devKibana(host, { port: 'x' })).rejects.toThrow('--port x is no port');
    await expect(devKibana(host, { port: '0', latency: 'x' })).rejects.toThrow('--latency x');
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(devKibana(host, { port: String(port) })).rejects.toMatchObject({
      why: 'another program listens there',
    });
    taken.close();
  });
});
