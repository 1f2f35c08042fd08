import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { parseJsonSpelled } from '../../text/parse-json.ts';
import { mappingFromElasticsearch } from '../elasticsearch-mapping.ts';
import { refusals, rejects } from './index.ts';

const mapping = mappingFromElasticsearch({
  runtime: { rt: { type: 'long' } },
  properties: {
    n: { type: 'long', fields: { k: { type: 'keyword', ignore_above: 3 } } },
    m: { type: 'long', ignore_malformed: true },
    d: { type: 'date' },
    dm: { type: 'date', ignore_malformed: true },
    ip: { type: 'ip' },
    im: { type: 'ip', ignore_malformed: true },
    k: { type: 'keyword' },
    km: { type: 'keyword', fields: { n: { type: 'long' } } },
    kp: { type: 'keyword', fields: { p: { type: 'geo_point' } } },
    rb: { type: 'integer_range', fields: { b: { type: 'binary' } } },
    bare: { type: 'keyword', index: false, doc_values: false },
    short: { type: 'keyword', ignore_above: 2 },
    t: { type: 'text' },
    whole: { type: 'text', analyzer: 'keyword' },
    o: { properties: { b: { type: 'boolean' } } },
    nested: { type: 'nested', properties: { k: { type: 'keyword' } } },
    off: { type: 'object', enabled: false },
    al: { type: 'alias', path: 'k' },
    flat: { type: 'flattened' },
    geo: { type: 'geo_point' },
    gm: { type: 'geo_point', ignore_malformed: true },
    bin: { type: 'binary' },
    held: { type: 'binary', doc_values: true },
    range: { type: 'integer_range' },
    unread: { type: 'boolean', index: false, doc_values: false },
  },
});

it('a runtime field hides a field from queries, and not from documents', () => {
  const hidden = mappingFromElasticsearch({
    properties: {
      v: { type: 'long' },
      o: { properties: { x: { type: 'long' } } },
      c: { type: 'keyword', copy_to: 'v' },
    },
    runtime: { v: { type: 'keyword' }, o: { type: 'keyword' } },
  });
  const documents = [{ v: 'abc' }, { v: 5 }, { o: 's' }, { o: { x: 'q' } }, { o: { x: 1 } }, { c: '7' }, { c: 'z' }];
  expect(documents.map((one) => rejects(refusals(one, hidden)))).toEqual([true, false, true, true, false, false, true]);
});

it.each([
  ['9.1', 'rejected', 'rejected', 'ignored', 'rejected'],
  ['9.2.0', 'taken', 'taken', 'taken', 'ignored'],
  [undefined, 'taken', 'taken', 'taken', 'ignored'],
])('dates are read as a release reads them: %s', (stack, early, late, malformed, object) => {
  const dates = mappingFromElasticsearch(
    {
      properties: {
        n: { type: 'date_nanos' },
        m: { type: 'date_nanos', ignore_malformed: true },
        d: { type: 'date', ignore_malformed: true },
      },
    },
    undefined,
    { stack },
  );
  const documents: JsonObject[] = [{ n: -2_147_483_649 }, { n: 9_300_000_000_000 }, { m: 9_300_000_000_000 }, { d: [{ a: 'x' }] }]; // prettier-ignore
  expect(documents.map((one) => refusals(one, dates)[0]?.effect ?? 'taken')).toEqual([early, late, malformed, object]);
});

const parse = (text: string): JsonObject => parseJsonSpelled(text).value as JsonObject;
const seen = (source: JsonObject): string[] =>
  refusals(source, mapping).map(({ path, value, effect, why }) => `${path} ${JSON.stringify(value)} ${effect}: ${why}`);
const refused = (text: string, of = mapping): boolean => rejects(refusals(parse(text), of));

describe('refusals', () => {
  it('name each value that its field does not take, and what becomes of it', () => {
    expect(
      seen({ n: ['1', 'x'], m: 'x', d: 'soon', ip: '10.0.0.256', k: { a: 1 }, o: [{ b: 'yes' }, 5], flat: 'text' }),
    ).toEqual([
      'n "x" rejected: no long',
      'm "x" ignored: no long',
      'd "soon" rejected: not a date',
      'ip "10.0.0.256" rejected: not an address',
      'k {"a":1} rejected: an object, not a value',
      'o.b "yes" rejected: neither true nor false',
      'o 5 rejected: a value, not an object',
      'flat "text" rejected: a value, not an object',
    ]);
  });

  it('look at a multi-field of places one value after the other', () => {
    expect(seen({ kp: [1, '1,2'] })).toEqual(['kp.p 1 rejected: no place: write {"lat": 1.5, "lon": 2.5}']);
    expect(seen({ kp: '91,0' })).toEqual(['kp.p "91,0" rejected: of a latitude that is not between -90 and 90']);
  });

  it('pass over what is taken, too long, unmapped or null', () => {
    expect(
      seen({
        n: [1, '', null],
        d: 0,
        k: [true, 'x'],
        short: ['abc', 1234, true],
        'o.b': '',
        flat: { a: [1, { b: 2 }] },
        geo: { lat: 1, lon: 2 },
        other: { x: 1, '': 1 },
        off: [5, { '': 1 }],
        rt: 'x',
        bin: ['no Base64!', 5],
        unread: 'no boolean',
        kp: ['1,2', 'drm3', null],
        rb: { gte: 1 },
        nested: [null, []],
        al: [],
      }),
    ).toEqual([]);
  });

  it('hold terms against their longest length, in bytes', () => {
    const [fits, long] = ['x'.repeat(32_766), 'é'.repeat(16_384)];
    expect(seen({ k: fits, whole: fits, t: long, bare: long, short: long })).toEqual([]);
    expect(seen({ k: long, whole: ['y', long], km: long }).map((one) => one.replace(/"é*"/, '…'))).toEqual([
      'k … rejected: longer than the 32766 bytes of a term',
      'whole … rejected: longer than the 32766 bytes of a term',
      'km … rejected: longer than the 32766 bytes of a term',
    ]);
  });

  it('look at the values of a field with the eyes of its multi-fields too', () => {
    expect(seen({ km: 'five' })).toEqual(['km.n "five" rejected: no long']);
    expect(seen({ km: '5' })).toEqual([]);
  });

  it('tell objects from values, in lists and by dotted names', () => {
    for (const text of [
      '{"k":[{}]}',
      '{"k.z":1}',
      '{"k.z":null}',
      '{"km.n":5}',
      '{"o":5}',
      '{"o":[[5]]}',
      '{"nested":"x"}',
      '{"nested.k.z":1}',
      '{"al":"k"}',
      '{"al":null}',
      '{"al":[[1]]}',
      '{"al.x":[]}',
      '{"m":{"a":1}}',
      '{"m":[{"a":1},6]}',
      '{"dm":{}}',
      '{"unread":{}}',
    ])
      // prettier-ignore
      expect([text, refused(text)]).toEqual([text, true]);
    for (const text of [
      '{"o":[null,[],{"b":true}]}',
      '{"o.b":[[true]]}',
      '{"nested.k":"x"}',
      '{"dm":[{}]}',
      '{"flat.a.b":1}',
      '{"unread":[{}]}',
    ])
      // prettier-ignore
      expect([text, refused(text)]).toEqual([text, false]);
  });

  it('refuse an address with a zone in 9.2, ignore_malformed or not', () => {
    expect(seen({ im: ['x', '1%x'] }).map((one) => one.split(':')[0])).toEqual(['im "x" ignored', 'im "1%x" ignored']);
    expect(seen({ im: 'fe80::1%eth0' })).toEqual([]);
    const before = mappingFromElasticsearch({ properties: { im: { type: 'ip', ignore_malformed: true } } }, {}, { stack: '9.2.0' }); // prettier-ignore
    expect(refusals({ im: 'fe80::1%eth0' }, before).map(({ effect, why }) => `${effect}: ${why}`)).toEqual([
      'rejected: an address with a zone',
    ]);
  });

  it('know the names that Elasticsearch keeps for itself, at the top only', () => {
    for (const text of ['{"_id":"x"}', '{"_id":null}', '{"_source.a":1}', '{"_doc_count":0}', '{"_doc_count":[1,2]}'])
      expect([text, refused(text)]).toEqual([text, true]);
    for (const text of ['{"_id":[]}', '{"o":{"_id":1}}', '{"_tier":1}', '{"_doc_count":5}'])
      expect([text, refused(text)]).toEqual([text, false]);
  });

  it('stop where Elasticsearch stops reading', () => {
    let deep: Json = '5';
    for (let i = 0; i < 20_000; i++) deep = [deep];
    expect(refusals({ n: deep }, mapping).map(({ effect }) => effect)).toEqual(['rejected']);
  });
});

describe('dynamic: strict', () => {
  const strict = mappingFromElasticsearch({
    dynamic: 'strict',
    runtime: { rt: { type: 'keyword' } },
    properties: {
      a: { type: 'keyword', copy_to: 'unknown' },
      o: { type: 'object' },
      open: { type: 'object', dynamic: false, properties: { x: { type: 'keyword' } } },
      flat: { type: 'flattened' },
    },
  });

  it('refuses unknown names, whatever they hold', () => {
    for (const text of [
      '{"b":null}',
      '{"b":[]}',
      '{"b":{}}',
      '{"o":{"x":null}}',
      '{"o.x":1}',
      '{"rt":{"x":1}}',
      '{"a":"copied"}',
    ])
      // prettier-ignore
      expect([text, refused(text, strict)]).toEqual([text, true]);
    for (const text of ['{"o":{}}', '{"open.y.z":1}', '{"rt":["x"]}', '{"flat":{"x":1}}', '{"a":[]}'])
      expect([text, refused(text, strict)]).toEqual([text, false]);
  });
});

describe('subobjects: false', () => {
  const flat = mappingFromElasticsearch({
    subobjects: false,
    properties: {
      'a.b': { type: 'keyword' },
      a: { type: 'long' },
      'c.d': { type: 'long' },
      range: { type: 'integer_range' },
    },
  });

  it('reads objects as dotted names, beside values', () => {
    for (const text of [
      '{"a":{"b":"x"}}',
      '{"a":5,"a.b":"x"}',
      '{"a":[{"b":"x"},5]}',
      '{"c":5}',
      '{"a":{"":1}}',
      '{"a..b":1}',
      '{"a.b":{"x":1}}',
      '{"range":{"gte":1}}',
    ])
      // prettier-ignore
      expect([text, refused(text, flat)]).toEqual([text, false]);
    for (const text of ['{"a":"x"}', '{"c":{"d":"x"}}', '{"":1}', '{" ":1}', '{"_id":1}', '{"range":{"from":1}}'])
      expect([text, refused(text, flat)]).toEqual([text, true]);
  });
});
