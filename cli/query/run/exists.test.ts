import { describe, expect, it } from 'vitest';
import { searchDsl, searchLucene, type Index } from '../test-support.ts';

const index: Index = {
  properties: {
    k: { type: 'keyword' },
    apart: { type: 'alias', path: 'k' },
    stored: { type: 'keyword', index: false, doc_values: false, store: true },
    gone: { type: 'keyword', index: false, doc_values: false },
    silent: { type: 'text', index: false },
    bytes: { type: 'binary' },
    kept: { type: 'binary', doc_values: true },
    t: { type: 'text' },
    fl: { type: 'flattened' },
    place: { type: 'geo_point', null_value: { lat: 1, lon: 2 } },
    named: { type: 'flattened', doc_values: false },
    off: { enabled: false, properties: { x: { type: 'keyword' } } },
    o: { properties: { x: { type: 'keyword' }, y: { type: 'long' } } },
    n: { type: 'nested', properties: { v: { type: 'long' } } },
  },
  docs: {
    1: { k: 'a' },
    2: { stored: 'a', gone: 'a', silent: 'a' },
    3: { bytes: 'aGk=' },
    4: { kept: 'aGk=' },
    5: { t: '' },
    6: { fl: { a: { b: 'x' }, c: 1 } },
    7: { off: { x: 'a' } },
    8: { o: { y: 1 } },
    9: { n: [{ v: 1 }] },
    10: { named: [null, { a: {} }] },
    11: { named: null, place: [null] },
  },
};

describe('exists', () => {
  it.each([
    ['k', '1'],
    ['apart', '1'],
    ['ap*', '1'],
    ['stored', '2'],
    ['gone', ''],
    ['silent', ''],
    ['bytes', ''],
    ['kept', '4'],
    ['t', '5'],
    ['fl', '6'],
    ['fl.a.b', '6'],
    ['fl.a', ''],
    ['fl.*', ''],
    ['fl*', '6'],
    ['named', '10'],
    ['place', '11'],
    ['named.a', ''],
    ['off', ''],
    ['off.x', ''],
    ['o', '8'],
    ['o.*', '8'],
    ['n', ''],
    ['n.v', ''],
    ['nope', ''],
    ['_id', '1 2 3 4 5 6 7 8 9 10 11'],
    ['*_version', '1 2 3 4 5 6 7 8 9 10 11'],
    ['*n', '1 2 3 4 5 6 7 8 9 10 11'],
    ['_routing', ''],
    ['', 'fails: a clause of kind exists names no field'],
    ['*', 'fails: whether _data_stream_timestamp exists cannot be asked'],
    ['_source', 'fails: whether _source exists cannot be asked'],
    ['_i*', '1 2 3 4 5 6 7 8 9 10 11'],
    ['*ignored', 'fails: whether _ignored exists cannot be run offline yet'],
  ])('%s', (field, expected) => {
    expect(searchDsl(index, { exists: { field } })).toBe(expected);
  });

  it('is what a range without ends asks, but not in query text', () => {
    expect(searchDsl(index, { range: { t: {} } })).toBe('5');
    expect(searchDsl(index, { range: { kept: { gte: null } } })).toBe('4');
    expect(searchDsl(index, { range: { 'fl.c': {} } })).toBe('6');
    expect(searchDsl(index, { range: { nope: {} } })).toBe('');
    expect(searchLucene(index, 't:[* TO *]')).toBe('');
    expect(searchLucene(index, 'fl.c:[* TO *]', { lenient: false })).toMatch(/^fails: /);
  });
});
