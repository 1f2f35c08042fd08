import { describe, expect, it } from 'vitest';
import type { Json } from '../../text/json.ts';
import { dataViewOf } from '../kql/data-view.ts';
import { buildEsQuery, type EsQueryConfig } from './build-es-query.ts';
import { filterClauses } from './kibana-filter.ts';

const view = dataViewOf(
  [
    { name: 'port', type: 'number', esTypes: ['long'] },
    { name: 'flag', type: 'boolean', esTypes: ['boolean'] },
    { name: 'group.name', type: 'string', esTypes: ['keyword'], nestedPath: 'group' },
  ],
  'view-1',
);

const of = (filter: Json): Json => {
  const { filter: must, mustNot } = filterClauses([filter], view, {});
  return mustNot.length > 0 ? { not: [...mustNot] } : [...must];
};

describe('filterClauses', () => {
  it.each<[string, Json, Json]>([
    ['takes the query', { meta: {}, query: { exists: { field: 'a' } } }, [{ exists: { field: 'a' } }]],
    ['does without meta', { query: { match_all: {} } }, [{ match_all: {} }]],
    ['negates', { meta: { negate: true }, query: { term: { a: 1 } } }, { not: [{ term: { a: 1 } }] }],
    ['drops disabled ones', { meta: { disabled: true }, query: { term: { a: 1 } } }, []],
    ['moves the old form under query', { meta: {}, $state: {}, exists: { field: 'a' } }, [{ exists: { field: 'a' } }]],
    ['keeps every old key, so that Elasticsearch can refuse it', { exists: { field: 'a' }, x: {} }, [{ exists: { field: 'a' }, x: {} }]],
    ['leaves out what stands beside a query', { query: { term: { a: 1 } }, exists: { field: 'b' } }, [{ term: { a: 1 } }]],
    ['makes match_phrase of an old phrase', { query: { match: { port: { query: '80', type: 'phrase', slop: 1 } } } }, [{ match_phrase: { port: { query: 80, slop: 1 } } }]],
    ['also at the top', { match: { flag: { query: 1, type: 'phrase' } } }, [{ match_phrase: { flag: { query: true } } }]],
    ['takes an empty text for the number zero, as JavaScript does', { match: { port: { query: '', type: 'phrase' } } }, [{ match_phrase: { port: { query: 0 } } }]],
    ['leaves other matches alone', { query: { match: { 'group.name': 'x' } } }, [{ match: { 'group.name': 'x' } }]],
    ['wraps a phrase on a nested field', { query: { match_phrase: { 'group.name': 'x' } } }, [{ nested: { path: 'group', query: { match_phrase: { 'group.name': 'x' } } } }]],
    ['wraps exists and range', { query: { range: { 'group.name': { gte: 'a' } } } }, [{ nested: { path: 'group', query: { range: { 'group.name': { gte: 'a' } } } } }]],
    ['wraps phrases by their key', { meta: { type: 'phrases', key: 'group.name' }, query: { bool: {} } }, [{ nested: { path: 'group', query: { bool: {} } } }]],
    ['combines with AND', { meta: { type: 'combined', relation: 'AND', params: [{ meta: { negate: true }, query: { term: { a: 1 } } }, { query: { match_all: {} } }] } }, [{ bool: { must: [], filter: [{ match_all: {} }], should: [], must_not: [{ term: { a: 1 } }] } }]],
    ['combines with OR where nothing is said', { meta: { type: 'combined', params: [{ query: { term: { a: 1 } } }, { meta: { disabled: true } }] } }, [{ bool: { should: [{ bool: { must: [], filter: [{ term: { a: 1 } }], should: [], must_not: [] } }, { bool: { must: [], filter: [], should: [], must_not: [] } }], minimum_should_match: 1 } }]],
    ['skips null', null, []],
  ])('%s', (_what, filter, expected) => {
    expect(of(filter)).toEqual(expected);
  }); // prettier-ignore

  it.each<[Json, string]>([
    [{ query: { match: { flag: { query: 'maybe', type: 'phrase' } } } }, 'a filter compares the boolean field flag with maybe'],
    [{ meta: { type: 'combined' } }, 'a combined filter of the rule has no list of filters'],
    [{ meta: { negate: 'yes' }, query: {} }, 'meta.negate of a filter is yes'],
    [{ meta: { negate: null }, query: {} }, 'meta.negate of a filter is null'],
    ['x', 'a filter of the rule is not a table'],
  ])('refuses %j', (filter, message) => {
    expect(() => of(filter)).toThrow(message);
  }); // prettier-ignore

  it('drops filters on other fields only when asked to', () => {
    const filters: Json[] = [
      { meta: { key: 'nope' }, query: { term: { nope: 1 } } },
      { meta: { key: 'port' }, query: { term: { port: 1 } } },
      { meta: { key: 'x', type: 'custom', index: 'view-1' }, query: { term: { x: 1 } } },
      { meta: { key: 'y', type: 'custom', index: 'view-2' }, query: { term: { y: 1 } } },
    ];
    expect(filterClauses(filters, view, {}).filter).toHaveLength(4);
    expect(filterClauses(filters, view, { ignoreFilterIfFieldNotInIndex: true }).filter).toEqual([
      { term: { port: 1 } },
      { term: { x: 1 } },
    ]);
  });
});

describe('buildEsQuery', () => {
  const config: EsQueryConfig = { queryStringOptions: { analyze_wildcard: true }, dateFormatTZ: 'Zulu' };
  const must = (query: Json): Json => {
    const built = buildEsQuery(undefined, [{ query, language: 'lucene' }], [], config);
    return (built as { bool: { must: Json } }).bool.must;
  };

  it.each<[Json, Json]>([
    ['a:b', [{ query_string: { query: 'a:b', time_zone: 'Zulu', analyze_wildcard: true } }]],
    ['  ', []],
    [{ match_all: {} }, []],
    [{ term: { a: 1 } }, [{ term: { a: 1 } }]],
    [{ query_string: { query: 'x' } }, [{ query_string: { time_zone: 'Zulu', query: 'x', analyze_wildcard: true } }]],
    [{ query_string: { query: 'x', time_zone: 'UTC' } }, [{ query_string: { time_zone: 'UTC', query: 'x', analyze_wildcard: true } }]],
  ])('Lucene %j', (query, expected) => {
    expect(must(query)).toEqual(expected);
  }); // prettier-ignore

  it('removes match_all of filters, but not where it is negated', () => {
    const filters: Json[] = [{ query: { match_all: {} } }, { meta: { negate: true }, query: { match_all: {} } }];
    expect(buildEsQuery(undefined, [{ query: '', language: 'kuery' }], filters, config)).toEqual({
      bool: { must: [], filter: [], should: [], must_not: [{ match_all: {} }] },
    });
  });
});
