import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import type { JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { parseDsl } from '../../dsl/parse.ts';
import { compilePredicate } from '../predicate.ts';

/** Which of some values of a runtime field a query finds, as they are written. */
function found(runtime: JsonObject, query: JsonObject, values: readonly string[]): string {
  const mapping = mappingFromElasticsearch({ dynamic: false, runtime: { f: runtime } });
  try {
    const test = compilePredicate(parseDsl(query), { mapping, now: 0 });
    return values
      .filter((written, ordinal) => {
        const source = parseJsonSpelled(`{"f":${written}}`).value as JsonObject;
        return test({ id: '', index: '', ordinal, source });
      })
      .join(' ');
  } catch (error) {
    if (error instanceof KnownError) return `fails: ${error.message}`;
    throw error;
  }
}

const term = (value: string | number | boolean): JsonObject => ({ term: { f: value } });
const range = (ends: JsonObject): JsonObject => ({ range: { f: ends } });
const exists: JsonObject = { exists: { field: 'f' } };

describe('a runtime field', () => {
  it.each<[JsonObject, string]>([
    [exists, '1.50 1e2 -0 1e400 true "x"'],
    [term('1.5'), '1.50'],
    [term('1.50'), ''],
    [term('100.0'), '1e2'],
    [term('0'), '-0'],
    [term('Infinity'), '1e400'],
    [term(true), 'true'],
    [range({ gt: '1.50', lte: 'true' }), '1e2 1e400 true'],
    [range({ gt: null, lte: 'true' }), 'fails: an open end of a range on f has to be taken in'],
    [range({ gte: null, lte: '1' }), '-0'],
    // Only keywords with an index make a prefix of it
    [{ match_bool_prefix: { f: '1' } }, ''],
  ])('prints what it reads, as a keyword: %j', (query, expected) => {
    expect(found({ type: 'keyword' }, query, ['1.50', '1e2', '-0', '1e400', 'true', '"x"', '{"a":1}', 'null'])).toBe(
      expected,
    );
  });

  it.each<[string, string]>([
    ['f:[a TO *]', '"x" "b"'],
    ['f:[a TO *}', 'fails: an open end of a range on f has to be taken in'],
    ['f:{* TO b]', 'fails: an open end of a range on f has to be taken in'],
  ])('takes in the open end of a Lucene range, as a keyword: %s', (query, expected) => {
    expect(found({ type: 'keyword' }, { query_string: { query, lenient: false } }, ['"x"', '"b"', '"A"'])).toBe(
      expected,
    );
  });

  it('keeps half of a surrogate pair, as a keyword', () => {
    const halves = ['"a\\ud800"', '"a?"'];
    expect([term('a?'), term('a\ufffd')].map((query) => found({ type: 'keyword' }, query, halves))).toEqual([
      '"a?"',
      '',
    ]);
  });

  it('takes in the open end of a range, as a keyword', () => {
    const open = (ends: JsonObject): string => found({ type: 'keyword' }, range(ends), ['"x"', '"b"']);
    expect(open({ lte: 'b' })).toBe('"b"');
    expect(open({ gt: null, lte: 'b' })).toBe('fails: an open end of a range on f has to be taken in');
    expect(open({ gte: 'c', lt: null })).toBe('fails: an open end of a range on f has to be taken in');
  });

  it.each<[JsonObject, string]>([
    [exists, '1.9 "1e2" 9223372036854775807'],
    [term(1), '1.9'],
    [term(100), '"1e2"'],
    [term('9223372036854775807'), '9223372036854775807'],
    [term('9223372036854775808'), 'fails: 9223372036854775808 is out of range for a long'],
  ])('cuts fractions off, as a long: %j', (query, expected) => {
    const values = [
      '1.9',
      '"1e2"',
      '9223372036854775807',
      '9223372036854775807.5',
      '1e19',
      '" 5"',
      '"٣"',
      'true',
      '""',
    ];
    expect(found({ type: 'long' }, query, values)).toBe(expected);
  });

  it.each<[JsonObject, string]>([
    [exists, '0 -0.0 "NaN" "Infinity" "1f"'],
    [term(0), '0 -0.0'],
    [{ terms: { f: [0] } }, '0'],
    [{ terms: { f: ['NaN'] } }, '"NaN"'],
    [term('NaN'), ''],
    [range({ gte: 0 }), '0 "Infinity" "1f"'],
    [range({ gt: '-0.0', lt: 1 }), '0'],
    [range({ gt: 'Infinity' }), '"Infinity"'],
    [range({ gt: 'NaN', lte: 'NaN' }), '"NaN"'],
    [term('x'), 'fails: "x" is not a double'],
  ])('holds what Java calls a double: %j', (query, expected) => {
    expect(found({ type: 'double' }, query, ['0', '-0.0', '"NaN"', '"Infinity"', '"1f"', '"x"', 'true'])).toBe(
      expected,
    );
  });

  it.each<[JsonObject, string]>([
    [exists, 'true "true" false'],
    [term('true'), 'true "true"'],
    [{ term: { f: { value: 'TRUE', case_insensitive: true } } }, 'true "true"'],
    [range({ gte: true }), ''],
    [range({ gte: false }), 'false'],
    [range({ lte: true }), 'true "true" false'],
    [range({ gt: false, lte: true }), 'true "true"'],
    [range({ gt: null, lte: true }), 'true "true"'],
    [term(''), 'fails: "" is not a boolean'],
  ])('takes an absent end for false, as a boolean: %j', (query, expected) => {
    expect(found({ type: 'boolean' }, query, ['true', '"true"', 'false', '""', '"True"', '1'])).toBe(expected);
  });

  it.each<[JsonObject, string]>([
    [exists, '"2024-01-15" "2024-01-15T10:20:30Z" 1705314030000 "2024" -1'],
    [term('2024-01-15'), '"2024-01-15"'],
    [term('2024-01-15T10:20:30Z'), '"2024-01-15T10:20:30Z" 1705314030000'],
    [term(2024), '"2024"'],
    [{ terms: { f: ['2024-01-15', -1] } }, '"2024-01-15" -1'],
    [range({ gte: '2024-01-15', lte: '2024-01-15' }), '"2024-01-15" "2024-01-15T10:20:30Z" 1705314030000'],
    [range({ gte: 2024, lt: 2025 }), '"2024-01-15" "2024-01-15T10:20:30Z" 1705314030000 "2024"'],
  ])('is one instant, as a date: %j', (query, expected) => {
    const values = [
      '"2024-01-15"',
      '"2024-01-15T10:20:30Z"',
      '1705314030000',
      '"2024"',
      '-1',
      '1.7e12',
      '"now"',
      'true',
    ];
    expect(found({ type: 'date' }, query, values)).toBe(expected);
  });

  it('forgets the zone of an address', () => {
    const values = ['"fe80::1%eth0"', '"10.0.0.1%e"', '"x"', '5'];
    expect(found({ type: 'ip' }, exists, values)).toBe('"fe80::1%eth0" "10.0.0.1%e"');
    expect(found({ type: 'ip' }, term('10.0.0.0/8'), values)).toBe('"10.0.0.1%e"');
  });

  it('has a place wherever something stands, as a geo_point', () => {
    const values = ['"1,2"', '[1,2]', '{}', '"x"', 'true', 'null', '[]', '[null]'];
    expect(found({ type: 'geo_point' }, exists, values)).toBe('"1,2" [1,2] {} "x" true');
    const mapping = mappingFromElasticsearch({ dynamic: false, runtime: { f: { type: 'geo_point' } } });
    const test = compilePredicate(parseDsl(exists), { mapping, now: 0 });
    expect(test({ id: '', index: '', ordinal: 0, source: { 'f.lat': 1, 'f.lon': 2 } })).toBe(false);
  });
});
