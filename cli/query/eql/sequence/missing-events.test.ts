import { describe, expect, it } from 'vitest';
import { found, timeline } from './timeline.ts';

const within10 = (terms: string, events: string): readonly string[] =>
  found(`sequence with maxspan=10s ${terms}`, events);

describe('a missing event between two others', () => {
  it.each([
    ['discards when it is there', 'a1 m2 b3', []],
    ['does not mind it before or after', 'm0 a1 b3 m4', ['a1 - b3']],
    ['does not count in the millisecond of the first', 'a1 m1 b3', ['a1 - b3']],
    ['does not count in the millisecond of the second', 'a1 m3 b3', ['a1 - b3']],
    ['nor behind the second in its millisecond', 'a1 b3 m3', ['a1 - b3']],
    ['counts a millisecond after the first', 'a1 m1.001 b3', []],
    ['counts a millisecond before the second', 'a1 m2.999 b3', []],
    ['counts when another stands in the millisecond of the second', 'a1 m2 m3 b3', []],
    ['leaves the next sequence alone', 'a1 m2 b3 a4 b5', ['a4 - b5']],
  ])('%s', (_, events, wanted) => {
    expect(within10('[a] ![m] [b]', events)).toEqual(wanted);
  });

  it('lets the candidate use up its events all the same', () => {
    expect(within10('[a] ![m] [b]', 'a1 m2 b3 b4')).toEqual([]);
  });

  it('is asked in each gap by itself', () => {
    const terms = '[a] ![m] [b] ![x] [c]';
    expect(
      ['a1 b2 c3', 'a1 m1.5 b2 c3', 'a1 b2 x2.5 c3', 'a1 x1.5 b2 m2.5 c3'].map((one) => within10(terms, one)),
    ).toEqual([['a1 - b2 - c3'], [], [], ['a1 - b2 - c3']]);
  });

  it('may be one of several in a gap, in any order', () => {
    const terms = '[a] ![m] ![x] [b]';
    expect(['a1 b4', 'a1 m2 b4', 'a1 x2 b4'].map((one) => within10(terms, one))).toEqual([['a1 - - b4'], [], []]);
  });

  it('compares whole milliseconds where the time has nanoseconds', () => {
    const at = (letter: string, time: string) => `${letter}0(nano=1970-01-01T00:00:${time}Z)`;
    const run = (m: string) =>
      found(
        'sequence with maxspan=10s [a] ![m] [b]',
        timeline(`${at('a', '01.000000000')} ${at('m', m)} ${at('b', '02.000000000')}`),
        { timestampField: 'nano' },
      );
    expect([run('01.000999999'), run('01.001000000'), run('01.999999999')]).toEqual([['a0 - b0'], [], []]);
  });
});

describe('a missing event at the end', () => {
  it.each([
    ['keeps what nothing follows', 'a1', ['a1 -']],
    ['counts maxspan from the first event, and exactly as long is inside', 'a1 m5 a20 m31 a40 m50', ['a20 -']],
    ['does not count in the millisecond of the last', 'a1 m1', ['a1 -']],
    ['keeps one of two that end before it by what each has left', 'a1 a8 m12', ['a1 -']],
  ])('%s', (_, events, wanted) => {
    expect(within10('[a] ![m]', events)).toEqual(wanted);
  });

  it('may have several terms, of which the earliest event counts', () => {
    expect(['a1 x5', 'a1 m5', 'a1 m12 x13', 'a1 b2 m13'].map((one) => within10('[a] ![m] ![x]', one))).toEqual([
      [],
      [],
      ['a1 - -'],
      ['a1 - -'],
    ]);
  });

  it('is counted from the first of several events', () => {
    expect(['a1 b9 m11', 'a1 b9 m11.001'].map((one) => within10('[a] [b] ![m]', one))).toEqual([[], ['a1 b9 -']]);
  });
});

describe('a missing event at the beginning', () => {
  it.each([
    ['keeps what nothing precedes', 'a1', ['- a1']],
    ['counts maxspan up to the last event, and exactly as long is inside', 'm0 a5 a10 a11', ['- a11']],
    ['asks the latest one', 'm0 m8 a11', []],
    ['does not count in the millisecond of the first', 'm1 a1', ['- a1']],
  ])('%s', (_, events, wanted) => {
    expect(within10('![m] [a]', events)).toEqual(wanted);
  });

  it('is counted up to the last of several events', () => {
    expect(['m0 a5 b10', 'm0 a5 b10.001'].map((one) => within10('![m] [a] [b]', one))).toEqual([[], ['- a5 b10.001']]);
  });
});

describe('missing events at both ends', () => {
  it.each([
    ['keep where nothing trails', 'm0 a5', ['- a5 -']],
    ['keep where nothing leads', 'a5 m6', ['- a5 -']],
    ['discard where both are within maxspan of each other', 'm0 a3 m8', []],
    ['exactly as long is within', 'm0 a3 m10', []],
    ['keep where they are farther apart', 'm0 a5 m12', ['- a5 -']],
  ])('%s', (_, events, wanted) => {
    expect(within10('![m] [a] ![m]', events)).toEqual(wanted);
  });

  it('and in the middle all have to hold', () => {
    expect(['a1 b3', 'a1 x2 b3', 'm0 a1 b3 m4'].map((one) => within10('![m] [a] ![x] [b] ![m]', one))).toEqual([
      ['- a1 - b3 -'],
      [],
      [],
    ]);
  });
});

describe('missing events and keys', () => {
  const query = 'sequence by u with maxspan=10s [a] ![m] [b]';

  it('are looked for under the same key', () => {
    expect(found(query, 'a1(u=x) m2(u=y) b3(u=x)')).toEqual(['x: a1 - b3']);
    expect(found(query, 'a1(u=x) m2(u=y,x) b3(u=x)')).toEqual([]);
    expect(found(query, 'a1(u=x) m2 b3(u=x)')).toEqual(['x: a1 - b3']);
  });

  it('may name the key otherwise', () => {
    const own = 'sequence with maxspan=10s [a] by u ![m] by v';
    expect(found(own, 'a1(u=x) m2(v=x) a3(u=y) m4(u=y)')).toEqual(['y: a3 -']);
  });

  it('fail on a candidate whose optional key is null', () => {
    expect(() => found('sequence by ?u with maxspan=10s [a] ![m] [b]', 'a1 b2')).toThrow(
      'a sequence with a missing event has no value for its key u',
    );
    expect(found('sequence by ?u with maxspan=10s [a] ![m] [b]', 'a1 b2(u=x)')).toEqual([]);
  });
});

describe('missing events in a query', () => {
  it('take a place each, runs too', () => {
    expect(within10('[a] ![m] with runs=2 [b]', 'a1 b2')).toEqual(['a1 - - b2']);
  });

  it('are cut by pipes after they have been checked', () => {
    expect(within10('[a] ![m] [b] | head 1', 'a1 m2 b3 a4 b5 a6 b7')).toEqual(['a4 - b5']);
  });

  it('are refused where their condition is never true', () => {
    expect(() => within10('[a] ![m where false] [b]', 'a1 b2')).toThrow(
      'the condition of this missing event is never true',
    );
  });
});
