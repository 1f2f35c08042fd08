import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { mappingFromElasticsearch } from '../../elasticsearch-mapping.ts';
import { IndexWriter, rejects } from '../index.ts';

/** What becomes of documents, and of the mapping: fields with their types and formats. */
function written(mapping: JsonObject, documents: readonly string[], settings: Json = {}): readonly [string, string[]] {
  const writer = new IndexWriter(mappingFromElasticsearch(mapping, settings));
  const outcomes = documents.map((text) => {
    const found = writer.add(parseJsonSpelled(text).value as JsonObject);
    return rejects(found) ? 'x' : found.length > 0 ? 'i' : '.';
  });
  const after = writer.mapping;
  const fields = after.names().map((name) => {
    const field = after.field(name);
    return `${name} ${field?.typeName ?? ''}${field?.format === undefined ? '' : ` ${field.format}`}${field?.runtime === true ? ' runtime' : ''}`;
  });
  return [outcomes.join(''), fields];
}

// The outcomes are those of Elasticsearch 9.2.0
describe('dynamic: true', () => {
  it.each<[string, string[]]>([
    ['1', ['a long']],
    ['-0', ['a long']],
    ['1.0', ['a float']],
    ['1e2', ['a float']],
    ['true', ['a boolean']],
    ['"x"', ['a text', 'a.keyword keyword']],
    ['"2024"', ['a text', 'a.keyword keyword']],
    ['"2024-01-31 12:30"', ['a text', 'a.keyword keyword']],
    ['"2024-01"', ['a date']],
    ['"2024-01-31T12:30:15Z"', ['a date']],
    ['"2024/01/31"', ['a date yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis']],
    ['null', []],
    ['[null]', []],
    ['{}', []],
    ['[{"b":1},null,[{"c":"2024-01-31"}]]', ['a.b long', 'a.c date']],
    ['{"b.c":1}', ['a.b.c long']],
  ])('makes of %s', (value, fields) => {
    expect(written({ dynamic: true }, [`{"a":${value}}`])).toEqual(['.', fields]);
  });

  it.each([
    '[1,1.5]', '[1,"5"]', '["2024-01-01","x"]', '["2024-01-01","2024/01/01"]', '[{"b":1},{"b":1.5}]', '[1,{"b":2}]', '[{"b":2},1]',
    '9223372036854775808', '1e39',
  ])('refuses %s', (value) => {
    expect(written({ dynamic: true }, [`{"a":${value}}`])).toEqual(['x', []]);
  }); // prettier-ignore

  it('holds later documents against what the first one made', () => {
    const documents = ['{"a":1}', '{"a":1.7}', '{"a":"5"}', '{"a":"x"}', '{"a":{"b":1}}', '{"b":{}}', '{"b":1}'];
    expect(written({ dynamic: true }, documents)).toEqual(['...xx.x', ['a long']]);
    expect(written({ dynamic: true }, ['{"a":1,"b":[1,"x"]}', '{"a":"x"}'])).toEqual([
      'x.',
      ['a text', 'a.keyword keyword'],
    ]);
  });

  it('follows date_detection, numeric_detection and dynamic_date_formats', () => {
    expect(written({ dynamic: true, date_detection: false }, ['{"a":"2024-01-31"}'])[1]).toContain('a text');
    expect(written({ dynamic: true, numeric_detection: true }, ['{"a":"5","b":"1.5","c":"x","d":"2024"}'])[1]).toEqual([
      'a long',
      'b float',
      'c text',
      'c.keyword keyword',
      'd long',
    ]);
    const formats = ['MM/dd/yyyy', 'yyyy'];
    expect(
      written({ dynamic: true, dynamic_date_formats: formats }, ['{"a":"01/31/2024","b":"2024-01-31","c":"2024"}'])[1],
    ).toEqual(['a date MM/dd/yyyy', 'b text', 'b.keyword keyword', 'c text', 'c.keyword keyword']);
  });

  it('goes by the nearest object that says it', () => {
    const properties = {
      open: { type: 'object', dynamic: 'runtime' },
      closed: { type: 'object', dynamic: false },
      strict: { type: 'object', dynamic: 'strict' },
      nested: { type: 'nested' },
      flat: { type: 'object', subobjects: false },
    };
    const documents = [
      '{"open":{"a":1.5,"o":{"b":"x"}}}',
      '{"closed":{"a":1}}',
      '{"strict":{"a":1}}',
      '{"nested":[{"a":1}]}',
      '{"flat":{"a":{"b":[1]},"a":5}}'.replace(',"a":5', ',"c.d":true'),
    ];
    const [outcomes, fields] = written({ dynamic: true, properties }, documents);
    expect(outcomes).toBe('..x..');
    expect(fields).toEqual([
      'flat.a.b long',
      'flat.c.d boolean',
      'nested.a long',
      'open.a double runtime',
      'open.o.b keyword runtime',
    ]);
    const writer = new IndexWriter(mappingFromElasticsearch({ dynamic: true, properties }));
    writer.add({ nested: { a: { b: 1 } } });
    expect(writer.mapping.field('nested.a.b')?.nestedPath).toBe('nested');
  });

  it('makes fields of what is copied', () => {
    const properties = { k: { type: 'keyword', copy_to: ['all', 'o.copy'] } };
    expect(written({ dynamic: true, properties }, ['{"k":"2024-01-01"}', '{"k":"x"}'])).toEqual([
      '.x',
      ['all date', 'k keyword', 'o.copy date'],
    ]);
  });

  it('stops at the limits of the index', () => {
    const total = { 'index.mapping.total_fields.limit': 3 };
    expect(written({ dynamic: true }, ['{"a":"x"}', '{"b":1}', '{"c":1}', '{"a":"y"}'], total)[0]).toBe('..x.');
    const beyond = { ...total, 'index.mapping.total_fields.ignore_dynamic_beyond_limit': true };
    expect(written({ dynamic: true }, ['{"a":1,"b":"x","c":3}', '{"d":1}'], beyond)).toEqual([
      'ii',
      ['a long', 'b text', 'b.keyword keyword'],
    ]);
    const depth = { 'index.mapping.depth.limit': 3 };
    expect(written({ dynamic: true }, ['{"a":{"b":{"c":1}}}', '{"a.b.d.e":1}', '{"x":{"y":{"z":{}}}}'], depth)[0]).toBe('.xx'); // prettier-ignore
    const nested = { properties: { n: { type: 'nested', properties: { m: { type: 'nested' } } } } };
    const few = { 'index.mapping.nested_objects.limit': 2 };
    expect(written(nested, ['{"n":[{},{}]}', '{"n":[{"m":[{},{}]}]}'], few)[0]).toBe('.x');
  });
});

describe('dynamic: runtime', () => {
  it('makes runtime fields, of which the last value of a document decides', () => {
    const documents = ['{"a":1,"b":1.5,"c":"x","d":"2024-01-31","e":{"f":true}}', '{"g":[1,"x"]}', '{"a":"x"}'];
    expect(written({ dynamic: 'runtime' }, documents)).toEqual([
      '...',
      ['a long', 'b double', 'c keyword', 'd date', 'e.f boolean', 'g keyword'].map((field) => `${field} runtime`),
    ]);
  });
});

describe('dynamic templates', () => {
  const templates = (...list: JsonObject[]): JsonObject => ({
    dynamic: true,
    dynamic_templates: list.map((one, at) => ({ [`t${at}`]: one })),
  });

  it('decide by the kind of value, the name and the path, first come first served', () => {
    const mapping = templates(
      { match_mapping_type: 'string', match: 's*', mapping: {} },
      { match: 'k_*', unmatch: '*_x', mapping: { type: 'keyword', ignore_above: 3 } },
      { match_mapping_type: ['long', 'double'], path_match: 'o.*', mapping: { type: '{dynamic_type}', index: false } },
      { match_mapping_type: 'object', match: 'fl', mapping: { type: 'flattened' } },
      { match: 'rt_*', match_mapping_type: 'string', runtime: {} },
      { match: 'n_*', mapping: { type: 'text', fields: { '{name}_raw': { type: 'keyword' } } } },
    );
    const documents = [
      '{"s":"x","s2":"2024-01-01"}', '{"k_1":5,"k_x":5}', '{"k_2":{"a":1}}', '{"o":{"a":1.5,"b":"x"}}', '{"fl":{"q":{"r":1}}}',
      '{"rt_1":"x","rt_2":5}', '{"n_1":"x"}',
    ]; // prettier-ignore
    const [outcomes, fields] = written(mapping, documents);
    expect(outcomes).toBe('..x....');
    expect(fields).toEqual([
      'fl flattened', 'k_1 keyword', 'k_x long', 'n_1 text', 'n_1.n_1_raw keyword', 'o.a float', 'o.b text', 'o.b.keyword keyword',
      'rt_1 keyword runtime', 'rt_2 long', 's text', 's2 date',
    ]); // prettier-ignore
  });

  it('say what becomes of objects below', () => {
    const mapping = templates(
      { match_mapping_type: 'object', match: 'off', mapping: { enabled: false } },
      { match_mapping_type: 'object', match: 'closed', mapping: { dynamic: false } },
      { match: '*', match_mapping_type: '*', mapping: { type: '{dynamic_type}', index: false } },
    );
    expect(written(mapping, ['{"off":{"a":{"":1}},"closed":{"a":1},"o":{"b":1}}', '{"off":5}'])).toEqual(['..', ['o.b long']]); // prettier-ignore
  });

  it('with a regular expression are refused by name when it comes to them', () => {
    const mapping = templates({ match_pattern: 'regex', match: '^a.$', mapping: { type: 'keyword' } });
    expect(() => written(mapping, ['{"ab":"x"}'])).toThrow('the regular expression ^a.$ of a dynamic template cannot be run offline'); // prettier-ignore
  });
});
