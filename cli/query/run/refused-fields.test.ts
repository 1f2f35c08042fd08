import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import { mergeMappings } from '../../fields/merge-mappings.ts';
import { parseDsl } from '../dsl/parse.ts';
import { searchDsl, searchLucene, type Index } from '../test-support.ts';
import { compilePredicate } from './predicate.ts';

const index: Index = {
  properties: {
    scripted: { type: 'keyword', script: 'emit("x")' },
    name: { type: 'keyword' },
    vector: { type: 'dense_vector' },
  },
  docs: { a: { name: 'x', vector: [1] }, b: { name: 'y' } },
};

const plain: Index = {
  properties: { name: { type: 'keyword' }, vector: { type: 'dense_vector' } },
  docs: index.docs,
};

describe('a field that is not run because of a parameter', () => {
  it('fails a query that compares it or asks whether it exists, and says why', () => {
    expect(searchDsl(index, { term: { scripted: 'x' } })).toBe(
      'fails: a comparison with scripted, which is a keyword with script, cannot be run offline yet',
    );
    expect(searchDsl(index, { exists: { field: 'scripted' } })).toBe(
      'fails: whether scripted (keyword with script) exists cannot be run offline yet',
    );
  });

  it('fails text without a field, which is looked for in it as well', () => {
    expect(searchLucene(index, 'x')).toMatch(/^fails: a comparison with scripted, which is a /);
  });

  it('leaves a type in which no text is looked for out of that, and does not say whether it exists', () => {
    expect(searchLucene(plain, 'x')).toBe('a');
    expect(searchDsl(plain, { exists: { field: 'vector' } })).toBe(
      'fails: whether vector (dense_vector) exists cannot be run offline yet',
    );
  });

  it('fails a query on a metadata field that events do not hold', () => {
    expect(searchDsl(plain, { term: { _ignored: 'name' } })).toBe(
      'fails: a comparison with _ignored, which is a metadata field, cannot be run offline yet',
    );
  });
});

it('fails text without a field over indices that look for it in different fields', () => {
  const of = (field: string) =>
    mappingFromElasticsearch({ properties: { a: { type: 'keyword' } } }, { 'index.query.default_field': field });
  const run =
    (query: string, ...fields: string[]) =>
    () =>
      compilePredicate(parseDsl({ query_string: { query } }), { mapping: mergeMappings(fields.map(of)), now: 0 });
  expect(run('x', 'a', 'b')).toThrow('text without a field over indices that look for it in different ways');
  expect(run('x', 'a', 'a')).not.toThrow();
});
