import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { mappingFromElasticsearch, type MappingOrigin } from '../elasticsearch-mapping.ts';
import type { Field, Mapping } from '../mapping.ts';
import { flatSettings } from './settings.ts';

const of = (properties: JsonObject, settings: Json, root: JsonObject = {}): Mapping =>
  mappingFromElasticsearch({ ...root, properties }, settings);

const fault = (settings: Json, root: JsonObject = {}, origin?: MappingOrigin): string => {
  try {
    mappingFromElasticsearch({ properties: {}, ...root }, settings, origin);
  } catch (error) {
    if (error instanceof KnownError) return error.message;
    throw error;
  }
  return 'taken';
};

describe('settings of an index', () => {
  it('are the same in each form that Elasticsearch writes', () => {
    const flat = new Map<string, Json>([['index.mapping.coerce', false]]);
    for (const written of [
      { mapping: { coerce: false } },
      { index: { mapping: { coerce: false } } },
      { 'index.mapping.coerce': false },
      { settings: { index: { 'mapping.coerce': false } } },
      { 'my-index': { settings: { index: { mapping: { coerce: false } } }, defaults: { index: { mode: 'logsdb' } } } },
    ])
      expect(flatSettings(written)).toEqual(flat);
  });

  it('refuses unknown ones, wrong values, and what cannot be followed', () => {
    expect([
      fault({ 'index.mapping.ignore_abov': 5 }),
      fault({ index: { nubmer_of_shards: 1 } }),
      fault({ 'index.mapping.coerce': 'x' }),
      fault({ 'index.mode': 'columnar' }),
      fault({ 'index.query.parse.allow_unmapped_fields': 'false' }),
      fault({ 'index.blocks.read': true }),
      fault({ 'index.max_terms_count': 0 }),
      fault({ 'index.blocks.read': 'false', 'index.mode': null }),
    ]).toEqual([
      'the index setting index.mapping.ignore_abov is unknown, did you mean "index.mapping.ignore_above"?',
      'the index setting index.nubmer_of_shards is unknown, did you mean "index.number_of_shards"?',
      'the index setting index.mapping.coerce is not true or false',
      'the index setting index.mode is none of standard, logsdb, time_series, lookup',
      'the index setting index.query.parse.allow_unmapped_fields cannot be followed offline',
      'the index setting index.blocks.read cannot be followed offline',
      'the index setting index.max_terms_count is not a whole number of 1 or more',
      'taken',
    ]);
  });

  it('takes what an answer of Elasticsearch carries', () => {
    const index = {
      uuid: 'x', creation_date: '1', provided_name: 'a', version: { created: '1' }, number_of_shards: '1',
      routing: { allocation: { include: { _tier_preference: 'data_hot' } } }, lifecycle: { name: 'logs' },
      sort: { field: ['a'] }, store: { snapshot: { index_uuid: 'y' } }, translog: { durability: 'async' },
    }; // prettier-ignore
    expect(fault({ index })).toBe('taken');
    expect(fault({ 'archived.index.shiny': 1 })).toBe('taken');
  });

  it('refuses of an index that exists only what a verdict may depend on', () => {
    expect(fault({ 'index.shiny': 1 }, {}, { accepted: true })).toBe('taken');
    expect(fault({ 'index.mapping.shiny': 1 }, {}, { accepted: true })).toBe(
      'the index setting index.mapping.shiny is unknown',
    );
  });

  it('gives fields what they do not say themselves', () => {
    const properties = {
      k: { type: 'keyword' },
      own: { type: 'keyword', ignore_above: 7 },
      w: { type: 'wildcard' },
      f: { type: 'flattened' },
      l: { type: 'long' },
      r: { type: 'long_range' },
      t: { type: 'text' },
    };
    const settings = { mapping: { ignore_above: '5', ignore_malformed: true, coerce: false } };
    const mapping = of(properties, settings);
    const said = (name: string): unknown => {
      const { ignoreAbove, ignoreMalformed, coerce } = mapping.field(name) ?? ({} as Partial<Field>);
      return [ignoreAbove, ignoreMalformed, coerce];
    };
    expect(Object.keys(properties).map(said)).toEqual([
      [5, undefined, undefined],
      [7, undefined, undefined],
      [5, undefined, undefined],
      [5, undefined, undefined],
      [undefined, true, false],
      [undefined, undefined, false],
      [undefined, undefined, undefined],
    ]);
  });

  it('follows what an index of logs does by default', () => {
    const mapping = of({ k: { type: 'keyword' }, l: { type: 'long' } }, { 'index.mode': 'logsdb' });
    expect(mapping.field('k')?.ignoreAbove).toBe(8191);
    expect(mapping.field('l')?.ignoreMalformed).toBe(true);
    expect(mapping.field('@timestamp')).toEqual({ name: '@timestamp', type: 'date', typeName: 'date' });
    expect(mapping.options).toEqual({ ignoreDynamicBeyondLimit: true, timestampRequired: true });
  });
});

describe('the root of a mapping', () => {
  it('refuses members that are unknown, or cannot be followed', () => {
    expect([
      fault(null, { dynamc: false }),
      fault(null, { _source: { exclude: ['a'] } }),
      fault(null, { dynamic: 'sometimes' }),
      fault(null, { enabled: false }),
      fault(null, { _routing: { required: true } }),
      fault(null, { dynamic_date_formats: ['yyyy', 'foo'] }),
      ...[
        { type: 'date', format: 'yyyy||' },
        { type: 'date', format: 'date_time || yyyy' },
        { type: 'text', index_prefixes: { max_chars: 20 } },
        { type: 'text', index_prefixes: { min_chars: 1, max_chars: 19 } },
        { type: 'keyword', meta: { unit: 1 } },
        { type: 'keyword', meta: { unit: 'byte' } },
        { type: 'text', similarity: 'nosuch' },
        { type: 'text', similarity: 'boolean' },
        { type: 'keyword', fields: { x: { type: 'keyword' } }, copy_to: 'f.x' },
      ].map((f) => fault(null, { properties: { f } })),
      fault({ similarity: { mine: { type: 'BM25' } } }, { properties: { f: { type: 'text', similarity: 'mine' } } }),
      fault(null, { _field_names: { enabled: false } }),
      fault(null, {
        _routing: { required: false },
        _field_names: {},
        _meta: {},
        _data_stream_timestamp: { enabled: true },
      }),
      fault({ max_result_window: 1 }),
      fault({ max_result_window: '10000', mapping: { nested_fields: { limit: 200 } } }),
      fault({ time_series: { start_time: '2026-01-01T00:00:00Z' } }),
    ]).toEqual([
      'the mapping has an unknown parameter "dynamc", did you mean "dynamic"?',
      '_source of the mapping has an unknown parameter "exclude", did you mean "excludes"?',
      '"dynamic" of the mapping is none of true, false, strict, runtime',
      '"enabled" of the mapping cannot be followed offline',
      '"required" of _routing cannot be followed offline',
      'dynamic_date_formats of the mapping has a date format that cannot be read: f is no letter of a date pattern',
      'the field f of the mapping has a date format that cannot be read: it has an empty alternative',
      'taken',
      'the field f of the mapping has index_prefixes of 2 to 20 characters: they lie between 1 and 19',
      'taken',
      'the field f of the mapping has an entry "unit" in meta that is not a text of at most 50 characters under a name of at most 20',
      'taken',
      'the field f of the mapping has the unknown similarity nosuch',
      'taken',
      'the field f of the mapping is copied to f.x, which is a multi-field',
      'taken',
      '_field_names of the mapping has an unknown parameter "enabled"',
      'taken',
      'the index setting index.max_result_window cannot be followed offline',
      'taken',
      'the index setting index.time_series.start_time cannot be followed offline',
    ]);
  });

  it('refuses dynamic templates that Elasticsearch refuses', () => {
    const template = (body: Json): string => fault(null, { dynamic_templates: [{ t: body }] });
    const mapping = { type: 'keyword' };
    expect([
      template({ match: 'x', mapping }),
      template({
        match: '*',
        match_mapping_type: ['string', 'long'],
        mapping: { type: '{dynamic_type}', index: false },
      }),
      template({ matsh: 'x', mapping }),
      template({ match_mapping_type: 'strin', mapping }),
      template({ match: 'x' }),
      template({ match: 'x', mapping: { type: 'keywrod' } }),
      template({ match: 'x', mapping: { type: 'keyword', ignore_abov: 3, normalizer: '{name}' } }),
      fault(null, { dynamic_templates: ['x'] }),
    ]).toEqual([
      'taken',
      'taken',
      'the dynamic template t of the mapping has an unknown parameter "matsh", did you mean "match"?',
      '"match_mapping_type" of the dynamic template t of the mapping is none of object, string, long, double, boolean, date, binary, *',
      'the dynamic template t of the mapping has neither a mapping nor a runtime field',
      'the dynamic template t of the mapping is of the unknown type keywrod, did you mean "keyword"?',
      'the dynamic template t of the mapping has an unknown parameter "ignore_abov", did you mean "ignore_above"?',
      'a dynamic template of the mapping is not an object with one name',
    ]);
  });

  it.each<readonly [string, JsonObject, Json, boolean, boolean]>([
    ['stored', {}, {}, true, true],
    ['synthetic', { _source: { mode: 'synthetic' } }, {}, false, true],
    ['synthetic by setting', {}, { 'index.mapping.source.mode': 'SYNTHETIC' }, false, true],
    ['synthetic by mode', {}, { 'index.mode': 'time_series' }, false, true],
    ['disabled', { _source: { enabled: false } }, {}, false, false],
    ['filtered', { _source: { excludes: ['a'] } }, {}, false, false],
  ])('refuses fields that read a source that is %s', (_, root, settings, runtimeRuns, textRuns) => {
    const mapping = of({ m: { type: 'match_only_text' } }, settings, {
      ...root,
      runtime: { r: { type: 'keyword' } },
    });
    expect([mapping.field('r')?.type === 'keyword', mapping.field('m')?.type === 'match_only_text']).toEqual([
      runtimeRuns,
      textRuns,
    ]);
  });
});
