import { describe, expect, it } from 'vitest';
import { Secret } from '../../remote/secret.ts';
import { previewRule, readDataView } from './preview-api.ts';
import { Transport } from './transport.ts';

interface Sent {
  readonly url: string;
  readonly body: unknown;
}

/** A transport whose requests get this answer, or this error. */
function answered(answer: Error | { readonly status?: number; readonly body: unknown }) {
  const sent: Sent[] = [];
  const fetch = (url: string, init: { readonly body?: string }): Promise<Response> => {
    sent.push({ url, body: init.body === undefined ? undefined : JSON.parse(init.body) });
    if (answer instanceof Error) return Promise.reject(answer);
    const { status = 200, body } = answer;
    return Promise.resolve(
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
    );
  };
  const transport = new Transport(
    {
      url: 'http://host',
      space: 'soc',
      authentication: { kind: 'apiKey', key: new Secret('a2V5OmtleQ==') },
      timeout: 1000,
      concurrency: 1,
      attempts: 3,
      verify: true,
    },
    {
      fetch: fetch as unknown as typeof globalThis.fetch,
      sleep: () => Promise.resolve(),
      now: () => 0,
      random: () => 0,
      agent: 'dac/test',
    },
  );
  return { transport, sent };
}

const REQUEST = { rule: { name: 'R' }, invocationCount: 3, timeframeEnd: Date.UTC(2026, 0, 31, 12) };

describe('the preview of a rule', () => {
  it('is asked for with its runs, and gives each of them', async () => {
    const { transport, sent } = answered({
      body: {
        previewId: 'p',
        isAborted: true,
        logs: [{ errors: ['e', 3], warnings: ['w'], startedAt: '2026-01-31T12:00:00.000Z', duration: 5 }],
      },
    });
    expect(await previewRule(transport, REQUEST)).toEqual({
      id: 'p',
      aborted: true,
      runs: [{ errors: ['e'], warnings: ['w'], startedAt: '2026-01-31T12:00:00.000Z', duration: 5 }],
    });
    expect(sent).toEqual([
      {
        url: 'http://host/s/soc/api/detection_engine/rules/preview',
        body: { name: 'R', invocationCount: 3, timeframeEnd: '2026-01-31T12:00:00.000Z' },
      },
    ]);
  });

  it('may be refused with 200, without an id', async () => {
    const { transport } = answered({
      body: { logs: [{ errors: ['Invalid invocation count'], warnings: [], duration: 0 }] },
    });
    expect(await previewRule(transport, REQUEST)).toEqual({
      aborted: false,
      runs: [{ errors: ['Invalid invocation count'], warnings: [], duration: 0 }],
    });
  });

  it('has the time that Kibana takes, and is not asked for twice', async () => {
    const { transport, sent } = answered(new DOMException('', 'TimeoutError'));
    await expect(previewRule(transport, REQUEST)).rejects.toThrow('no whole answer within 90 s');
    expect(sent).toHaveLength(1);
  });
});

describe('a data view', () => {
  it('gives its patterns and runtime fields', async () => {
    const runtimeFieldMap = { day: { type: 'keyword' } };
    const { transport, sent } = answered({ body: { data_view: { title: 'logs-*, winlogbeat-*', runtimeFieldMap } } });
    expect(await readDataView(transport, 'a/b')).toEqual({ patterns: ['logs-*', 'winlogbeat-*'], runtime: runtimeFieldMap });
    expect(sent[0]?.url).toBe('http://host/s/soc/api/data_views/data_view/a%2Fb');
  });

  it('that is not there is told from a route or a space that is not', async () => {
    const missing = (message: string) => answered({ status: 404, body: { statusCode: 404, error: 'Not Found', message } });
    expect(await readDataView(missing('Saved object [index-pattern/x] not found').transport, 'x')).toBeUndefined();
    await expect(readDataView(missing('Not Found').transport, 'x')).rejects.toThrow('answered 404');
    await expect(readDataView(answered({ body: { data_view: { id: 'x' } } }).transport, 'x')).rejects.toThrow('a data view');
  });
}); // prettier-ignore
