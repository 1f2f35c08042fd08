import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { compare, isConflict } from './compare.ts';
import { canonical, digest } from './digest.ts';
import { readRecord, recordMeta, recordOf, UNSURE } from '../state/record.ts';

const record = (fields: JsonObject) => recordOf(fields);
const ALWAYS = new Set(['severity', 'actions']);
const sides = (
  desired: JsonObject,
  space: JsonObject,
  applied: JsonObject | undefined,
  earlier: readonly JsonObject[] = [],
) =>
  compare({
    desired,
    space,
    record: applied === undefined ? undefined : record(applied),
    always: ALWAYS,
    earlier,
  });

describe('a member that differs', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject | undefined, JsonObject]>([
    ['changed in the repository', { severity: 'high' }, { severity: 'low' }, { severity: 'low' }, { changedIn: 'repository', last: 'low' }],
    ['changed in Kibana', { severity: 'low' }, { severity: 'high' }, { severity: 'low' }, { changedIn: 'space', last: 'low' }],
    ['changed by both', { severity: 'high' }, { severity: 'critical' }, { severity: 'low' }, { changedIn: 'both' }],
    ['without a record', { severity: 'high' }, { severity: 'low' }, undefined, { changedIn: 'unknown' }],
    ['new in the repository', { note: 'a', severity: 'low' }, { severity: 'low' }, { severity: 'low' }, { changedIn: 'repository', last: null }],
    ['new in Kibana', { severity: 'low' }, { note: 'a', severity: 'low' }, { severity: 'low' }, { changedIn: 'space', last: null }],
    ['taken out of the repository', {}, { note: 'a' }, { note: 'a' }, { changedIn: 'repository', last: 'a' }],
    ['taken out in Kibana', { note: 'a' }, {}, { note: 'a' }, { changedIn: 'space', last: 'a' }],
    ['that the repository begins to care for', { actions: [] }, { actions: [{ id: 'x' }] }, { severity: 'low' }, { changedIn: 'repository' }],
  ])('is told: %s', (_, desired, space, applied, expected) => {
    const [found, ...others] = sides(desired, space, applied);
    expect(others).toEqual([]);
    expect({ changedIn: found?.changedIn, ...(found?.last === undefined ? {} : { last: found.last }) }).toEqual(expected);
  }); // prettier-ignore

  it('has as third text the first of the earlier values that the record agrees with, and else none', () => {
    const both = [{ note: 'ours' }, { note: 'theirs' }, { note: 'was' }] as const;
    expect(sides(...both, [{ note: 'later' }, {}, { note: 'was' }])[0]?.last).toBe('was');
    expect(sides(...both, [{ note: 'something else' }, {}])[0]).not.toHaveProperty('last');
    expect(sides({ note: 'ours' }, { note: 'theirs' }, {}, [{ note: 'later' }, {}])[0]?.last).toBeNull();
  });

  it('is of nobody known where the record is not sure of it', () => {
    const unsure = { fields: new Map([['note', UNSURE]]) };
    const found = compare({ desired: { note: 'a' }, space: { note: 'b' }, record: unsure, always: ALWAYS });
    expect(found.map((one) => one.changedIn)).toEqual(['unknown']);
    expect(isConflict(found)).toBe(true);
  });

  it('is none where both sides are the same, whatever was applied', () => {
    expect(sides({ note: 'a', tags: ['b'] }, { tags: ['b'], note: 'a' }, { note: 'z' })).toEqual([]);
  });

  it('is a conflict unless the repository alone has changed it', () => {
    expect(isConflict(sides({ note: 'a' }, { note: 'b' }, { note: 'b' }))).toBe(false);
    expect(isConflict(sides({ note: 'a' }, { note: 'b' }, { note: 'a' }))).toBe(true);
  });
});

describe('the record of an apply', () => {
  it('survives JSON, and holds no text of the rule', () => {
    const meta = JSON.parse(JSON.stringify({ dac: recordMeta(recordOf({ note: 'secret note' }), '1') })) as JsonObject;
    expect(JSON.stringify(meta)).not.toContain('secret');
    expect(readRecord({ meta })?.fields).toEqual(new Map([['note', digest('secret note')]]));
  });

  it.each([{}, { meta: null }, { meta: { dac: 5 } }, { meta: { dac: { applied: { a: 'x' }, form: 2 } } }, { meta: { dac: { form: 1 } } }])(
    'is none: %j',
    (document) => {
      expect(readRecord(document)).toBeUndefined();
    },
  ); // prettier-ignore
});

it('a digest knows no order of keys, but that of lists, and tells types apart', () => {
  expect(digest({ a: 1, b: [1, 2] })).toBe(digest({ b: [1, 2], a: 1 }));
  const values = [[1, 2], [2, 1], '1', 1, null, false, '', [], {}, { a: null }, ['a,b'], ['a', 'b']];
  expect(new Set(values.map(canonical)).size).toBe(values.length);
});
