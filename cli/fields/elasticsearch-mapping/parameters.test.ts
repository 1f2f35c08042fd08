import { describe, expect, it } from 'vitest';
import { NumberToken, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { mappingFromElasticsearch, type MappingOrigin } from '../elasticsearch-mapping.ts';
import type { Field } from '../mapping.ts';

const read = (body: Json, name = 'f', origin?: MappingOrigin): Field | undefined =>
  mappingFromElasticsearch({ properties: { f: body } }, undefined, origin).field(name);

const fault = (run: () => unknown): KnownError => {
  try {
    run();
  } catch (error) {
    if (error instanceof KnownError) return error;
    throw error;
  }
  throw new Error('no fault');
};

const refusedTo = (body: Json): string => fault(() => read(body)).message;

describe('parameters of a mapping', () => {
  it('refuses an unknown one as Elasticsearch does, with what was meant and what there is', () => {
    const error = fault(() => read({ type: 'keyword', ignore_abov: 5 }));
    expect(error.message).toBe(
      'the field f of the mapping has an unknown parameter "ignore_abov", did you mean "ignore_above"?',
    );
    expect(error.why).toBe('Elasticsearch refuses the mapping: unknown parameter [ignore_abov]');
    expect(error.help).toContain('a keyword takes copy_to, doc_values, eager_global_ordinals,');
  });

  it.each<readonly [string, JsonObject]>([
    ['a length limit on a number', { type: 'long', ignore_above: 5 }],
    ['a normalizer on a wildcard', { type: 'wildcard', normalizer: 'lowercase' }],
    ['an index on a wildcard', { type: 'wildcard', index: false }],
    ['doc values on a wildcard', { type: 'wildcard', doc_values: true }],
    ['coercion of an unsigned_long', { type: 'unsigned_long', coerce: true }],
    ['an analyzer on match_only_text', { type: 'match_only_text', analyzer: 'simple' }],
    ['multi-fields of a flattened', { type: 'flattened', fields: { x: { type: 'keyword' } } }],
    ['copies of a flattened', { type: 'flattened', copy_to: 'x' }],
    ['a format of whole numbers', { type: 'integer_range', format: 'yyyy' }],
    ['parts of an object on a leaf', { type: 'keyword', properties: { x: { type: 'long' } } }],
    ['subobjects of a nested', { type: 'nested', subobjects: false }],
    ['an index of an object', { type: 'object', index: false }],
    ['a boost', { type: 'keyword', boost: 2 }],
  ])('refuses %s', (_, body) => {
    expect(refusedTo(body)).toContain('has an unknown parameter');
  });

  it.each<readonly [string, JsonObject, string]>([
    ['a flag', { type: 'long', index: 'maybe' }, '"index" of the field f of the mapping is not true or false'],
    ['a whole number', { type: 'keyword', ignore_above: 'x' }, '"ignore_above" of the field f of the mapping is not a whole number'],
    ['one of a few', { type: 'text', index_options: 'all' }, '"index_options" of the field f of the mapping is none of docs, freqs, positions, offsets'],
    ['no null', { type: 'keyword', ignore_above: null }, '"ignore_above" of the field f of the mapping is null'],
    ['a single value', { type: 'constant_keyword', value: ['a'] }, '"value" of the field f of the mapping is not a single value'],
    ['not below zero', { type: 'keyword', ignore_above: -1 }, 'the field f of the mapping has a negative ignore_above'],
    ['of its type', { type: 'ip', null_value: 'x' }, 'the field f of the mapping has a null_value that is no ip'],
    ['whole', { type: 'long', null_value: 1.5 }, 'the field f of the mapping has a null_value that is no long'],
    ['one point', { type: 'geo_point', null_value: ['1,2'] }, 'the field f of the mapping has a null_value that is no geo_point'],
    ['on the globe', { type: 'geo_point', null_value: '91,0' }, 'the field f of the mapping has a null_value that is no geo_point'],
    ['with positions', { type: 'text', index_options: 'docs', index_phrases: true }, 'the field f of the mapping has index_phrases without positions'],
    ['with positions for a gap', { type: 'text', index_options: 'freqs', position_increment_gap: 5 }, 'the field f of the mapping has a position_increment_gap without positions'],
    ['with an index for a gap', { type: 'text', index: false, position_increment_gap: 5 }, 'the field f of the mapping has a position_increment_gap without positions'],
    ['whole as text', { type: 'integer', null_value: '1.5' }, 'the field f of the mapping has a null_value that is no integer'],
    ['a number as text', { type: 'double', null_value: 'x', coerce: false }, 'the field f of the mapping has a null_value that is no double'],
    ['with an index', { type: 'text', index: false, index_prefixes: {} }, 'the field f of the mapping has index_prefixes without an index'],
    ['with an index for its tokens', { type: 'text', index: false, fielddata: true }, 'the field f of the mapping has fielddata without an index'],
    ['with a priority', { type: 'passthrough' }, 'the field f of the mapping is a passthrough without a priority of 0 or more'],
  ])('wants a value to be %s', (_, body, message) => {
    expect(refusedTo(body)).toBe(message);
  }); // prettier-ignore

  it.each<readonly [string, JsonObject, string, string]>([
    ['a script', { type: 'keyword', script: 'emit("x")' }, 'keyword with script', 'a Painless script gives the values when a document is indexed'],
    ['another language', { type: 'date', locale: 'de' }, 'date with locale', 'dates are read with the names of months and days of that language'],
    ['third coordinates', { type: 'geo_point', ignore_z_value: false }, 'geo_point with ignore_z_value', 'a point with a third coordinate refuses the document'],
    ['typed keys', { type: 'flattened', properties: { a: { type: 'long' } } }, 'flattened with properties', 'keys below it have types of their own'],
    ['no index of counted values', { type: 'counted_keyword', index: false }, 'counted_keyword with index', 'every search of it fails, though it has doc values'],
    ['phrases over the ends of values', { type: 'text', index_phrases: true, position_increment_gap: 0 }, 'text', 'with index_phrases, no phrase reaches from one value of a list into the next'],
  ])('keeps a field with %s as one that is not run, and says why', (_, body, typeName, refusal) => {
    expect(read(body)).toMatchObject({ type: 'unsupported', typeName, refusal });
  }); // prettier-ignore

  it('runs a field whose refused parameter has its default', () => {
    expect(read({ type: 'keyword', script: null })?.type).toBe('keyword');
    expect(read({ type: 'date', locale: 'en' })?.type).toBe('date');
    expect(read({ type: 'counted_keyword', index: 'true' })?.type).toBe('keyword');
  });

  it('reads a null_value as with coerce, whatever the field says', () => {
    expect(read({ type: 'double', coerce: false, null_value: '1e2' })?.nullValue).toBe(100);
    expect(read({ type: 'long', coerce: false, null_value: '9223372036854775807' })?.nullValue).toEqual(
      new NumberToken('9223372036854775807'),
    );
  });

  it('drops multi-fields of a constant_keyword, as its mapper does', () => {
    expect(read({ type: 'constant_keyword', fields: { t: { type: 'text' } } }, 'f.t')).toBeUndefined();
  });

  it.each<readonly [JsonObject, string, string | undefined]>([
    [{ type: 'geo_point' }, 'keyword below a geo_point', 'it holds the geohashes of the points'],
    [{ type: 'binary', doc_values: true }, 'keyword below a binary', 'the bytes are read before it'],
    [{ type: 'binary' }, 'keyword', undefined],
  ])('refuses a multi-field that holds something else than its field by name: %j', (body, typeName, refusal) => {
    const field = read({ ...body, fields: { m: { type: 'keyword' } } }, 'f.m');
    expect([field?.typeName, field?.refusal]).toEqual([typeName, refusal]);
  });

  it('lets what an Elasticsearch has taken come past, and refuses it by name where it is used', () => {
    expect(read({ type: 'keyword', shiny: 1 }, 'f', { accepted: true })).toMatchObject({
      type: 'unsupported',
      typeName: 'keyword with shiny',
      refusal: 'this release does not know the parameter shiny of a keyword',
    });
    expect(read({ type: 'shiny' }, 'f', { accepted: true })).toEqual({
      name: 'f', type: 'unsupported', typeName: 'shiny', searchedByDefault: true,
    }); // prettier-ignore
  });
});

describe('types of fields', () => {
  it('refuses an unknown one as Elasticsearch does, with what was meant', () => {
    const error = fault(() => read({ type: 'keywrod' }));
    expect(error.message).toBe('the field f of the mapping is of the unknown type keywrod, did you mean "keyword"?');
    expect(error.why).toBe('Elasticsearch refuses the mapping: no handler for type [keywrod]');
    expect(refusedTo({})).toBe('the field f of the mapping has no type');
    expect(refusedTo({ dynamic: 'strict' })).toBe('the field f of the mapping has no type');
    expect(read({ enabled: false })?.type).toBe('object');
  });

  it('knows which of those that are not run are searched by text without a field', () => {
    const searched = (type: string): boolean | undefined => read({ type })?.searchedByDefault;
    expect(['dense_vector', 'search_as_you_type', 'join', 'semantic_text'].map(searched)).toEqual([
      undefined,
      true,
      true,
      undefined,
    ]);
  });

  it.each<readonly [string, JsonObject, string]>([
    ['an object', { fields: { x: { type: 'object' } } }, 'the field f.x of the mapping is a multi-field of type object'],
    ['multi-fields', { fields: { x: { type: 'text', fields: {} } } }, 'the field f.x of the mapping is a multi-field with fields'],
    ['copies', { fields: { x: { type: 'text', copy_to: 'a' } } }, 'the field f.x of the mapping is a multi-field with copy_to'],
    ['a dot', { fields: { 'x.y': { type: 'text' } } }, 'the field f.x.y of the mapping is a multi-field with a dot in its name'],
    ['no type', { fields: { x: {} } }, 'the field f.x of the mapping is a multi-field without a type'],
  ])('refuses a multi-field with %s', (_, body, message) => {
    expect(refusedTo({ type: 'keyword', ...body })).toBe(message);
  }); // prettier-ignore

  it('refuses names that no field can have, and rivals for bare names', () => {
    const names = (properties: JsonObject): string => fault(() => mappingFromElasticsearch({ properties })).message;
    expect(names({ 'a..b': { type: 'long' } })).toBe('the field a..b of the mapping has a name with an empty part');
    expect(names({ _source: { type: 'long' } })).toBe(
      'the field _source of the mapping has the name of a metadata field',
    );
    const passthrough = { type: 'passthrough', priority: 1 };
    expect(names({ a: passthrough, b: passthrough })).toBe('the field b of the mapping has the same priority 1 as a');
  });

  it('refuses an alias of what is no field, unless other tables may have it', () => {
    const alias = { type: 'alias', path: 'k' };
    expect(refusedTo(alias)).toBe('the field f of the mapping is an alias of k, which is no field of it');
    expect(read(alias, 'f', { partial: true })?.aliasOf).toBe('k');
    const properties = { k: { type: 'alias', path: 'l' }, l: { type: 'long' }, f: alias };
    expect(fault(() => mappingFromElasticsearch({ properties })).message).toBe(
      'the field f of the mapping is an alias of k, which is an alias itself',
    );
  });

  it('refuses a field that is a value and an object, and copies that have nowhere to go', () => {
    const names = (properties: JsonObject, root: JsonObject = {}): string => {
      try {
        mappingFromElasticsearch({ ...root, properties });
        return 'taken';
      } catch (error) {
        if (error instanceof KnownError) return error.message;
        throw error;
      }
    };
    const long = { type: 'long' };
    const nested = { type: 'nested', properties: { b: long } };
    expect([
      names({ a: long, 'a.b': long }),
      names({ 'a.b': long, a: long }),
      names({ 'a.b': long, a: long }, { subobjects: false }),
      names({ o: { subobjects: false, properties: { a: long, 'a.b': long } } }),
      names({ o: { subobjects: false, properties: { n: { type: 'nested' } } } }),
      names({ a: { ...long, copy_to: 'o' }, o: { type: 'object' } }),
      names({ a: { ...long, copy_to: 'n.b' }, n: nested }),
      names({ n: { type: 'nested', properties: { a: { ...long, copy_to: ['n.b', 'c'] }, b: long } }, c: long }),
      names({ n: nested, al: { type: 'alias', path: 'n.b' } }),
    ]).toEqual([
      'the field a of the mapping is a value and an object at once',
      'the field a of the mapping is a value and an object at once',
      'taken',
      'taken',
      'the field o.n of the mapping is nested below an object without subobjects',
      'the field a of the mapping is copied to o, which is an object',
      'the field a of the mapping is copied to n.b, which belongs to other nested objects',
      'taken',
      'the field al of the mapping is an alias of n.b, which belongs to other nested objects',
    ]);
  });

  it('reads metadata fields as fields that are not run', () => {
    const mapping = mappingFromElasticsearch({ properties: {} });
    expect(mapping.field('_ignored')).toMatchObject({ type: 'unsupported', typeName: 'metadata field' });
    expect(mapping.field('_id')).toEqual({ name: '_id', type: 'keyword', typeName: '_id' });
    expect(mapping.field('_mine')).toBeUndefined();
    const sized = mappingFromElasticsearch({ _size: { enabled: true }, properties: {} });
    expect([mapping.field('_size'), sized.field('_size')?.type]).toEqual([undefined, 'unsupported']);
  });
});

describe('runtime fields', () => {
  const runtime = (body: Json): Field | undefined => mappingFromElasticsearch({ runtime: { r: body } }).field('r');

  it('runs those without a script, and names the others', () => {
    expect(runtime({ type: 'date', format: 'yyyy' })).toEqual({
      name: 'r', type: 'date', typeName: 'date', format: 'yyyy', runtime: true,
    }); // prettier-ignore
    expect(runtime({ type: 'lookup', target_index: 'x' })).toMatchObject({
      type: 'unsupported',
      typeName: 'lookup runtime field',
      refusal: 'values come from another index',
    });
  });

  it('takes one that is null for one that is not there', () => {
    expect(runtime(null)).toBeUndefined();
  });

  it('refuses unknown types and parameters', () => {
    expect(fault(() => runtime({ type: 'text' })).message).toContain('is a runtime field of the unknown type text');
    expect(fault(() => runtime({ type: 'long', coerce: true })).message).toContain('unknown parameter "coerce"');
    expect(fault(() => runtime({})).message).toBe('the field r of the mapping is a runtime field without a type');
  });
});
