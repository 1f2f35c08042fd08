import { describe, expect, it } from 'vitest';
import { found, timeline } from './timeline.ts';

describe('candidates and stages', () => {
  it.each([
    ['the newest start wins, and a second end finds nobody', '[a][b]', 'a1 a2 b3 b4', ['a2 b3']],
    ['one after the other', '[a][b]', 'a1 b2 a3 b4', ['a1 b2', 'a3 b4']],
    ['newer progress replaces older', '[a][b][c]', 'a1 b2 a3 b4 c5', ['a3 b4 c5']],
    ['what comes after the end does not matter', '[a][b][c]', 'a1 b2 c3 b4', ['a1 b2 c3']],
    [
      'a newer start leaves candidates of later stages alone',
      '[a][b][c][d]',
      'a1 b2 c3 a4 b5 d6 c7 d8',
      ['a1 b2 c3 d6', 'a4 b5 c7 d8'],
    ],
    ['an event may end one sequence and begin another', '[any][any]', 'e1 e2 e3', ['e1 e2', 'e2 e3']],
    ['an event does not follow itself', '[any][any]', 'e1', []],
    ['the order has to be right', '[a][b]', 'b1 a2', []],
  ])('%s', (_, terms, events, wanted) => {
    expect(found(`sequence ${terms}`, events)).toEqual(wanted);
  });
});

describe('with runs', () => {
  it.each([
    [
      'slides instead of cutting into groups',
      '[any] with runs=3',
      'e1 e2 e3 e4 e5',
      ['e1 e2 e3', 'e2 e3 e4', 'e3 e4 e5'],
    ],
    ['is as many stages', '[a] with runs=2 [b]', 'a1 a2 a3 b4 b5', ['a2 a3 b4']],
  ])('%s', (_, terms, events, wanted) => {
    expect(found(`sequence ${terms}`, events)).toEqual(wanted);
  });

  it('runs a hundred stages', () => {
    const events = Array.from({ length: 100 }, (_, i) => `e${i}`);
    expect(found('sequence [any] with runs=100', events.join(' '))).toEqual([events.join(' ')]);
  });
});

describe('maxspan', () => {
  it.each([
    ['exactly as long is inside', '[a][b]', 'a0 b5', ['a0 b5']],
    ['a millisecond more is outside', '[a][b]', 'a0 b5.001', []],
    ['counts from the first event, not the one before', '[a][b][c]', 'a0 b4 c6', []],
    ['an event that comes too late is used up all the same', '[a][b][c]', 'a0 b1 a4 c6 b7 c8', ['a4 b7 c8']],
    ['a candidate that is too old stands in the way of none', '[a][b]', 'a0 b6 a7 b8', ['a7 b8']],
  ])('%s', (_, terms, events, wanted) => {
    expect(found(`sequence with maxspan=5s ${terms}`, events)).toEqual(wanted);
  });

  it.each([
    ['1500ms', 'a0 b1.5', 'a0 b1.501'],
    ['1s', 'a0 b1', 'a0 b1.001'],
    ['2m', 'a0 b120', 'a0 b120.001'],
    ['1h', 'a0 b3600', 'a0 b3600.001'],
    ['1d', 'a0 b86400', 'a0 b86400.001'],
  ])('reads %s', (span, inside, outside) => {
    expect([inside, outside].map((events) => found(`sequence with maxspan=${span} [a][b]`, events).length)).toEqual([
      1, 0,
    ]);
  });

  it('counts nanoseconds', () => {
    const at = (nano: string, letter: string) => timeline(`${letter}0(nano=1970-01-01T00:00:${nano}Z)`)[0];
    const events = (end: string) => [at('00.000000500', 'a'), at(end, 'b')].flatMap((one) => one ?? []);
    const span = (end: string) => found('sequence with maxspan=1s [a][b]', events(end), { timestampField: 'nano' });
    expect([span('01.000000500'), span('01.000000501')]).toEqual([['a0 b0'], []]);
  });
});

describe('until', () => {
  it.each([
    ['ends a candidate', '[a][b] until [x]', 'a1 x2 b3', []],
    ['ends candidates, not the search', '[a][b] until [x]', 'a1 x2 a3 b4', ['a3 b4']],
    ['does not count on the closing event itself', '[a][b] until [b]', 'a1 b2', ['a1 b2']],
    ['does not count on the first event of the search', '[a][b] until [a]', 'a1 b2', ['a1 b2']],
    ['counts on the last event of a later candidate', '[a][b] until [a]', 'a1 b2 a3 b4', ['a1 b2']],
    ['counts on the last event of a stage behind', '[a][b][c] until [b]', 'a1 b2 c3', []],
    ['counts between later stages', '[a][b][c] until [x]', 'a1 b2 x3 c4', []],
    ['does not count before the first event', '[a][b] until [x]', 'x1 a2 b3', ['a2 b3']],
    ['does not count after the last event', '[a][b] until [x]', 'a1 b2 x3', ['a1 b2']],
  ])('%s', (_, terms, events, wanted) => {
    expect(found(`sequence ${terms}`, events)).toEqual(wanted);
  });

  it('ends candidates of its key alone', () => {
    expect(found('sequence by u [a][b] until [x]', 'a1(u=x) a2(u=y) x3(u=x) b4(u=x) b5(u=y)')).toEqual(['y: a2 b5']);
    // The first event of the search is that of all keys together; one without a key is none.
    expect(found('sequence by u [a][b] until [a]', 'a0 a1(u=x) a2(u=y) b4(u=x) b5(u=y)')).toEqual(['x: a1 b4']);
  });

  it('of a condition that is never true ends nothing', () => {
    expect(found('sequence [a][b] until [x where false]', 'a1 x2 b3')).toEqual(['a1 b3']);
  });
});

describe('events of the same time', () => {
  it('follow each other in the order of arrival', () => {
    expect([found('sequence [a][b]', 'a1 b1'), found('sequence [a][b]', 'b1 a1')]).toEqual([['a1 b1'], []]);
  });

  it('are ordered by the tiebreaker first, numbers by value', () => {
    const by = { tiebreakerField: 't' };
    expect([
      found('sequence [a][b]', 'b1(t=10) a1(t=9)', by),
      found('sequence [a][b]', 'a1(t=10) b1(t=9)', by),
    ]).toEqual([['a1 b1'], []]);
  });

  it('are ordered by the keyword sub-field of a text', () => {
    expect(found('sequence [a][b]', 'b1(text=y) a1(text=x)', { tiebreakerField: 'text' })).toEqual(['a1 b1']);
  });

  it('come last without a tiebreaker', () => {
    const by = { tiebreakerField: 't' };
    expect([found('sequence [a][b]', 'b1 a1(t=9)', by), found('sequence [a][b]', 'a1 b1(t=9)', by)]).toEqual([
      ['a1 b1'],
      [],
    ]);
  });

  it('differ by nanoseconds where the field has them', () => {
    const events = timeline('b0(nano=1970-01-01T00:00:00.000000002Z) a0(nano=1970-01-01T00:00:00.000000001Z)');
    expect(found('sequence [a][b]', events, { timestampField: 'nano' })).toEqual(['a0 b0']);
  });
});

describe('results', () => {
  const many = 'a1 b2 a3 b4 a5 b6';

  it('stand in the order of their last events', () => {
    expect(found('sequence by u [a][b]', 'a1(u=x) a2(u=y) b3(u=y) b4(u=x)')).toEqual(['y: a2 b3', 'x: a1 b4']);
  });

  it('that end on one event stand in the order of their keys', () => {
    expect(found('sequence by u [a][b]', 'a1(u=y) a2(u=x) b3(u=y,x)')).toEqual(['x: a2 b3', 'y: a1 b3']);
  });

  it('are the latest when there are more than asked for', () => {
    expect(found('sequence [a][b]', many, { size: 2 })).toEqual(['a3 b4', 'a5 b6']);
  });

  it('are the first for a request that wants the head', () => {
    expect(found('sequence [a][b]', many, { size: 2, resultPosition: 'head' })).toEqual(['a1 b2', 'a3 b4']);
  });

  it('are cut by pipes', () => {
    expect([found('sequence [a][b] | head 1', many), found('sequence [a][b] | head 2 | tail 1', many)]).toEqual([
      ['a1 b2'],
      ['a3 b4'],
    ]);
  });
});

describe('a term that is never true', () => {
  it('leaves no sequence at all', () => {
    expect(found('sequence [a][b where ?gone : "x"]', 'a1 b2')).toEqual([]);
  });
});
