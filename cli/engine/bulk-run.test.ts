import { describe, expect, it } from 'vitest';
import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import type { Event } from '../fields/event.ts';
import { KnownError } from '../text/known-error.ts';
import { BulkRun } from './bulk-run.ts';
import type { PreparedRule } from './execution.ts';

const event = (ordinal: number, index = 'logs-a'): Event => ({ index, id: String(ordinal), ordinal, source: {} });

/** A rule that alerts once on all the events it gets, and on none of fewer than one. */
const rule = (index: string, concerns?: (event: Event) => boolean): PreparedRule => ({
  run: (events) => [{ events, fields: {} }],
  explain: () => {
    throw new Error('not asked for');
  },
  outOfReach: (one) => (one.index === index ? undefined : 'another index'),
  ...(concerns === undefined ? {} : { concerns }),
});

const ids = (bulk: BulkRun): unknown =>
  bulk.finish().map(({ alerts, error }) => error?.message ?? alerts.map(({ events }) => events.map(({ _id }) => _id)));

describe('BulkRun', () => {
  it('gives each rule the events of its indices that concern it, over all calls', () => {
    const bulk = new BulkRun([rule('logs-a'), rule('logs-b', (one) => one.ordinal > 2), rule('logs-c')]);
    bulk.add([event(0), event(1, 'logs-b'), event(2)]);
    bulk.add([event(3, 'logs-b'), event(4)]);
    expect(ids(bulk)).toEqual([[['0', '2', '4']], [['3']], []]);
  });

  it('asks anew which events concern a rule once documents have changed that', () => {
    let name = 'first';
    const asked: number[] = [];
    const growing: PreparedRule = {
      ...rule('logs-a', ({ ordinal }) => asked.push(ordinal) > 0),
      observe: (events) => {
        const changes = events.some(({ ordinal }) => ordinal === 2);
        if (changes) name = 'second';
        return changes;
      },
      leading: () => [{ path: 'name', texts: [name] }],
    };
    const named = (ordinal: number, value: string): Event => ({ ...event(ordinal), source: { name: value } });
    const bulk = new BulkRun([growing]);
    bulk.add([named(0, 'first'), named(1, 'second')]);
    bulk.add([named(2, 'first'), named(3, 'second')]);
    expect([ids(bulk), asked]).toEqual([[[['0', '3']]], [0, 3]]);
  });

  it('stops a rule whose search fails, and no other', () => {
    const asked: number[] = [];
    const failing = rule('logs-a', ({ ordinal }) => {
      asked.push(ordinal);
      if (ordinal === 1) throw new KnownError('the search fails');
      return true;
    });
    const bulk = new BulkRun([failing, rule('logs-a')]);
    bulk.add([event(0), event(1), event(2)]);
    expect([ids(bulk), asked]).toEqual([
      ['the search fails', [['0', '1', '2']]],
      [0, 1],
    ]);
  });

  it('shows no rule an event that Elasticsearch refuses under its mapping, and counts it once', () => {
    const mapping = mappingFromElasticsearch({ properties: { n: { type: 'long' } } });
    const loose = mappingFromElasticsearch({ properties: {} });
    const bad = { ...event(1), source: { n: 'five' } };
    const bulk = new BulkRun([
      { ...rule('logs-a', () => true), mapping },
      { ...rule('logs-a', () => true), mapping },
      { ...rule('logs-a', () => true), mapping: loose },
      { ...rule('logs-a', () => false), mapping },
    ]);
    bulk.add([event(0), bad, event(2)]);
    expect(ids(bulk)).toEqual([[['0', '2']], [['0', '2']], [['0', '1', '2']], []]);
    expect([...bulk.refused]).toEqual([[bad, 'n is five, no long']]);
  });

  it('lets a bug through', () => {
    const bulk = new BulkRun([
      rule('logs-a', () => {
        throw new TypeError('a bug');
      }),
    ]);
    expect(() => bulk.add([event(0)])).toThrow(new TypeError('a bug'));
  });
});
