import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../compile-query.ts';
import { found, groupQuery, TIMELINE_MAPPING } from './timeline.ts';

describe('sequences that Elasticsearch refuses', () => {
  it.each([
    ['sequence with maxspan=0s [a][b]', 'maxspan has to be positive'],
    ['sequence with maxspan=5 [a][b]', 'has no unit'],
    ['sequence [a]', 'a sequence needs at least two events'],
    ['sequence [a] with runs=1', 'a sequence needs at least two events'],
    ['sequence [a] with runs=101', 'runs has to be from 1 to 100'],
    ['sequence ![a] [b]', 'a missing event needs a maxspan'],
    ['sequence with maxspan=1s ![a] ![b]', 'all terms of the sequence are missing events'],
    ['sequence [a] by u [b]', 'join key'],
    ['sample by u [a]', 'a sample needs at least two terms'],
    ['sample [a][b]', 'a sample needs at least one join key'],
  ])('%s', (query, message) => {
    expect(() => groupQuery(query)).toThrow(message);
  });
});

describe('sequences of unusual size', () => {
  const letters = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => String.fromCharCode(97 + (i % 26), 97 + (Math.floor(i / 26) % 26)) + 'z');

  it('may have 256 terms', () => {
    const names = letters(256);
    const events = names.map((name, i) => `${name}${i}`);
    expect(found(`sequence ${names.map((name) => `[${name}]`).join(' ')}`, events.join(' '))).toEqual([
      events.join(' '),
    ]);
  });

  it('may not have 257 terms, each run counted', () => {
    expect(found(`sequence ${'[any] with runs=64 '.repeat(4)}`, 'a1 b2')).toEqual([]);
    expect(() => found(`sequence ${'[any] with runs=64 '.repeat(4)} [any]`, 'a1 b2')).toThrow('257 terms');
  });

  it('may compare a key with a thousand values', () => {
    const values = Array.from({ length: 1000 }, (_, i) => `u == "k${i}"`).join(' or ');
    expect(found(`sequence by u [a where ${values}] [b where true]`, 'a1(u=k7) b2(u=k7)')).toEqual(['k7: a1 b2']);
  });

  it('may not have a key of a million combinations', () => {
    const list = Array.from({ length: 1000 }, (_, i) => `k${i}`).join(',');
    expect(() => found('sequence by u, v [a][b]', `a1(u=${list} v=${list}) b2`)).toThrow('1,000,000 join keys');
  });

  it('may have samples of five terms that all fit the same four events', () => {
    const events = Array.from({ length: 4 }, (_, i) => `e${i}(u=x)`).join(' ');
    expect(found(`sample by u ${'[any] '.repeat(5)}`, events)).toEqual([]);
  });
});

describe('sequences for older stacks', () => {
  it('are warned of conditions that leave a missing event', () => {
    const warnings = (stack: string): readonly string[] =>
      compileQuery('eql', 'sequence by u with maxspan=1s [a where true] ![b where u == "x" and n == 1]', {
        mapping: TIMELINE_MAPPING,
        now: 0,
        stack,
      }).diagnostics.map((one) => one.id);
    expect([warnings('9.3'), warnings('9.4')]).toEqual([['query/missing-key-condition'], []]);
  });
});
