import { describe, expect, it } from 'vitest';
import { prepareTest, testEvents, testRule } from '../engine/test-rule.ts';
import type { Event } from '../fields/event.ts';
import { distance } from '../query/run/distance.ts';
import { nearest } from './nearest.ts';
import type { PreparedRule } from '../engine/execution.ts';
import type { JsonObject } from '../text/json.ts';

const prepared = (query: string): PreparedRule => {
  const made = prepareTest(testRule(`type = "eql"\nlanguage = "eql"\nquery = '''${query}'''`)).prepared;
  if (made === undefined) throw new Error('cannot run');
  return made;
};
const away = (query: string, source: JsonObject, wanted = true): number => {
  const [event] = testEvents([source]);
  return distance(prepared(query).explain(event as Event), wanted);
};

describe('distance', () => {
  const doc = { process: { name: 'curl', pid: 1 }, user: { name: 'root' } };

  it('is none for what holds, and counts each part of "and" that does not', () => {
    expect([
      away('any where process.name == "curl"', doc),
      away('any where process.name == "x" and process.pid == 1', doc),
      away('any where process.name == "x" and process.pid == 2 and user.name == "root"', doc),
    ]).toEqual([0, 1, 2]);
  });

  it('is that of the nearest part of "or", and turns with "not"', () => {
    expect([
      away('any where (process.name == "x" and process.pid == 2) or user.name == "y"', doc),
      away('any where process.pid == 1 and not user.name in ("root", "admin")', doc),
      away('any where not (user.name == "root" or process.pid == 1)', doc),
    ]).toEqual([1, 1, 2]);
  });

  it('to no match is one for any part that would break it', () => {
    expect(away('any where process.name == "curl" and process.pid == 1', doc, false)).toBe(1);
  });
});

describe('nearest', () => {
  it('is the one event closest to a match, then first', () => {
    const events = testEvents([{ user: { name: 'x' } }, { process: { name: 'curl' } }, { process: { name: 'curl' } }]);
    const found = nearest(prepared('any where process.name == "curl" and user.name == "root"'), events, true);
    expect(found.map((one) => one.event.id)).toEqual(['e1']);
  });

  it('is at most three of those that matched', () => {
    const events = testEvents(Array.from({ length: 9 }, () => ({ process: { name: 'curl' } })));
    const found = nearest(prepared('any where process.name == "curl"'), events, false);
    expect(found.map((one) => one.event.id)).toEqual(['e0', 'e1', 'e2']);
  });

  it('leaves out what the rule never looks at', () => {
    const events = testEvents([{ process: { name: 'x' } }], 'winlogbeat-1');
    expect(nearest(prepared('any where process.name == "curl"'), events, true)).toEqual([]);
  });
});
