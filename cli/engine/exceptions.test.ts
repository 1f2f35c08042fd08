import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { exceptionsOf } from './exceptions.ts';
import { testEvents } from './test-rule.ts';

const MAPPING = mappingFromElasticsearch({
  properties: {
    host: { properties: { name: { type: 'keyword' }, os: { properties: { type: { type: 'keyword' } } } } },
    process: { properties: { name: { type: 'keyword' } } },
    message: { type: 'text' },
    source: { properties: { ip: { type: 'ip' } } },
    file: { type: 'nested', properties: { name: { type: 'keyword' }, size: { type: 'long' } } },
  },
});

const item = (entries: readonly Json[], more: JsonObject = {}) => ({
  listId: 'hosts',
  item: { item_id: 'i', name: 'An item', entries, ...more },
});
const entry = (field: string, type: string, value: Json, operator = 'included'): Json => ({
  field,
  type,
  operator,
  ...(type === 'nested' ? { entries: value } : { value }),
});
const of = (...items: readonly ReturnType<typeof item>[]) => exceptionsOf(items, { mapping: MAPPING, now: 0 });
/** Which of the documents the items exclude. */
const excluded = (items: readonly ReturnType<typeof item>[], sources: readonly JsonObject[]): boolean[] =>
  testEvents(sources).map((event) => of(...items).excludedBy(event, 0) !== undefined);

describe('exceptions', () => {
  it.each([
    ['match', entry('host.name', 'match', 'a'), [true, false, false]],
    ['match_any', entry('host.name', 'match_any', ['x', 'b']), [false, true, false]],
    ['wildcard', entry('host.name', 'wildcard', '?'), [true, true, false]],
    ['exists', { field: 'host.name', type: 'exists', operator: 'included' }, [true, true, false]],
    ['match, excluded', entry('host.name', 'match', 'a', 'excluded'), [false, true, true]],
    ['exists, excluded', { field: 'host.name', type: 'exists', operator: 'excluded' }, [false, false, true]],
  ])('take %s', (_, one, expected) => {
    expect(excluded([item([one])], [{ host: { name: 'a' } }, { host: { name: 'b' } }, {}])).toEqual(expected);
  });

  it('and the entries of an item, and or the items', () => {
    const events = [
      { host: { name: 'a' } },
      { host: { name: 'a' }, process: { name: 'p' } },
      { process: { name: 'q' } },
    ];
    const both = item([entry('host.name', 'match', 'a'), entry('process.name', 'match', 'p')]);
    expect(excluded([both], events)).toEqual([false, true, false]);
    expect(excluded([both, item([entry('process.name', 'match', 'q')])], events)).toEqual([false, true, true]);
  });

  it('match a phrase in text, and a network in addresses', () => {
    expect(excluded([item([entry('message', 'match', 'Big Fish')])], [{ message: 'a big fish' }, { message: 'fish big' }])).toEqual([true, false]);
    expect(excluded([item([entry('source.ip', 'match', '10.0.0.0/8')])], [{ source: { ip: '10.1.2.3' } }, { source: { ip: '11.0.0.1' } }])).toEqual([true, false]);
  }); // prettier-ignore

  it('ask one nested object for all the entries inside', () => {
    const nested = item([entry('file', 'nested', [entry('name', 'match', 'a'), entry('size', 'match', '1')])]);
    const events = [
      { file: [{ name: 'a', size: 1 }] },
      {
        file: [
          { name: 'a', size: 2 },
          { name: 'b', size: 1 },
        ],
      },
    ];
    expect(excluded([nested], events)).toEqual([true, false]);
  });

  it('hold for the operating systems of the item alone', () => {
    const linux = item([entry('host.name', 'match', 'a')], { os_types: ['linux', 'macos'] });
    const host = (type: string): JsonObject => ({ host: { name: 'a', os: { type } } });
    expect(excluded([linux], [host('linux'), host('macos'), host('windows'), { host: { name: 'a' } }])).toEqual([true, true, false, false]);
  }); // prettier-ignore

  it('are over when they expire before the run starts', () => {
    const [event] = testEvents([{ host: { name: 'a' } }]);
    const exceptions = of(item([entry('host.name', 'match', 'a')], { expire_time: '2026-01-31T10:00:00Z' }));
    if (event === undefined) throw new Error('no event');
    expect(exceptions.excludedBy(event, Date.parse('2026-01-31T10:00:00Z'))).toBe('exception list "hosts", item "An item"');
    expect(exceptions.excludedBy(event, Date.parse('2026-01-31T10:00:01Z'))).toBeUndefined();
  }); // prettier-ignore

  describe('with value lists', () => {
    const asks = (field: string, id: string, operator = 'included') =>
      item([{ field, type: 'list', operator, list: { id, type: 'keyword' } }]);
    const valueLists = new Map([
      ['names', { type: 'keyword', values: ['a', 'b'] }],
      ['nets', { type: 'ip_range', values: ['10.0.0.0/8', '192.168.0.5-192.168.0.9', '172.16.0.1'] }],
      ['words', { type: 'text', values: ['a'] }],
      ['many', { type: 'keyword', values: Array.from({ length: 65_537 }, (_, at) => String(at)) }],
      ['none', { type: 'keyword', values: [] }],
      ['no nets', { type: 'ip_range', values: [] }],
      ['spaced', { type: 'ip_range', values: ['10.0.0.1 - 10.0.0.9'] }],
    ]);
    const made = (one: ReturnType<typeof item>) => exceptionsOf([one], { mapping: MAPPING, now: 0, valueLists });
    const outcome = (one: ReturnType<typeof item>, sources: readonly JsonObject[]): boolean[] =>
      testEvents(sources).map((event) => made(one).excludedBy(event, 0) !== undefined);

    it('take what is in the list, or what is not', () => {
      const hosts = [{ host: { name: 'a' } }, { host: { name: 'c' } }, {}];
      expect(outcome(asks('host.name', 'names'), hosts)).toEqual([true, false, false]);
      expect(outcome(asks('host.name', 'names', 'excluded'), hosts)).toEqual([false, true, true]);
      expect(outcome(asks('host.name', 'none'), hosts)).toEqual([false, false, false]);
    });

    it('take networks and spans of addresses', () => {
      const ips = ['10.9.9.9', '192.168.0.5', '192.168.0.9', '192.168.0.10', '172.16.0.1', '172.16.0.2'];
      expect(outcome(asks('source.ip', 'nets'), ips.map((ip) => ({ source: { ip } })))).toEqual([true, true, true, false, true, false]);
    }); // prettier-ignore

    it('match everything as an empty list of address ranges, and fail the search with a space around the dash', () => {
      expect(outcome(asks('source.ip', 'no nets'), [{ source: { ip: '10.0.0.1' } }, {}])).toEqual([true, true]);
      expect(() => made(asks('source.ip', 'spaced'))).toThrow('"10.0.0.1 " is not an ip');
    });

    it('leave out what Kibana does not make part of the search', () => {
      expect(made(asks('host.name', 'words')).left[0]).toContain('of type text');
      expect(made(asks('host.name', 'many')).left[0]).toContain('too large');
    });
  });

  it('name what they leave out, and refuse what makes the whole search fail', () => {
    const list: Json = {
      field: 'host.name',
      type: 'list',
      operator: 'included',
      list: { id: 'names', type: 'keyword' },
    };
    const exceptions = of(item([list]), item([entry('host.name', 'fuzzy', 'a')]));
    expect(exceptions.left).toEqual([
      'exception list "hosts", item "An item": it asks value list names, which is not in the space',
      'exception list "hosts", item "An item": its entry of type fuzzy is not known here',
    ]);
    expect(() => of(item([entry('source.ip', 'match', 'no address')]))).toThrow(
      'exception list "hosts", item "An item": ',
    );
  });
});
