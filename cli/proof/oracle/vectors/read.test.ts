import { describe, expect, it } from 'vitest';
import { readVectors } from './read.ts';

const file = (vectors: string): string => `{"vectors":[${vectors}]}`;
const MAPPING = '"mapping":{"properties":{"a":{"type":"keyword","null_value":"x"}}}';

describe('readVectors', () => {
  it('reads a vector as a server is asked: closed, numbers as they are spelled', () => {
    const [index, ...more] =
      readVectors(
        'dsl/eval',
        file(
          `{"id":"v1","language":"dsl",${MAPPING},"settings":{"analysis":{}},"docs":[{"id":"1","source":{"a":1.0}}],
            "query":{"term":{"a":1e2}},"expect":["1"],"now":"2024-01-16T12:00:00Z"}`,
        ),
      ) ?? [];
    expect(more).toEqual([]);
    expect(index).toEqual({
      suite: 'dsl/eval',
      mapping: '{"dynamic":false,"properties":{"a":{"type":"keyword","null_value":"x"}}}',
      settings: '{"analysis":{}}',
      documents: [{ id: '1', source: '{"a":1.0}' }],
      refused: new Set(),
      queries: [
        { id: 'v1', question: { language: 'dsl', query: '{"term":{"a":1e2}}' }, expected: ['1'], now: 1705406400000 },
      ],
    });
  });

  it('indexes vectors of the same documents together, and keeps `dynamic` where it is given', () => {
    const docs = '"docs":[{"id":"1","source":{}}],"refused":[{"id":"2","source":{"a":{}}}]';
    const indices = readVectors(
      'real/kql',
      file(
        `{"id":"k","language":"kuery","query":"a: x","config":{"x":1},"filters":[],${MAPPING},${docs},"expect":[]},
         {"id":"l","language":"lucene","query":"a:x","default_fields":["*"],"parameters":{"lenient":true},${MAPPING},${docs},"expect_error":"no"},
         {"id":"m","language":"dsl","query":{},"mapping":{"dynamic":"strict"},${docs},"expect":[]}`,
      ),
    );
    expect(indices?.map(({ queries }) => queries.map(({ id }) => id))).toEqual([['k', 'l'], ['m']]);
    expect(indices?.[0]?.documents.map(({ id }) => id)).toEqual(['1', '2']);
    expect(indices?.[0]?.refused).toEqual(new Set(['2']));
    expect(indices?.[0]?.queries.map(({ question, expected }) => [question, expected])).toEqual([
      [{ language: 'kuery', query: 'a: x', config: { x: 1 }, filters: [] }, []],
      [{ language: 'lucene', query: 'a:x', fields: ['*'], parameters: { lenient: true } }, 'fails'],
    ]);
    expect(indices?.[1]?.mapping).toBe('{"dynamic":"strict"}');
  });

  it('reads a file of values as one index a type', () => {
    const indices = readVectors(
      'real/indexing',
      `{"rows":[{"type":"long","value":1.50,"outcome":"accepted","doc_values":[1]},
        {"type":"ip","value":"x","outcome":"refused"},{"type":"long","value":"x","outcome":"refused"}]}`,
    );
    expect(indices?.map(({ mapping }) => mapping)).toEqual([
      '{"dynamic":false,"properties":{"f":{"type":"long"}}}',
      '{"dynamic":false,"properties":{"f":{"type":"ip"}}}',
    ]);
    expect(indices?.[0]?.documents).toEqual([
      { id: 'long 0', source: '{"f":1.50}' },
      { id: 'long 2', source: '{"f":"x"}' },
    ]);
    expect(indices?.[0]?.refused).toEqual(new Set(['long 2']));
    expect(indices?.[0]?.docValues).toEqual({ field: 'f', expected: new Map([['long 0', [1]]]) });
  });

  it('leaves files of other kinds alone', () => {
    for (const suite of ['kql/parse', 'dsl/standard_tokens', 'eql/cases', 'kibana/defaults', 'reported/cases'])
      expect(readVectors(suite, '{"vectors":[]}')).toBeUndefined();
  });
});
