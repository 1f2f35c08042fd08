import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import type { Event } from '../../fields/event.ts';
import { NumberToken, type Json, type JsonObject } from '../../text/json.ts';
import { bucketSource } from './bucket-keys.ts';
import { compositeBuckets } from './composite.ts';

const documents = (sources: readonly JsonObject[]): Event[] =>
  sources.map((source, ordinal) => ({ index: `i${ordinal}`, id: String(ordinal), source, ordinal }));

/** Keys and number of documents of each bucket over one field. */
const buckets = (body: JsonObject, sources: readonly JsonObject[], name = 'f'): Json => {
  const mapping = mappingFromElasticsearch({ properties: { f: body } });
  const source = bucketSource(name, mapping);
  return compositeBuckets(documents(sources), [source]).map(({ keys: [key = null], events }) => [
    key === null ? null : source.json(key),
    events.length,
  ]);
};
const of = (type: string, values: readonly Json[]): Json => buckets({ type }, values.map((f) => ({ f }))); // prettier-ignore

describe('composite buckets', () => {
  it('come in the order of their keys, those without a value last', () => {
    expect(buckets({ type: 'keyword' }, [{ f: 'b' }, {}, { f: 'a' }, { f: null }, { f: [] }, { f: '' }])).toEqual([
      ['', 1],
      ['a', 1],
      ['b', 1],
      [null, 3],
    ]);
  });

  it('hold a document once for each of its distinct values', () => {
    expect(of('keyword', [['a', 'b', 'a'], 'b'])).toEqual([['a', 1], ['b', 2]]); // prettier-ignore
  });

  it('of two lists are each pair', () => {
    const mapping = mappingFromElasticsearch({ properties: { f: { type: 'keyword' }, g: { type: 'long' } } });
    const sources = ['f', 'g'].map((name) => bucketSource(name, mapping));
    expect(
      compositeBuckets(documents([{ f: ['a', 'b'], g: [2, 1] }, { f: 'a' }]), sources).map(({ keys }) => keys),
    ).toEqual([['a', 1], ['a', 2], ['a', null], ['b', 1], ['b', 2]]); // prettier-ignore
  });

  it('of texts are ordered by their bytes', () => {
    expect(of('keyword', ['\u{1f600}', '\ue000', 'Z', 'a'])).toEqual([['Z', 1], ['a', 1], ['\ue000', 1], ['\u{1f600}', 1]]); // prettier-ignore
  });

  it('of addresses are ordered by value and shown in their short form', () => {
    expect(of('ip', ['10.0.0.1', '9.0.0.1', '::1', '2001:db8:0::1', '::ffff:100.0.0.1'])).toEqual([
      ['::1', 1],
      ['9.0.0.1', 1],
      ['10.0.0.1', 1],
      ['100.0.0.1', 1],
      ['2001:db8::1', 1],
    ]);
  });

  it('of dates are epoch milliseconds, whatever the format', () => {
    expect(of('date', ['2026-01-01T00:00:00Z', 1767225600000])).toEqual([[1767225600000, 2]]);
    expect(buckets({ type: 'date', format: 'yyyy/MM/dd' }, [{ f: '2026/01/01' }])).toEqual([[1767225600000, 1]]);
  });

  it('of date_nanos are cut to milliseconds', () => {
    const values = ['2026-01-01T00:00:00.000000001Z', '2026-01-01T00:00:00.000999999Z', '2026-01-01T00:00:00.001Z'];
    expect(of('date_nanos', values)).toEqual([[1767225600000, 2], [1767225600001, 1]]); // prettier-ignore
  });

  it('keep booleans, numbers by value, and apart what a double cannot tell apart', () => {
    expect(of('boolean', [true, false, 'true', ''])).toEqual([[false, 2], [true, 2]]); // prettier-ignore
    expect(of('float', [0.1, 16777217, 2])).toEqual([[0.10000000149011612, 1], [2, 1], [16777216, 1]]); // prettier-ignore
    expect(of('long', ['9007199254740993', new NumberToken('9007199254740992')])).toEqual([
      [9007199254740992, 1],
      [9007199254740992, 1],
    ]);
    expect(of('double', [0, '-0', 1])).toEqual([[-0, 1], [0, 1], [1, 1]]); // prettier-ignore
    expect(of('double', [[0, '-0']])).toEqual([[-0, 1]]);
  });

  it('are those of the key of a flattened field, its leaves, a sub-field, an index', () => {
    const source = { f: { a: 'x', b: { c: 'y' } } };
    expect(buckets({ type: 'flattened' }, [source], 'f.a')).toEqual([['x', 1]]);
    expect(buckets({ type: 'flattened' }, [source], 'f.b')).toEqual([[null, 1]]);
    expect(buckets({ type: 'flattened' }, [source])).toEqual([['x', 1], ['y', 1]]); // prettier-ignore
    const low = { type: 'text', fields: { low: { type: 'keyword', normalizer: 'lowercase' } } };
    expect(buckets(low, [{ f: 'A' }, { f: 'a' }], 'f.low')).toEqual([['a', 2]]);
    expect(buckets({ type: 'keyword' }, [{}, {}], '_index')).toEqual([['i0', 1], ['i1', 1]]); // prettier-ignore
  });

  it('have no value below a nested object, unless it is included in the document, nor of objects and unmapped names', () => {
    const nested = (more: JsonObject): JsonObject => ({ type: 'nested', properties: { g: { type: 'keyword' } }, ...more }); // prettier-ignore
    const sources = [{ f: [{ g: 'a' }, { g: 'b' }] }];
    expect(buckets(nested({}), sources, 'f.g')).toEqual([[null, 1]]);
    expect(buckets(nested({ include_in_root: true }), sources, 'f.g')).toEqual([['a', 1], ['b', 1]]); // prettier-ignore
    expect(buckets(nested({ include_in_parent: true }), sources, 'f.g')).toEqual([['a', 1], ['b', 1]]); // prettier-ignore
    expect(buckets({ properties: { g: { type: 'keyword' } } }, [{ f: { g: 'a' } }])).toEqual([[null, 1]]);
    expect(buckets({ type: 'keyword' }, [{ x: 'a' }], 'x')).toEqual([[null, 1]]);
  });

  it.each<[body: JsonObject, why: string, name?: string]>([
    [{ type: 'text' }, 'does not aggregate fields of type text'],
    [{ type: 'binary' }, 'does not aggregate fields of type binary'],
    [{ type: 'geo_point' }, 'does not aggregate fields of type geo_point'],
    [{ type: 'ip_range' }, 'does not aggregate fields of type ip_range'],
    [{ type: 'keyword', doc_values: false }, 'has no doc values of f to aggregate on'],
    [{ type: 'nested', properties: { f: { type: 'text' } } }, 'does not aggregate fields of type text', 'f.f'],
  ])('are refused on %j', (body, why, name = 'f') => {
    let reason: unknown;
    try {
      buckets(body, [], name);
    } catch (error) {
      reason = (error as { why?: string }).why;
    }
    expect(reason).toBe(`Elasticsearch ${why}: the rule fails at every run`);
  });
});
