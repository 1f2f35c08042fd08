import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { mappingFromElasticsearch } from '../elasticsearch-mapping.ts';
import type { Field } from '../mapping.ts';
import { compileGetter } from './getter.ts';
import { compileReader, indexValue } from './indexed.ts';

const at = (path: string, source: Json): readonly Json[] => compileGetter(path)(source as JsonObject);

const fieldOf = (body: JsonObject, name = 'f'): Field => {
  const field = mappingFromElasticsearch({ properties: { f: body } }).field(name);
  if (field === undefined) throw new Error('unmapped');
  return field;
};
const held = (body: JsonObject, ...values: Json[]): unknown[] =>
  values.map((value) => indexValue(fieldOf(body), value));
const read = (body: JsonObject, source: JsonObject, name = 'f'): readonly unknown[] =>
  compileReader(fieldOf(body, name))(source);

describe('compileGetter', () => {
  it.each<[Json, readonly Json[]]>([
    [{ a: { b: { c: 1 } } }, [1]],
    [{ 'a.b.c': 1 }, [1]],
    [{ 'a.b': { c: 1 } }, [1]],
    [{ a: { 'b.c': 1 } }, [1]],
    [{ a: { b: { c: 1 } }, 'a.b': { c: 2 }, 'a.b.c': [3] }, [1, 2, 3]],
    [{ a: [{ b: { c: 1 } }, { b: [{ c: [2, [3]] }, {}] }, 'x', null] }, [1, 2, 3]],
    [{ a: { b: { c: [null, 1, []] } } }, [null, 1]],
    [{ a: { b: { c: { d: 1 } } } }, []],
    [{ a: { b: 1 } }, []],
    [{ a: null }, []],
    [{}, []],
  ])('reads a.b.c of %j', (source, values) => {
    expect(at('a.b.c', source)).toEqual(values);
  });

  it('gives the objects at a path when asked', () => {
    expect(compileGetter('a', { objects: true })({ a: [{ b: 1 }, 2, [{ c: 3 }]] })).toEqual([{ b: 1 }, { c: 3 }]);
  });

  it('reads own keys only', () => {
    for (const path of ['__proto__', 'constructor', 'a.constructor.name', '__proto__.x', 'toString', 'a.length'])
      expect([path, at(path, { a: {} })]).toEqual([path, []]);
    expect(at('__proto__.x', JSON.parse('{"__proto__": {"x": 1}}') as Json)).toEqual([1]);
    expect(at('constructor', { constructor: 1 })).toEqual([1]);
  });
});

describe('indexValue', () => {
  it('takes text, numbers and booleans as keywords, and lengths in UTF-16 units', () => {
    expect(held({ type: 'keyword' }, 'a', 1.5, true, '1.0', { a: 1 })).toEqual(['a', '1.5', 'true', '1.0', undefined]);
    expect(held({ type: 'keyword', ignore_above: 2 }, 'ab', 'abc', '😀', '😀a')).toEqual([
      'ab',
      undefined,
      '😀',
      undefined,
    ]);
    expect(held({ type: 'keyword', normalizer: 'lowercase' }, 'ÀB', 'İ')).toEqual(['àb', 'i']);
    expect(held({ type: 'wildcard', ignore_above: 1 }, 'ab')).toEqual([undefined]);
  });

  it('reads booleans as their mapper does', () => {
    expect(held({ type: 'boolean' }, true, 'true', false, 'false', '', 'True', 1, 'yes')).toEqual([
      true, true, false, false, false, undefined, undefined, undefined,
    ]); // prettier-ignore
  });

  it('holds dates in milliseconds, and nanoseconds from 1970 to 2262', () => {
    expect(held({ type: 'date' }, '1970-01-01T00:00:00.0019Z', '1969-12-31T23:59:59.9991Z', 5, 'x', true)).toEqual([
      1,
      -1,
      5,
      undefined,
      undefined,
    ]);
    expect(held({ type: 'date', format: 'epoch_second' }, '5', 5.5, '2024-01-01')).toEqual([5000, 5500, undefined]);
    expect(held({ type: 'date_nanos' }, '1970-01-01T00:00:00.000000001Z', '1969-12-31', '2262-04-12')).toEqual([
      1n,
      undefined,
      undefined,
    ]);
  });

  it('reads addresses from text alone', () => {
    expect(held({ type: 'ip' }, '1.2.3.4', '::ffff:1.2.3.4', 16909060, '1.2.3.4/32')).toEqual([
      0xffff01020304n,
      0xffff01020304n,
      undefined,
      undefined,
    ]);
  });
});

describe('compileReader', () => {
  it('replaces explicit nulls, and empty text of numbers, by null_value', () => {
    const body = { type: 'long', null_value: -1 };
    expect([{ f: null }, { f: '' }, { f: [] }, {}, { f: [null, 2] }].map((source) => read(body, source))).toEqual([
      [-1], [-1], [], [], [-1, 2],
    ]); // prettier-ignore
    expect(read({ type: 'long' }, { f: ['', 'x', 3] })).toEqual([3]);
  });

  it.each([
    ['long', '1e1', 10],
    ['long', '9007199254740993', 9007199254740993n],
    ['integer', '0x1p3', 8],
    ['double', ' 2', 2],
    ['double', '-0', -0],
    ['half_float', '1f', 1],
  ])('reads the null_value of %s %j as a number, whether or not the field coerces', (type, written, value) => {
    const body = { type, null_value: written, coerce: false };
    expect(read(body, { f: [null, '2'] })).toEqual([value]);
  });

  it('gives a multi-field the value of its parent', () => {
    const body = { type: 'text', fields: { raw: { type: 'keyword', ignore_above: 3 } } };
    expect(read(body, { f: ['abc', 'abcd'] }, 'f.raw')).toEqual(['abc']);
  });

  it('reads flattened fields by leaf and by key, however the path is cut', () => {
    const body = { type: 'flattened', ignore_above: 4 };
    const source = { f: { a: { b: [1, true, null, 'x'] }, 'a.b': 'dot', c: 'long one' } };
    expect(read(body, source)).toEqual(['1', 'true', 'x', 'dot']);
    expect(read(body, source, 'f.a.b')).toEqual(['1', 'true', 'x', 'dot']);
    expect(read(body, { 'f.a.b': 7 }, 'f.a.b')).toEqual(['7']);
    expect(read(body, source, 'f.a')).toEqual([]);
  });

  it('holds nothing of a disabled object', () => {
    const mapping = mappingFromElasticsearch({
      properties: { o: { type: 'object', enabled: false, properties: { f: { type: 'keyword' } } } },
    });
    const field = mapping.field('o.f');
    expect(field && compileReader(field)({ o: { f: 'x' } })).toEqual([]);
  });
});
