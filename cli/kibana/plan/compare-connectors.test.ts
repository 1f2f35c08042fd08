import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { EXISTS, UNSURE, type ApplyRecord } from '../state/record.ts';
import { comparedConnector, connectorDifferences, connectorRecord } from './compare-connectors.ts';

const connector = (config: JsonObject): JsonObject => ({ name: 'A', connector_type_id: '.webhook', config });

describe('a connector as it is compared', () => {
  it('has each member of its config by its path', () => {
    const config = { url: 'u', headers: { Accept: 'x', 'X-Team': 'y' }, list: [1, { a: 2 }], off: false };
    expect(comparedConnector(connector(config))).toEqual({
      name: 'A',
      connector_type_id: '.webhook',
      'config.url': 'u',
      'config.headers.Accept': 'x',
      'config.headers.X-Team': 'y',
      'config.list': [1, { a: 2 }],
      'config.off': false,
    });
    expect(comparedConnector(connector({}))).toEqual({ name: 'A', connector_type_id: '.webhook' });
  });

  it('has as a whole what cannot be named by a path', () => {
    const odd = { headers: { 'a.b': 1, c: 2 }, none: {}, long: { ['k'.repeat(100)]: 1 } };
    expect(comparedConnector(connector(odd))).toMatchObject({
      'config.headers': odd.headers,
      'config.none': {},
      'config.long': odd.long,
    });
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, at]));
    expect(comparedConnector(connector(many))).toMatchObject({ config: many });
  });

  it('is not deeper than a name of the ledger is long, however deep the file is', () => {
    let deep: JsonObject = { a: 1 };
    for (let at = 0; at < 5000; at++) deep = { a: deep };
    expect(Object.keys(comparedConnector(connector(deep))).every((name) => name.length <= 100)).toBe(true);
  });
});

describe('the differences of a connector', () => {
  const told = (
    wanted: JsonObject,
    there: JsonObject,
    applied?: ApplyRecord | JsonObject,
  ): readonly (readonly [string, string])[] =>
    connectorDifferences(connector(wanted), connector(there), {
      withSecrets: false,
      applied: applied !== undefined && isRecord(applied) ? applied : applied && connectorRecord(connector(applied)),
    }).map(({ field, changedIn }) => [field, changedIn]);
  const isRecord = (one: ApplyRecord | JsonObject): one is ApplyRecord => one['fields'] instanceof Map;

  it.each<[string, JsonObject, JsonObject, JsonObject, readonly (readonly [string, string])[]]>([
    ['nothing', { url: 'a' }, { url: 'a', method: 'post' }, { url: 'a' }, []],
    ['a change of the repository', { url: 'b' }, { url: 'a' }, { url: 'a' }, [['config.url', 'repository']]],
    ['a change of the space', { url: 'a' }, { url: 'b' }, { url: 'a' }, [['config.url', 'space']]],
    ['a change of both', { url: 'c' }, { url: 'b' }, { url: 'a' }, [['config.url', 'both']]],
    ['the same change of both', { url: 'b' }, { url: 'b' }, { url: 'a' }, []],
    ['a member that the file begins to set', { url: 'a', method: 'put' }, { url: 'a', method: 'post' }, { url: 'a' }, [['config.method', 'repository']]],
    ['one within another', { h: { a: 1, b: 2 } }, { h: { a: 1 } }, { h: { a: 1 } }, [['config.h.b', 'repository']]],
    ['a member taken out of the file', { url: 'a' }, { url: 'a', method: 'put' }, { url: 'a', method: 'put' }, [['config.method', 'repository']]],
    ['one taken out, and changed there', { url: 'a' }, { url: 'a', method: 'post' }, { url: 'a', method: 'put' }, [['config.method', 'both']]],
    ['one taken out on both sides', { url: 'a' }, { url: 'a', method: null }, { url: 'a', method: 'put' }, []],
    ['one taken out in the space', { url: 'a' }, {}, { url: 'a' }, [['config.url', 'space']]],
    ['a table that becomes a text', { h: 'x' }, { h: { a: 1 } }, { h: { a: 1 } }, [['config.h', 'repository'], ['config.h.a', 'repository']]],
    ['members with odd names, of which the server adds one', { h: { 'a.b': 1 } }, { h: { 'a.b': 1, c: 2 } }, { h: { 'a.b': 1 } }, []],
  ])('tell %s', (_, wanted, there, applied, expected) => {
    expect(told(wanted, there, applied)).toEqual(expected);
  }); // prettier-ignore

  it('are of unknown hand where the ledger has nothing, no more than that there was an apply, or is not sure', () => {
    const unknown = [['config.url', 'unknown']];
    expect(told({ url: 'a' }, { url: 'b' })).toEqual(unknown);
    expect(told({ url: 'a' }, { url: 'b' }, EXISTS)).toEqual(unknown);
    const unsure = { fields: new Map([...connectorRecord(connector({ url: 'a' })).fields, ['config.url', UNSURE]]) };
    expect(told({ url: 'a' }, { url: 'b' }, unsure)).toEqual(unknown);
  });
});
