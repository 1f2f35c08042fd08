import { describe, expect, it } from 'vitest';
import type { Json } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';
import { mappingFromElasticsearch } from './elasticsearch-mapping.ts';
import { mergeMappings } from './merge-mappings.ts';

const field = (properties: Json, name: string): unknown => mappingFromElasticsearch({ properties }).field(name);

const fault = (body: Json): string => {
  try {
    mappingFromElasticsearch(body);
  } catch (error) {
    if (error instanceof KnownError) return error.message;
    throw error;
  }
  throw new Error('no fault');
};

describe('a mapping from Elasticsearch', () => {
  it('keeps the parameters that decide what a query means', () => {
    const properties = {
      k: {
        type: 'keyword',
        ignore_above: '256',
        normalizer: 'lowercase',
        null_value: 'none',
        doc_values: false,
        index: 'true',
      },
      s: { type: 'scaled_float', scaling_factor: 100, coerce: false, ignore_malformed: true },
      c: { type: 'constant_keyword', value: 'x' },
      d: { type: 'date', format: 'epoch_second' },
      a: { type: 'alias', path: 'k' },
      t: { type: 'text', analyzer: 'mine', fields: { raw: { type: 'keyword' } } },
    };
    expect(['k', 's', 'c', 'd', 'a', 't', 't.raw'].map((name) => field(properties, name))).toEqual([
      {
        name: 'k', type: 'keyword', typeName: 'keyword', ignoreAbove: 256, normalizer: 'lowercase', nullValue: 'none',
        docValues: false, indexed: true,
      },
      { name: 's', type: 'scaled_float', typeName: 'scaled_float', scalingFactor: 100, coerce: false, ignoreMalformed: true },
      { name: 'c', type: 'constant_keyword', typeName: 'constant_keyword', constant: 'x' },
      { name: 'd', type: 'date', typeName: 'date', format: 'epoch_second' },
      { name: 'a', type: 'alias', typeName: 'alias', aliasOf: 'k' },
      { name: 't', type: 'text', typeName: 'text', analyzer: 'mine' },
      { name: 't.raw', type: 'keyword', typeName: 'keyword', multiFieldOf: 't' },
    ]); // prettier-ignore
  });

  it('knows containers, dotted names, nested paths and disabled objects', () => {
    const properties = {
      'a.b': { type: 'long' },
      n: { type: 'nested', include_in_root: true, properties: { x: { properties: { y: { type: 'ip' } } } } },
      off: { enabled: false, properties: { z: { type: 'keyword' } } },
    };
    expect(['a', 'a.b', 'n.x.y', 'off.z', 'b', 'a.b.c'].map((name) => field(properties, name))).toEqual([
      { name: 'a', type: 'object', typeName: 'object' },
      { name: 'a.b', type: 'long', typeName: 'long' },
      { name: 'n.x.y', type: 'ip', typeName: 'ip', nestedPath: 'n', includeInRoot: true },
      { name: 'off.z', type: 'keyword', typeName: 'keyword', unread: true },
      undefined,
      undefined,
    ]);
  });

  it('lets a value and names below it stand together, as without subobjects', () => {
    const mapping = mappingFromElasticsearch({
      subobjects: false,
      properties: { 'a.b': { type: 'long' }, a: { type: 'keyword' } },
    });
    expect(mapping.names()).toEqual(['a', 'a.b']);
  });

  it('gives flattened keys, and the bare names below a passthrough object', () => {
    expect(field({ f: { type: 'flattened', ignore_above: 5 } }, 'f.x.y')).toEqual({
      name: 'f.x.y', type: 'flattened', typeName: 'flattened key', flattenedRoot: 'f', ignoreAbove: 5,
    }); // prettier-ignore
    const properties = {
      low: { type: 'passthrough', priority: 1, properties: { x: { type: 'long' }, y: { type: 'ip' } } },
      high: { type: 'passthrough', priority: 2, properties: { x: { type: 'keyword' } } },
    };
    expect([field(properties, 'x'), field(properties, 'y')]).toEqual([
      { name: 'x', type: 'alias', typeName: 'alias', aliasOf: 'high.x' },
      { name: 'y', type: 'alias', typeName: 'alias', aliasOf: 'low.y' },
    ]);
  });

  it('keeps types that are not run, and runtime scripts, by name', () => {
    const mapping = mappingFromElasticsearch({
      mappings: {
        properties: { v: { type: 'dense_vector' }, c: { type: 'counted_keyword' } },
        runtime: { r: { type: 'keyword' }, s: { type: 'long', script: 'emit(1)' } },
      },
    });
    expect(['v', 'c', 'r', 's'].map((name) => mapping.field(name))).toEqual([
      { name: 'v', type: 'unsupported', typeName: 'dense_vector' },
      { name: 'c', type: 'keyword', typeName: 'counted_keyword' },
      { name: 'r', type: 'keyword', typeName: 'keyword', runtime: true },
      {
        name: 's',
        type: 'unsupported',
        typeName: 'long runtime field with a script',
        runtime: true,
        searchedByDefault: true,
        refusal: 'a Painless script gives the values',
      },
    ]);
  });

  it('reads analyzers and normalizers of the settings', () => {
    const mapping = mappingFromElasticsearch(
      { properties: { k: { type: 'keyword', normalizer: 'low' }, o: { type: 'keyword', normalizer: 'odd' } } },
      {
        index: {
          analysis: {
            analyzer: {
              ps: { type: 'pattern', pattern: '[\\W&&[^-]]+' },
              words: { tokenizer: 'whitespace', filter: ['lowercase'] },
              odd: { tokenizer: 'standard', filter: ['stemmer'] },
            },
            normalizer: { low: { type: 'custom', filter: ['lowercase'] }, odd: { filter: ['asciifolding'] } },
          },
        },
      },
    );
    expect([mapping.field('k')?.normalizer, mapping.field('o')?.normalizer]).toEqual(['lowercase', 'odd']);
    expect(['ps', 'words', 'odd', 'none'].map((name) => mapping.analyzer(name))).toEqual([
      { type: 'pattern', lowercase: true, pattern: '[\\W&&[^-]]+', typeName: 'pattern' },
      { type: 'whitespace', lowercase: true, typeName: 'custom' },
      { type: 'unsupported', lowercase: false, typeName: 'custom' },
      undefined,
    ]);
  });

  it('resolves the analyzers of a text field', () => {
    const settings = {
      'index.analysis.analyzer.default.type': 'whitespace',
      analysis: { analyzer: { default_search: { type: 'keyword' }, default_search_quoted: { type: 'simple' } } },
    };
    const mapping = mappingFromElasticsearch(
      {
        properties: {
          bare: { type: 'text' },
          named: { type: 'text', analyzer: 'simple' },
          search: { type: 'text', search_analyzer: 'simple' },
          quote: { type: 'text', analyzer: 'simple', search_quote_analyzer: 'keyword' },
          k: { type: 'keyword' },
        },
      },
      settings,
    );
    const analyzers = (name: string): unknown => {
      const { analyzer, searchAnalyzer, searchQuoteAnalyzer } = mapping.field(name) ?? {};
      return [analyzer, searchAnalyzer, searchQuoteAnalyzer];
    };
    expect(['bare', 'named', 'search', 'quote', 'k'].map(analyzers)).toEqual([
      ['default', 'default_search', 'default_search_quoted'],
      ['simple', undefined, undefined],
      ['default', 'simple', undefined],
      ['simple', undefined, 'keyword'],
      [undefined, undefined, undefined],
    ]);
    expect(mapping.analyzer('default')?.type).toBe('whitespace');
  });

  it('keeps what decides how documents are taken', () => {
    const properties = {
      t: {
        type: 'text',
        index_options: 'freqs',
        norms: false,
        fielddata: true,
        copy_to: 'k',
      },
      g: { type: 'text', position_increment_gap: '5' },
      k: { type: 'keyword', store: true },
      f: { type: 'flattened', null_value: 'none', depth_limit: 3 },
      o: { type: 'object', dynamic: 'strict', subobjects: false },
    };
    expect(['t', 'f', 'o'].map((name) => field(properties, name))).toEqual([
      {
        name: 't', type: 'text', typeName: 'text', indexOptions: 'freqs', norms: false, fielddata: true,
        copyTo: ['k'],
      },
      { name: 'f', type: 'flattened', typeName: 'flattened', nullValue: 'none', depthLimit: 3 },
      { name: 'o', type: 'object', typeName: 'object', dynamic: 'strict', subobjects: false },
    ]); // prettier-ignore
    expect(field(properties, 'k')).toMatchObject({ store: true });
    expect(field(properties, 'g')).toMatchObject({ positionIncrementGap: 5 });
  });

  it('keeps what the root and the settings say of the whole index', () => {
    const root = { dynamic: false, date_detection: false, numeric_detection: true, dynamic_date_formats: ['yyyy'] };
    const settings = {
      index: { query: { default_field: ['a', 'b.*'] }, max_terms_count: '10', 'mapping.depth.limit': 5 },
      'query_string.lenient': 'true',
    };
    expect(mappingFromElasticsearch({ ...root, properties: {} }, settings).options).toEqual({
      dynamic: 'false', dateDetection: false, numericDetection: true, dynamicDateFormats: ['yyyy'],
      defaultField: ['a', 'b.*'], maxTermsCount: 10, depthLimit: 5, queryStringLenient: true,
    }); // prettier-ignore
  });

  it('names the field that is written wrong', () => {
    let deep: Json = { type: 'long' };
    for (let i = 0; i < 150; i++) deep = { properties: { a: deep } };
    expect([
      fault([]),
      fault({ properties: 5 }),
      fault({ properties: { a: 'keyword' } }),
      fault({ properties: { a: { type: 5 } } }),
      fault({ properties: { a: { properties: { b: { type: 'alias' } } } } }),
      fault({ properties: { a: { type: 'scaled_float' } } }),
      fault({ properties: { a: { type: 'keyword', fields: 'text' } } }),
      fault({ properties: { a: { properties: 'b' } } }),
      fault({ runtime: 5 }),
      fault({ properties: { a: deep } }).slice(-31),
    ]).toEqual([
      'the mapping is not an object',
      '"properties" of the mapping is not an object',
      'the field a of the mapping is not an object',
      'the field a of the mapping has a "type" that is not text',
      'the field a.b of the mapping is an alias without a target',
      'the field a of the mapping is a scaled_float without a scaling_factor',
      'the field a of the mapping has "fields" that are not an object',
      '"properties" of a is not an object',
      '"runtime" of the mapping is not an object',
      'lies more than 100 objects deep',
    ]);
  });

  it('holds own keys only', () => {
    const mapping = mappingFromElasticsearch(JSON.parse('{"properties": {"__proto__": {"type": "long"}}}') as Json);
    expect([mapping.field('__proto__')?.type, mapping.field('constructor'), mapping.field('toString')]).toEqual([
      'long',
      undefined,
      undefined,
    ]);
  });

  it('finds fields by pattern, and multi-fields', () => {
    const mapping = mappingFromElasticsearch({
      properties: { a: { type: 'object', properties: { b: { type: 'keyword', fields: { 't?': { type: 'text' } } } } } },
    });
    expect([mapping.matching('a.*'), mapping.matching('*?')].map((all) => all.map(({ name }) => name))).toEqual([
      ['a.b', 'a.b.t?'],
      ['a.b.t?'],
    ]);
    expect(mapping.multiFields('a.b').map(({ name }) => name)).toEqual(['a.b.t?']);
  });
});

describe('the mapping of several indices', () => {
  const of = (properties: Json, settings?: Json) => mappingFromElasticsearch({ properties }, settings);

  it('is their union and says where families differ', () => {
    const merged = mergeMappings([
      of({ a: { type: 'keyword' }, b: { type: 'keyword' }, 'o.x': { type: 'long' } }),
      of({ a: { type: 'wildcard' }, b: { type: 'long' }, c: { type: 'ip' } }),
    ]);
    expect(['a', 'b', 'c', 'o'].map((name) => merged.field(name))).toEqual([
      { name: 'a', type: 'keyword', typeName: 'keyword' },
      { name: 'b', type: 'keyword', typeName: 'keyword', conflictsWith: ['long'] },
      { name: 'c', type: 'ip', typeName: 'ip' },
      { name: 'o', type: 'object', typeName: 'object' },
    ]);
  });

  it('keeps the analyzers of each', () => {
    const settings = { analysis: { analyzer: { mine: { type: 'whitespace' } } } };
    expect(mergeMappings([of({}), of({}, settings)]).analyzer('mine')?.type).toBe('whitespace');
  });
});

describe('what indices say of themselves', () => {
  const of = (properties: Json, settings: Json) => mappingFromElasticsearch({ properties }, settings);
  const analyzer = (type: string) => ({ analysis: { analyzer: { mine: { type }, default: { type } } } });

  it('is kept apart where two mean different analyzers by one name', () => {
    const merged = mergeMappings([
      of({ a: { type: 'text' }, b: { type: 'text', search_analyzer: 'mine' } }, analyzer('whitespace')),
      of({ c: { type: 'text' }, d: { type: 'text', analyzer: 'mine' } }, analyzer('simple')),
      of({ e: { type: 'text', analyzer: 'mine' }, f: { type: 'text' } }, analyzer('whitespace')),
      of({ g: { type: 'text' } }, {}),
    ]);
    const means = (name: string): unknown => {
      const { analyzer: index, searchAnalyzer: search } = merged.field(name) ?? {};
      return [index, search].map((one) => one && merged.analyzer(one)?.type);
    };
    expect(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(means)).toEqual([
      ['whitespace', undefined],
      ['whitespace', 'whitespace'],
      ['simple', undefined],
      ['simple', undefined],
      ['whitespace', undefined],
      ['whitespace', undefined],
      [undefined, undefined],
    ]);
  });

  it('holds for all of them if they say it alike, else the lowest limit, or nothing that a query may depend on', () => {
    const same = { 'index.query.default_field': 'a', 'index.max_terms_count': 9 };
    expect(mergeMappings([of({}, same), of({}, same)]).options).toEqual({ defaultField: ['a'], maxTermsCount: 9 });
    expect(mergeMappings([of({}, same), of({}, { 'index.max_terms_count': 5 })]).options).toEqual({
      maxTermsCount: 5,
      differing: ['defaultField'],
    });
  });
});

it('tells what copy_to fills, multi-fields included', () => {
  const mapping = mappingFromElasticsearch({
    properties: {
      a: { type: 'keyword', copy_to: ['all', 'nowhere', 'flat.key'] },
      b: { type: 'long', copy_to: 'all' },
      all: { type: 'text', fields: { raw: { type: 'keyword' } } },
      flat: { type: 'flattened' },
    },
  });
  expect(mapping.field('all')?.copiedFrom).toEqual(['a', 'b']);
  expect(mapping.field('all.raw')?.copiedFrom).toEqual(['a', 'b']);
  expect(mapping.field('a')?.copiedFrom).toBeUndefined();
  expect(mapping.field('flat')).toMatchObject({
    typeName: 'flattened with a key filled by copy_to',
    type: 'unsupported',
  });
});
