import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import type { Event } from '../../../fields/event.ts';
import { indexDocuments } from '../../../fields/documents/index.ts';
import { mergeMappings } from '../../../fields/merge-mappings.ts';
import type { Json } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { parseDsl } from '../../dsl/parse.ts';
import { compilePredicate } from '../predicate.ts';

const mapping = mappingFromElasticsearch({
  properties: { c: { type: 'constant_keyword' }, port: { type: 'long' }, k: { type: 'keyword' } },
});
const events: readonly Event[] = (
  [
    ['1', 'i1', {}],
    ['2', 'i1', { c: 'aws.trail' }],
    ['3', 'i1', { c: 'other' }],
    ['4', 'i2', { c: 'okta' }],
    ['5', 'i2', { k: 'x' }],
    ['6', 'i3', { k: 'x' }],
  ] as const
).map(([id, index, source], ordinal) => ({ id, index, source, ordinal }));

function found(query: Json, given = mapping): string {
  const indexed = indexDocuments(events, given);
  try {
    const test = compilePredicate(parseDsl(query), { mapping: indexed.mapping, now: 0 });
    return indexed.events
      .filter(test)
      .map(({ id }) => id)
      .join(' ');
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return `fails: ${error.message}`;
  }
}

describe('a constant that each index has for itself', () => {
  it.each<[Json, string]>([
    [{ term: { c: 'aws.trail' } }, '1 2'],
    [{ term: { c: 'aws*' } }, '1 2'],
    [{ terms: { c: ['okta', 'x'] } }, '4 5'],
    [{ wildcard: { c: '*' } }, '1 2 4 5'],
    [{ range: { c: { gte: 'b' } } }, '4 5'],
    [{ exists: { field: 'c' } }, '1 2 4 5'],
    [{ bool: { must_not: { term: { c: 'okta' } } } }, '1 2 6'],
    [{ wildcard: { c: 'a?s*' } }, 'fails: the pattern on c means different things in different versions'],
  ])('%j finds %s', (query, expected) => {
    expect(found(query)).toBe(expected);
  });

  it('hides what is wrong with a query in an index whose constant it does not meet', () => {
    const broken = { bool: { filter: [{ term: { c: 'nowhere' } }, { term: { port: 'abc' } }] } };
    const constant = (value: string) =>
      mappingFromElasticsearch({ properties: { c: { type: 'constant_keyword', value }, port: { type: 'long' } } });
    const merged = mergeMappings([constant('a'), constant('b')], ['i1', 'i2']);
    const test = compilePredicate(parseDsl(broken), { mapping: merged, now: 0 });
    expect(test({ index: 'i1', id: '1', source: {}, ordinal: 0 })).toBe(false);
    expect(() => compilePredicate(parseDsl({ bool: { filter: [{ term: { c: 'a' } }, { term: { port: 'abc' } }] } }), { mapping: merged, now: 0 })({ index: 'i1', id: '1', source: {}, ordinal: 0 })).toThrow('"abc" is not a long'); // prettier-ignore
  });
});
