import { describe, expect, it } from 'vitest';
import { isRefused } from './answer.ts';
import { OurIndex } from './ours.ts';
import { dslOf } from './question.ts';

const MAPPING = '{"properties":{"a":{"type":"keyword"},"d":{"type":"date"}}}';

function index(): OurIndex {
  const made = OurIndex.create(MAPPING);
  if (isRefused(made)) throw new Error(made.refused);
  return made;
}

describe('our index', () => {
  it('takes and refuses documents, and finds those that it took', () => {
    const ours = index();
    const refused = ours.index([
      { id: '1', source: '{"a":1.0}' },
      { id: '2', source: '{"d":"no date"}' },
      { id: '3', source: '[]' },
      { id: '4', source: '{"a":1}' },
    ]);
    expect([...refused.keys()]).toEqual(['2', '3']);
    expect(ours.search({ language: 'dsl', query: '{"term":{"a":"1.0"}}' }, 0)).toEqual(['1']);
    expect(ours.search({ language: 'kuery', query: 'a: *' }, 0)).toEqual(['1', '4']);
    expect(ours.search({ language: 'lucene', query: '1', fields: ['a'] }, 0)).toEqual(['4']);
    expect(ours.source('2')).toBeUndefined();
  });

  it('leaves out fields that no document has, where a pattern stands for fields, as a server does', () => {
    const ours = index();
    const query = '{"multi_match":{"query":"x","fields":["a","d*"]}}';
    ours.index([{ id: '1', source: '{"a":"x","d":null}' }]);
    expect(ours.search({ language: 'dsl', query }, 0)).toEqual(['1']);
    ours.index([{ id: '2', source: '{"d":0}' }]);
    expect(isRefused(ours.search({ language: 'dsl', query }, 0))).toBe(true);
  });

  it('says why it refuses a mapping or a query', () => {
    expect(OurIndex.create('{"properties":{"a":{"type":"alias"}}}')).toEqual({
      refused: expect.stringContaining('a') as string,
    });
    expect(isRefused(index().search({ language: 'dsl', query: '{"nope":{}}' }, 0))).toBe(true);
    expect(isRefused(index().search({ language: 'kuery', query: 'a: (' }, 0))).toBe(true);
  });
});

describe('dslOf', () => {
  const { mapping } = index();

  it('sends Query DSL as it is written, and query_string with the fields that are given', () => {
    expect(dslOf({ language: 'dsl', query: '{"term":{"a":1.0}}' }, mapping)).toBe('{"term":{"a":1.0}}');
    expect(dslOf({ language: 'lucene', query: 'x', fields: ['*'], parameters: { lenient: true } }, mapping)).toBe(
      '{"query_string":{"query":"x","lenient":true}}',
    );
    expect(dslOf({ language: 'lucene', query: 'x', fields: ['a'] }, mapping)).toBe(
      '{"query_string":{"query":"x","fields":["a"]}}',
    );
  });

  it('sends what KQL becomes, with the filters of the rule', () => {
    const filters = [{ meta: { negate: true }, query: { match_phrase: { a: 'y' } } }];
    expect(JSON.parse(dslOf({ language: 'kuery', query: 'a: x', filters }, mapping))).toEqual({
      bool: {
        filter: [{ bool: { should: [{ term: { a: { value: 'x' } } }], minimum_should_match: 1 } }],
        must_not: [{ match_phrase: { a: 'y' } }],
      },
    });
  });
});
