import { afterEach, beforeEach, expect, it } from 'vitest';
import { own } from '../../text/json.ts';
import { Transport } from '../client/transport.ts';
import type { Applied } from './apply.ts';
import { connectionTo, item, link, list, rule, testSpace, type TestSpace, type Wanted } from './test-space.ts';

let box: TestSpace;
beforeEach(async () => {
  box = await testSpace();
});
afterEach(() => box.server.close());

const told = ({ outcomes }: Applied): readonly string[] =>
  outcomes.map(({ entry, result, message }) => `${entry.id}: ${result}${message === undefined ? '' : `, ${message}`}`);

const valuesOf = (id: string): readonly unknown[] =>
  [...box.space.valueItems.values()].filter((one) => own(one, 'list_id') === id).map((one) => own(one, 'value')).sort(); // prettier-ignore

const entries = [{ field: 'source.ip', operator: 'included', type: 'list', list: { id: 'net', type: 'ip' } }];
/** A rule that is quiet only as long as its list of values is there. */
const WANTED: Wanted = {
  values: { net: ['10.0.0.1', '10.0.0.2'] },
  types: { net: 'ip' },
  lists: [list('quiet')],
  items: [item('known', 'quiet', { entries })],
  rules: [rule('loud', { enabled: true, exceptions_list: [link('quiet')] })],
};

it('values are there before anything relies on them, though Kibana answers first', async () => {
  box.server.world.circumstances.importDelay = 150;
  const seen: number[] = [];
  box.fault = (request) => {
    if (request.method !== 'GET' && request.url?.endsWith('/rules') === true) seen.push(valuesOf('net').length);
    return false;
  };
  const transport = new Transport(connectionTo(box.server.url), {
    fetch,
    sleep: (time) => new Promise((resolve) => setTimeout(resolve, time)),
    now: () => 0,
    random: () => 0.5,
    agent: 'dac/test',
  });
  const applied = await box.apply(WANTED, { transport });
  expect(told(applied)).toEqual(['net: done', 'quiet: done', 'known: done', 'loud: done']);
  expect(new Set(seen)).toEqual(new Set([2]));
  expect(box.plan(WANTED).entries).toEqual([]);
});

it('values that Kibana drops without a word hold back what relies on them', async () => {
  const wanted = { ...WANTED, values: { net: ['10.0.0.1', 'no address'] } };
  const applied = await box.apply(wanted);
  expect(told(applied)).toEqual([
    'net: differs, Kibana took the values of list "net" and does not have "no address"',
    'quiet: done',
    'known: blocked, not written: value list "net" is not up to date, and this would refer to what is not there',
    'loud: blocked, not written: exception item "known" is not up to date, and the rule would fire without it',
  ]);
  expect(box.slept.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(40_000);
  // Corrected, the same command finishes.
  expect(told(await box.apply(WANTED)).filter((one) => !/: (done|already)$/.test(one))).toEqual([]);
  expect(valuesOf('net')).toEqual(['10.0.0.1', '10.0.0.2']);
});

it('a range is the same in a file as Kibana writes it, and goes alone', async () => {
  const wanted = (...values: readonly string[]): Wanted => ({ values: { r: values }, types: { r: 'ip_range' } });
  await box.apply(wanted('10.0.0.1', '10.0.0.0-10.0.0.9', '10.0.0.0/8'));
  expect(valuesOf('r')).toEqual(['10.0.0.0-10.0.0.9', '10.0.0.0/8', '10.0.0.1-10.0.0.1']);
  expect(box.plan(wanted('10.0.0.0/8', '10.0.0.1', '10.0.0.0 - 10.0.0.9')).entries).toEqual([]);
  // To Kibana's search the address lies in all three.
  expect(told(await box.apply(wanted('10.0.0.0-10.0.0.9', '10.0.0.0/8')))).toEqual(['r: done']);
  expect(valuesOf('r')).toEqual(['10.0.0.0-10.0.0.9', '10.0.0.0/8']);
});

it('a time that an item has no more is taken from it', async () => {
  const of = (more: object): Wanted => ({ lists: [list('l')], items: [item('i', 'l', { ...more })] });
  await box.apply(of({ expire_time: '2030-01-01T00:00:00.000Z' }));
  expect(told(await box.apply(of({})))).toEqual(['i: done']);
  const there = [...box.space.items.values()].find((one) => own(one, 'item_id') === 'i');
  expect([own(there ?? {}, 'item_id'), own(there ?? {}, 'expire_time')]).toEqual(['i', undefined]);
  expect(box.plan(of({})).entries).toEqual([]);
});
