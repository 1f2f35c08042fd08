import { describe, expect, it, onTestFinished } from 'vitest';
import type { Json } from '../../text/json.ts';
import { OracleCluster } from './cluster.ts';
import { NoAnswer, NotRun } from './not-run.ts';
import { fakeServer, type AskedRequest, type FakeAnswer } from './test-support.ts';

type Given = FakeAnswer | undefined;

/** A cluster over a server that answers `/` and, by `answer`, everything else. */
async function cluster(answer: (request: AskedRequest) => Given) {
  const server = await fakeServer((request) =>
    request.path === '/' ? { body: { version: { number: '9.2.0' } } } : answer(request),
  );
  const opened = await OracleCluster.connect(server.url);
  onTestFinished(() => opened.close());
  return { opened, asked: server.asked };
}

const hits = (...ids: string[]): Json => ({ _shards: { failed: 0 }, hits: { hits: ids.map((_id) => ({ _id })) } });
const MADE = { body: { acknowledged: true } };
const parseError: Given = { status: 400, body: { error: { reason: 'unknown query [nope]' } } };

describe('a cluster', () => {
  it('makes indices of its own names, closed with the settings given, and deletes them', async () => {
    const { opened, asked } = await cluster(() => MADE);
    const name = await opened.createIndex('{"properties":{}}', '{"analysis":{"x":1.0}}');
    if (typeof name !== 'string') throw new Error(name.refused);
    expect(name).toMatch(/^dac-oracle-[0-9a-f]+-1$/);
    await opened.close();
    expect(asked.slice(1).map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      `PUT /${name} {"settings":{"number_of_shards":1,"number_of_replicas":0,"refresh_interval":-1,"analysis":{"x":1.0}},"mappings":{"properties":{}}}`,
      `DELETE /${name}?ignore_unavailable=true `,
    ]);
  });

  it('deletes what is still being made when it is closed, and makes nothing more', async () => {
    const { opened, asked } = await cluster(() => MADE);
    const made = opened.createIndex('{}');
    await opened.close();
    const name = await made;
    if (typeof name !== 'string') throw new Error(name.refused);
    expect(asked.at(-1)).toMatchObject({ method: 'DELETE', path: `/${name}?ignore_unavailable=true` });
    await expect(opened.createIndex('{}')).rejects.toThrow('the run was ended');
  });

  it('sends documents as they are written, one a line, and says which are refused', async () => {
    const { opened, asked } = await cluster(() => ({
      body: { items: [{ index: { status: 201 } }, { index: { status: 400, error: { reason: 'no date' } } }] },
    }));
    const refused = await opened.index('i', [
      { id: '1', source: '{"a":\n1.0}' },
      { id: '2', source: '{"d":"x"}' },
    ]);
    expect([...refused]).toEqual([['2', { refused: 'no date' }]]);
    expect(asked.at(-1)?.body).toBe('{"index":{"_id":"1"}}\n{"a": 1.0}\n{"index":{"_id":"2"}}\n{"d":"x"}\n');
  });

  it('gives ids, and the reason of a search that fails on its shard', async () => {
    const failures = [{ reason: { reason: 'outer', caused_by: { reason: 'inner' } } }];
    const { opened } = await cluster(({ body }) =>
      body.includes('term') ? { body: hits('2', '1') } : { body: { _shards: { failed: 1, failures } } },
    );
    expect(await opened.search('i', '{"term":{"a":1}}')).toEqual(['2', '1']);
    expect(await opened.search('i', '{"range":{}}')).toEqual({ refused: 'inner' });
  });

  it('finds the query that does not parse and fails a request of many', async () => {
    const { opened } = await cluster(({ body }) => {
      if (body.includes('nope')) return parseError;
      const queries = body.split('\n').filter((line) => line.includes('"query"'));
      const decoded = queries.map((line) =>
        Buffer.from(/"query":"([^"]+)"/.exec(line)?.[1] ?? '', 'base64').toString(),
      );
      const responses = decoded.map((inner, at) =>
        inner.includes('nope') ? { status: 400, error: { reason: 'unknown query [nope]' } } : hits(String(at)),
      );
      return { body: { responses } };
    });
    const search = (query: string) => ({ index: 'i', query });
    const answers = await opened.searches(['{"a":1}', '{"nope":1}', '{"b":1}'].map(search));
    expect(answers).toEqual([['0'], { refused: 'unknown query [nope]' }, ['1']]);
  });

  it('keeps the digits of long doc values', async () => {
    const { opened } = await cluster(() => ({
      body: { _shards: { failed: 0 }, hits: { hits: [{ _id: '1', fields: { f: [1, 2] } }, { _id: '2' }] } },
    }));
    expect(await opened.docValues('i', [{ field: 'f' }])).toEqual(
      new Map([
        ['1', { f: [1, 2] }],
        ['2', {}],
      ]),
    );
  });

  it.each([
    ['a server that is ill', { status: 503, body: { error: { reason: 'no master' } } }, 'the server answered 503: no master'],
    ['a server without memory', { status: 429, body: { error: { reason: 'Data too large' } } }, 'the server answered 429: Data too large'],
    ['a server that ends', undefined, /^the server at 127\.0\.0\.1:\d+ does not answer/],
  ])('takes %s for no answer', async (_, given: Given, said) => {
    const { opened } = await cluster(() => given);
    await expect(opened.search('i', '{}')).rejects.toThrow(said);
    await expect(opened.index('i', [{ id: '1', source: '{}' }])).rejects.toThrow(NotRun);
  }); // prettier-ignore

  it.each([
    ['what is no search', { took: 1 }],
    ['nothing', {}],
    ['a hit without an id', { _shards: { failed: 0 }, hits: { hits: [{}] } }],
  ])('takes %s for no answer to a search', async (_, body) => {
    const one = await cluster(() => ({ body }));
    await expect(one.opened.search('i', '{}')).rejects.toThrow(`the server answered 200: ${JSON.stringify(body)}`);
    await expect(one.opened.docValues('i', [{ field: 'f' }])).rejects.toThrow(NoAnswer);
    await expect(one.opened.aggregations('i', '{}')).rejects.toThrow(NoAnswer);
    const many = await cluster(() => ({ body: { responses: [body, body] } }));
    const search = { index: 'i', query: '{}' };
    await expect(many.opened.searches([search, search])).rejects.toThrow(NoAnswer);
  });

  it('takes what is no answer of its kind for none', async () => {
    const { opened } = await cluster(() => ({ body: { took: 1 } }));
    await expect(opened.createIndex('{}')).rejects.toThrow('the server answered 200: {"took":1}');
    await expect(opened.index('i', [{ id: '1', source: '{}' }])).rejects.toThrow(NoAnswer);
    await expect(opened.tokens('standard', 'a')).rejects.toThrow(NoAnswer);
  });

  it('takes half an answer for none', async () => {
    const { opened } = await cluster(() => ({ body: '', text: '{"took":1,"hits":{' }));
    await expect(opened.search('i', '{}')).rejects.toThrow(
      /^the server at 127\.0\.0\.1:\d+ answered what is no JSON \(/,
    );
    await expect(opened.search('i', '{}')).rejects.toThrow(NotRun);
  });

  it('says why without the name of the index, so that a reason is counted once', async () => {
    const { opened } = await cluster(({ path }) => ({ status: 500, body: { error: { reason: `[${path.slice(1)}] is ill` } } }));
    await expect(opened.createIndex('{}')).rejects.toThrow('the server answered 500: [index] is ill');
  }); // prettier-ignore

  it('takes a document that a full disk refuses for no answer', async () => {
    const item = { index: { status: 500, error: { reason: 'No space left on device' } } };
    const { opened } = await cluster(() => ({ body: { items: [item] } }));
    await expect(opened.index('i', [{ id: '1', source: '{}' }])).rejects.toThrow(
      'the server answered 500: No space left on device',
    );
  });
});

describe('connecting', () => {
  it('asks the node where the root has no answer, as a core server', async () => {
    const server = await fakeServer(({ path }) =>
      path === '/' ? { status: 405, body: { error: 'no' } } : { body: { nodes: { x: { version: '8.18.8' } } } },
    );
    const opened = await OracleCluster.connect(server.url);
    expect(opened.version).toBe('8.18.8');
    await opened.close();
  });

  it.each([
    ['nothing', 'http://127.0.0.1:1', /^the server at 127\.0\.0\.1:1 does not answer/],
    ['no address', 'localhost', '"localhost" is no address of a server'],
    ['an address of another protocol', 'ftp://localhost', '"ftp://localhost" is no address of a server'],
    ['a host without a protocol', 'localhost:9200', '"localhost:9200" is no address of a server: it begins with http'],
  ])('says that %s is there', async (_, url, said) => {
    await expect(OracleCluster.connect(url)).rejects.toThrow(said);
  });

  it('says that something else answers, or that it wants credentials', async () => {
    const other = await fakeServer(() => ({ body: { version: { number: '2.0.0' } } }), 'Other');
    await expect(OracleCluster.connect(other.url)).rejects.toThrow(/^no Elasticsearch answers at 127/);
    const closed = await fakeServer(() => ({ status: 401, body: {} }));
    await expect(OracleCluster.connect(closed.url)).rejects.toThrow(/ wants other credentials$/);
  });
});
