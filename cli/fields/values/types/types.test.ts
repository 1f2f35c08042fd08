import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../text/json.ts';
import { parseJsonSpelled } from '../../../text/parse-json.ts';
import { mappingFromElasticsearch } from '../../elasticsearch-mapping.ts';
import type { Field } from '../../mapping.ts';
import { isBase64 } from './base64.ts';
import { readGeoPoint } from './geo-point.ts';
import { parseDouble } from '../../java-numbers/parse-double.ts';
import { nextUp, nextUpFloat } from '../../java-numbers/neighbours.ts';
import { readRange } from './range-value.ts';

const fieldOf = (body: JsonObject): Field => {
  const field = mappingFromElasticsearch({ properties: { f: body } }).field('f');
  if (field === undefined) throw new Error('unmapped');
  return field;
};
const parse = (text: string): Json => parseJsonSpelled(text).value as Json;

// The outcomes are those of Elasticsearch 9.2.0
describe('a geo_point', () => {
  const outcome = (text: string, ignore = false): string => {
    const { places, faults } = readGeoPoint(parse(text), ignore);
    return `${places}${faults.map(({ fatal }) => (fatal ? '!' : '-')).join('')}`;
  };

  it.each([
    ['"41.12,-71.34"', '1'],
    ['" 41.12 , -71.34 ,5"', '1'],
    ['"1f,0x1p3"', '1'],
    ['"0,"', '0-'],
    ['"1,2,3,4"', '0-'],
    ['"100,0"', '0-'],
    ['"0,181"', '0-'],
    ['"drm3btev3e86"', '1'],
    ['"drm3btev3e86A"', '1'],
    ['"x"', '1'],
    ['"DRM3"', '0-'],
    ['""', '0-'],
    ['"point(-71.34 41.12)"', '1'],
    ['"POINT Z (1 2 3) and more"', '1'],
    ['"POINT EMPTY"', '1'],
    ['"POINT (1, 2)"', '0-'],
    ['"POINT (181 0)"', '0-'],
    ['"MULTIPOINT (1 2)"', '0-'],
    ['5', '0-'],
    ['null', '0'],
    ['[-71.34,41.12]', '1'],
    ['[5,"6"]', '1'],
    ['[5]', '0!'],
    ['[5,null]', '0!'],
    ['[1,2,null]', '0!'],
    ['[0,91]', '0!'],
    ['[1,2,3,4]', '1-'],
    ['[1,2,3,"4,5"]', '2'],
    ['["5","6"]', '2'],
    ['[null,"5,6"]', '1'],
    ['[[5,6],[7,8,9]]', '2'],
    ['[[1,"2"]]', '0-'],
    ['[[[5,6]]]', '0-'],
    ['{"lat":"41.12","lon":-71.34}', '1'],
    ['{"lat":1,"lon":2,"z":3}', '1'],
    ['{"lat":1}', '0-'],
    ['{"lat":1,"lon":2,"x":3}', '0-'],
    ['{"lat":null,"lon":1}', '0-'],
    ['{"geohash":"drm3"}', '0-'],
    ['{"type":"point","coordinates":[1,"2"]}', '1'],
    ['{"type":"LineString","coordinates":[1,2]}', '0-'],
    ['{"coordinates":[1,2]}', '0-'],
    ['{"type":"Point","coordinates":[1]}', '0-'],
  ])('%s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  it('brings places beyond the poles back where malformed ones are ignored', () => {
    expect(['"100,0"', '[0,91]', '{"lat":1,"lon":200}'].map((text) => outcome(text, true))).toEqual(['1', '1', '1']);
    expect(['"POINT (181 0)"', '{"lat":1,"lon":1e400}', '[1e400,0]'].map((text) => outcome(text, true))).toEqual(['0-', '0-', '0!']); // prettier-ignore
  });
});

const WHOLE: Readonly<Record<string, { low: number | bigint; high: number | bigint }>> = {
  integer_range: { low: -2147483648, high: 2147483647 },
  long_range: { low: -(2n ** 63n), high: 2n ** 63n - 1n },
  float_range: { low: -Infinity, high: Infinity },
  double_range: { low: -Infinity, high: Infinity },
  ip_range: { low: 0n, high: (1n << 128n) - 1n },
  date_range: { low: -(2n ** 63n), high: 2n ** 63n - 1n },
};

describe('a range', () => {
  const read = (type: string, text: string, more: JsonObject = {}): unknown =>
    readRange(fieldOf({ type, ...more }), parse(text));

  it.each([
    ['integer_range', '{}', {}],
    ['integer_range', '{"gt":1,"lt":3}', { low: 2, high: 2 }],
    ['integer_range', '{"gte":"1.9","lte":2.5}', { low: 1, high: 2 }],
    ['integer_range', '{"gte":null,"lte":5}', { high: 5 }],
    ['integer_range', '{"gte":1,"gt":5}', { low: 6 }],
    ['integer_range', '{"gt":2147483647}', { low: -2147483648 }],
    ['long_range', '{"gte":9223372036854775807}', { low: 9223372036854775807n }],
    ['double_range', '{"gt":1,"lt":2}', { low: 1.0000000000000002, high: 1.9999999999999998 }],
    ['double_range', '{"gte":0,"lte":-0.0}', { low: 0, high: -0 }],
    ['float_range', '{"gt":1}', { low: 1.0000001192092896 }],
    ['ip_range', '"10.0.0.1/8"', { low: 0xffff0a000000n, high: 0xffff0affffffn }],
    ['ip_range', '"fe80::1%eth0/+064"', { low: 0xfe80n << 112n, high: (0xfe80n << 112n) + (1n << 64n) - 1n }],
    ['date_range', '{"gte":"2026-03-01","lte":"2026-03-01"}', { low: 1772323200000, high: 1772409599999 }],
    ['date_range', '{"gt":"2026-03-01"}', { low: 1772409600000 }],
    ['integer_range', '{"gt":null}', { low: -2147483647 }],
    ['float_range', '{"gt":null}', { low: -3.4028234663852886e38 }],
    ['ip_range', '{"lt":null}', { high: (1n << 128n) - 2n }],
    ['date_range', '{"gte":"2026-03-01||+1d"}', { low: 1772409600000 }],
  ])('%s reads %s', (type, text, expected) => {
    // An end that is not given is that of all values of the type
    expect(read(type, text)).toEqual({ ...WHOLE[type], ...expected });
  });

  it.each([
    ['integer_range', '5'],
    ['integer_range', '{"from":1}'],
    ['integer_range', '{"gte":5,"lte":1}'],
    ['integer_range', '{"gt":1,"lt":2}'],
    ['integer_range', '{"gte":2147483648}'],
    ['integer_range', '{"gte":""}'],
    ['integer_range', '{"gte":true}'],
    ['double_range', '{"gte":1,"lt":1}'],
    ['ip_range', '"10.0.0.1"'],
    ['ip_range', '{"gte":"10.0.0.0/8"}'],
    ['ip_range', '{"lt":"::"}'],
    ['date_range', '"2026-03-01"'],
    ['date_range', '{"gt":"2026-03-01","lt":"2026-03-02"}'],
    ['date_range', '{"gte":"now"}'],
    ['date_range', '{"gte":1e12}'],
  ])('%s refuses %s', (type, text) => {
    expect(read(type, text)).toBeTypeOf('string');
  });

  it('is not held against its own order where it has no index', () => {
    expect(read('integer_range', '{"gte":5,"lte":1}', { index: false })).toEqual({ low: 5, high: 1 });
  });
});

describe('Base64', () => {
  it.each(['U29t', 'U28=', 'U2==U29t', ' U29t\nU29t', '', '+/+/'])('%j', (text) => {
    expect(isBase64(text)).toBe(true);
  });
  it.each(['U29', 'U', 'U2 9t', 'U29t====', '-_-_', 'U29=t', 'é'])('not %j', (text) => {
    expect(isBase64(text)).toBe(false);
  });
});

describe("Java's numbers", () => {
  it('are read from text as parseDouble reads them', () => {
    expect([' 1 ', '1f', '1.5d', '.5', '0x1p3', '-0x.8p1', '1e400', 'Infinity'].map(parseDouble)).toEqual([1, 1, 1.5, 0.5, 8, -1, Infinity, Infinity]); // prettier-ignore
    expect(parseDouble('NaN')).toBeNaN();
    expect(['', 'x', '1_0', '0x1', '١', '1,5', '\u00a01'].map(parseDouble)).toEqual(Array.from({ length: 7 }));
  });

  it('have a next one', () => {
    expect([nextUp(0), nextUp(1), nextUp(-1)]).toEqual([5e-324, 1.0000000000000002, -0.9999999999999999]);
    expect([nextUpFloat(0), nextUpFloat(1), nextUpFloat(-1)]).toEqual([2 ** -149, 1 + 2 ** -23, -1 + 2 ** -24]);
  });
});
