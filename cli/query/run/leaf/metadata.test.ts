import { describe, expect, it } from 'vitest';
import type { Json } from '../../../text/json.ts';
import { searchDsl, type Index } from '../../test-support.ts';

/** Its documents lie in the index `test`. */
const index: Index = { properties: {}, docs: { A: {}, B: {} } };

describe('clauses on the metadata of a document', () => {
  it.each<readonly [Json, string]>([
    [{ term: { _id: 'A' } }, 'A'],
    [{ term: { _id: { value: 'A', case_insensitive: true } } }, ''],
    [{ match_bool_prefix: { _id: 'A' } }, 'A'],
    [{ range: { _id: {} } }, 'A B'],
    [{ ids: { values: ['A', 'C'] } }, 'A'],
    [{ ids: { values: [''] } }, 'fails: _id is compared with nothing'],
    [{ terms: { _id: ['A', ''] } }, 'fails: _id is compared with nothing'],
    [{ wildcard: { _id: 'A*' } }, 'fails: a clause of kind wildcard cannot be used on _id'],
    [{ match: { _id: { query: 'A', fuzziness: 1 } } }, 'fails: a clause of kind match cannot be used on _id'],
    [{ term: { _index: 'test' } }, 'A B'],
    [{ prefix: { _index: 'te' } }, 'A B'],
    [{ match_bool_prefix: { _index: 'te' } }, ''],
    [{ term: { _index: '' } }, 'fails: _index is compared with nothing'],
    [{ term: { _index: '_all' } }, 'A B'],
    [{ term: { _index: { value: '_ALL', case_insensitive: true } } }, 'A B'],
    [{ bool: { must_not: { terms: { _index: ['x', '_all'] } } } }, ''],
    [{ match: { _index: 'te*::data' } }, 'A B'],
    [{ term: { _index: 'te*::failures' } }, ''],
    [{ bool: { must_not: { wildcard: { _index: '_foo' } } } }, 'fails: "_foo" is not the name of an index'],
    [{ prefix: { _index: 'te::d' } }, 'fails: "te::d" is not the name of an index'],
    [{ term: { _index: ':a' } }, 'fails: ":a" is not the name of an index'],
    [{ range: { _index: { gte: 'a' } } }, 'fails: a clause of kind range cannot be used on _index'],
    [{ regexp: { _index: 'te.*' } }, 'fails: a clause of kind regexp cannot be used on _index'],
  ])('%j', (query, expected) => {
    expect(searchDsl(index, query)).toBe(expected);
  });
});
