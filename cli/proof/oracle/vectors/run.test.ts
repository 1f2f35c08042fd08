import { describe, expect, it } from 'vitest';
import { isRefused, type Answer, type Refused } from '../answer.ts';
import type { AskedServer } from '../cluster.ts';
import { OurIndex } from '../ours.ts';
import type { VectorIndex } from './case.ts';
import { runVectorIndex } from './run.ts';

const MAPPING = '{"properties":{"a":{"type":"keyword"},"n":{"type":"long"}}}';

/** A server that answers as our engine does, but for what is changed. */
function server(change: {
  readonly mapping?: Refused;
  readonly documents?: ReadonlyMap<string, Refused>;
  readonly answer?: (query: string, answer: Answer) => Answer;
}): AskedServer & { readonly deleted: string[] } {
  const deleted: string[] = [];
  let ours: OurIndex | undefined;
  return {
    deleted,
    version: '9.2.0',
    createIndex: () => {
      const made = OurIndex.create(MAPPING);
      ours = isRefused(made) ? undefined : made;
      return Promise.resolve(change.mapping ?? 'i');
    },
    index: (_, documents) => {
      const refused = ours?.index(documents) ?? new Map<string, Refused>();
      return Promise.resolve(change.documents ?? refused);
    },
    searches: (searches) =>
      Promise.resolve(
        searches.map(({ query }) => {
          const answer = ours?.search({ language: 'dsl', query }, 0) ?? [];
          return change.answer?.(query, answer) ?? answer;
        }),
      ),
    docValues: () => Promise.resolve(new Map([['1', { n: [5] }]])),
    tokens: () => Promise.resolve([]),
    delete: (...names) => Promise.resolve(void deleted.push(...names)),
  };
}

const index = (more: Partial<VectorIndex> = {}): VectorIndex => ({
  suite: 'dsl/eval',
  mapping: MAPPING,
  settings: undefined,
  documents: [
    { id: '1', source: '{"a":"x","n":1.0}' },
    { id: '2', source: '{"n":"no number"}' },
  ],
  refused: new Set(['2']),
  queries: [
    { id: 'v1', question: { language: 'dsl', query: '{"term":{"a":"x"}}' }, expected: ['1'] },
    { id: 'v2', question: { language: 'kuery', query: 'a: (' }, expected: 'fails' },
  ],
  ...more,
});

describe('runVectorIndex', () => {
  it('finds no difference where all three agree', async () => {
    const same = server({});
    expect(await runVectorIndex(same, index())).toEqual({ vectors: 2, pairs: 4, differences: [], notRun: [] });
    expect(same.deleted).toEqual(['i']);
  });

  it('shows a verdict that differs with the document, the query and what the vector says', async () => {
    const { differences } = await runVectorIndex(server({ answer: () => [] }), index());
    expect(differences).toEqual([
      {
        kind: 'verdict',
        suite: 'dsl/eval',
        id: 'v1',
        mapping: { properties: { a: { type: 'keyword' }, n: { type: 'long' } } },
        document: { a: 'x', n: expect.objectContaining({ token: '1.0' }) as unknown },
        query: { term: { a: 'x' } },
        server: 'does not match',
        ours: 'matches',
        expected: 'matches',
      },
    ]);
  });

  it('tells a vector that the server does not hold from a difference between the sides', async () => {
    const [question] = index().queries;
    const wrong = index({ queries: question === undefined ? [] : [{ ...question, expected: [] }] });
    expect((await runVectorIndex(server({}), wrong)).differences).toMatchObject([
      { kind: 'vector', id: 'v1', server: 'finds 1', ours: 'finds 1', expected: 'finds none' },
    ]);
    const refused = index({ refused: new Set() });
    expect((await runVectorIndex(server({}), refused)).differences).toMatchObject([
      { kind: 'vector', document: { n: 'no number' }, expected: 'taken' },
    ]);
  });

  it('shows a document that one side alone takes', async () => {
    const { differences } = await runVectorIndex(server({ documents: new Map() }), index());
    expect(differences).toMatchObject([
      { kind: 'document', document: { n: 'no number' }, query: null, server: 'taken', expected: 'refused' },
    ]);
  });

  it('counts vectors whose types the server lacks as not run, with the type', async () => {
    const mapping = { refused: 'The mapper type [wildcard] declared on field [a] does not exist.' };
    expect(await runVectorIndex(server({ mapping }), index())).toEqual({
      vectors: 0,
      pairs: 0,
      differences: [],
      notRun: ['v1', 'v2'].map((id) => ({ id, reason: 'the server lacks [wildcard]' })),
    });
  });

  it('shows a mapping that one side alone refuses', async () => {
    const refused = await runVectorIndex(server({ mapping: { refused: 'unknown parameter [x]' } }), index());
    expect(refused.differences).toMatchObject([{ kind: 'mapping', server: { refused: 'unknown parameter [x]' } }]);
    const taken = server({});
    const { differences } = await runVectorIndex(taken, index({ mapping: '{"properties":{"a":{"type":"alias"}}}' }));
    expect(differences).toMatchObject([{ kind: 'mapping', server: 'taken' }]);
    expect(taken.deleted).toEqual(['i']);
  });

  it('compares the doc values that the vectors give', async () => {
    const docValues = { field: 'n', expected: new Map([['1', [5]]]) };
    expect((await runVectorIndex(server({}), index({ docValues }))).differences).toMatchObject([
      { kind: 'doc values', id: '1', server: '5', ours: '1', expected: '5' },
    ]);
  });

  it('does not ask what another clock would answer otherwise', async () => {
    const query = '{"query_string":{"query":"n:[now TO *]"}}';
    const queries = [{ id: 'v', question: { language: 'dsl', query }, expected: [], now: 0 }] as const;
    expect(await runVectorIndex(server({}), index({ queries }))).toEqual({
      vectors: 0,
      pairs: 0,
      differences: [],
      notRun: [{ id: 'v', reason: 'the server has another clock' }],
    });
  });
});
