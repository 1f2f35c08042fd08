import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
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
