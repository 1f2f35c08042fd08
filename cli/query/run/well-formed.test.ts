import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { parseJsonSpelled } from '../../text/parse-json.ts';
import { parseDsl } from '../dsl/parse.ts';
import { searchDsl, type Index } from '../test-support.ts';
import { compilePredicate } from './predicate.ts';

const mapping = mappingFromElasticsearch({ properties: { n: { type: 'long' } } });

/** Which of the numbers a range finds, or why it is refused. */
function found(range: JsonObject, stack?: string): unknown {
  try {
    const test = compilePredicate(parseDsl({ range: { n: range } }), {
      mapping,
      now: 0,
      ...(stack === undefined ? {} : { stack }),
    });
    return [1, 5, 9].filter((n) => test({ index: 'i', id: '1', source: { n }, ordinal: 0 }));
  } catch (error) {
    if (error instanceof KnownError) return error.message;
    throw error;
  }
}

describe('parameters of a range that are gone since 9.0', () => {
  it.each<[JsonObject, unknown]>([
    [{ from: 5 }, [5, 9]],
    [{ from: 5, include_lower: false }, [9]],
    [{ include_lower: false, from: 5 }, [9]],
    [{ include_lower: false, gte: 5 }, [5, 9]],
    [{ gt: 5, include_lower: true }, [5, 9]],
    [{ to: 5, include_upper: false }, [1]],
    [{ lt: 5, to: 6 }, [1, 5]],
    [{ to: 6, lt: 5 }, [1]],
    [{ from: null, to: null }, [1, 5, 9]],
    [{ from: 'abc' }, '"abc" is not a long'],
  ])('are read for 8.18: %j', (range, expected) => {
    expect(found(range, '8.18')).toEqual(expected);
  });

  it('are refused for a newer stack, and where none is named', () => {
    const refused = '[range] no longer knows from, to, include_lower and include_upper';
    expect([found({ from: 5 }, '9.0'), found({ include_upper: true }), found({ gte: 5 })]).toEqual([
      refused,
      refused,
      [5, 9],
    ]);
  });
});

const index: Index = {
  properties: { k: { type: 'keyword' }, t: { type: 'text' } },
  docs: { a: { k: '1.50' }, b: { k: '1.5' }, c: { k: '100.0' }, d: { k: '1e2' }, t: { t: '1.50' } },
};
const search = (json: string): string => searchDsl(index, parseJsonSpelled(json).value as Json);

describe('numbers as they are written in a query', () => {
  it.each([
    ['{"prefix":{"k":1.50}}', 'a'],
    ['{"wildcard":{"k":{"wildcard":1e2}}}', 'd'],
    ['{"regexp":{"k":{"value":1.50}}}', 'a'],
    ['{"query_string":{"query":1.50,"fields":["k","t"]}}', 'a t'],
    ['{"simple_query_string":{"query":1e2,"fields":["k"]}}', 'd'],
    ['{"prefix":{"k":-0}}', ''],
    ['{"query_string":{"query":-0,"fields":["k"]}}', 'a b c d t'],
    // These print what they read as Java does
    ['{"term":{"k":1.50}}', 'b'],
    ['{"fuzzy":{"k":{"value":1e2,"fuzziness":0}}}', 'c'],
    ['{"match":{"k":1e2}}', 'c'],
    ['{"multi_match":{"query":1.50,"fields":["k","t"]}}', 'b'],
  ])('%s finds %s', (json, found) => {
    expect(search(json)).toBe(found);
  });
});

it('a date format is read whatever the type of the field', () => {
  expect(search('{"range":{"k":{"gte":"1","format":"foo"}}}')).toMatch(/^fails: date format foo cannot be used: /);
  expect(search('{"range":{"nope":{"gte":"1","format":""}}}')).toMatch(/^fails: date format /);
  expect(search('{"range":{"k":{"gte":"1.50","format":"yyyy"}}}')).toBe('a c d');
});

it('a factor that a float does not hold fails where there is a field for it', () => {
  const message = 'fails: the number behind ^ in k^1e39 is not one that a float holds';
  expect(search('{"multi_match":{"query":"x","fields":["k^1e39"]}}')).toBe(message);
  expect(search('{"multi_match":{"query":"x","fields":["nope^1e39"]}}')).toBe('');
});

it('a simple_query_string takes a prefix of any length', () => {
  const long = 'x'.repeat(1001);
  const one: Index = { properties: { k: { type: 'keyword' } }, docs: { a: { k: `${long}y` } } };
  expect(searchDsl(one, { simple_query_string: { query: `${long}*`, fields: ['k'] } })).toBe('a');
  expect(searchDsl(one, { prefix: { k: long } })).toBe('fails: the prefix has 1001 characters, 1000 are allowed');
});
