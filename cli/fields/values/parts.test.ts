import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { mappingFromElasticsearch } from '../elasticsearch-mapping.ts';
import type { Field } from '../mapping.ts';
import { compileReader } from './indexed.ts';
import { compileRanges } from './parts.ts';

const fieldOf = (body: JsonObject, name = 'f'): Field => {
  const field = mappingFromElasticsearch({ properties: { f: body } }).field(name);
  if (field === undefined) throw new Error('unmapped');
  return field;
};
const count = (body: JsonObject, value: Json): number => compileReader(fieldOf(body))({ f: value }).length;

describe('values whose parts are not compared one by one', () => {
  it.each<[JsonObject, Json, number]>([
    [{ type: 'geo_point' }, [1, 2], 1],
    [{ type: 'geo_point' }, [[1, 2], '3,4'], 2],
    [{ type: 'geo_point', ignore_malformed: true }, [5, 'x', { lat: 1 }], 0],
    [{ type: 'geo_point', ignore_malformed: true }, ['x', { lat: 1 }], 1],
    [{ type: 'integer_range' }, [{ gte: 1 }, [{ lt: 5 }], null], 2],
    [{ type: 'ip_range' }, '10.0.0.0/8', 1],
    [{ type: 'binary' }, 'U29t', 0],
    [{ type: 'binary', doc_values: true }, 'U29t', 1],
    [{ type: 'geo_shape' }, { type: 'anything' }, 1],
    [{ type: 'geo_shape' }, [null], 0],
  ])('%j of %j', (body, value, expected) => {
    expect(count(body, value)).toBe(expected);
  });

  it('are found below dotted keys too', () => {
    expect(compileReader(fieldOf({ type: 'integer_range' }))({ 'f.gte': 1 })).toEqual([true]);
  });

  it('are ranges with both ends taken in', () => {
    expect(
      compileRanges(fieldOf({ type: 'long_range' }), '')({ f: [{ gt: 1 }, { gte: 2, lte: 3 }, { gte: 'x' }] }),
    ).toEqual([
      { low: 2, high: 2n ** 63n - 1n },
      { low: 2, high: 3 },
    ]);
    expect(compileRanges(fieldOf({ type: 'ip_range' }), '')({ f: '::1/128' })).toEqual([{ low: 1n, high: 1n }]);
  });
});

describe('a flattened field', () => {
  const keys = (body: JsonObject, name: string, value: Json): readonly unknown[] =>
    compileReader(fieldOf({ type: 'flattened', ...body }, name))({ f: value });

  it('has values at exactly a key', () => {
    const value = { a: ['x', { b: 'y' }], 'a.b': 1, '': 'z' };
    expect(keys({}, 'f', value)).toEqual(['x', 'y', '1', 'z']);
    expect(keys({}, 'f.a', value)).toEqual(['x']);
    expect(keys({}, 'f.a.b', value)).toEqual(['y', '1']);
    expect(keys({}, 'f.', { a: { '': 'q' }, '': 'z' })).toEqual(['z']);
  });

  it('counts nulls as its null_value, and leaves out what is too long', () => {
    expect(keys({ null_value: 'N' }, 'f', { a: null, b: [null, 'x'], c: [] })).toEqual(['N', 'N', 'x']);
    expect(keys({ null_value: 'long', ignore_above: 3 }, 'f', { a: null, b: 1234, c: 123 })).toEqual(['123']);
    expect(keys({}, 'f', { a: null })).toEqual([]);
  });
});
