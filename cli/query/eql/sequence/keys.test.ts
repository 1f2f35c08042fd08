import { describe, expect, it } from 'vitest';
import { found, timeline } from './timeline.ts';

describe('join keys', () => {
  it('keep the candidates of each value apart', () => {
    expect(
      found(
        'sequence by u [w][h][i]',
        'w1(u=r) w2(u=r) h3(u=u) h4(u=r) h5(u=r) w6(u=u) w7(u=r) h8(u=u) i9(u=r) i10(u=u) i11(u=r)',
      ),
    ).toEqual(['r: w2 h4 i9', 'u: w6 h8 i10']);
  });

  it('are matched by position where terms name their own', () => {
    expect(found('sequence [a] by u [b] by v', 'a1(u=x v=y) b2(u=x v=y) b3(u=y v=x)')).toEqual(['x: a1 b3']);
  });

  it('of the sequence come before those of the term', () => {
    expect(found('sequence by u [a] by v [b] by text', 'a1(u=x v=y) b2(u=x text=y)')).toEqual(['x,y: a1 b2']);
  });

  it('have to fit in all positions', () => {
    expect(found('sequence by u, v [a][b]', 'a1(u=x v=y) b2(u=x v=z) b3(u=x v=y)')).toEqual(['x,y: a1 b3']);
  });

  it('are case-sensitive', () => {
    expect(found('sequence by u [a][b]', 'a1(u=Root) b2(u=root)')).toEqual([]);
  });

  it('need a value, in until too', () => {
    expect([
      found('sequence by u [a][b]', 'a1 b2'),
      found('sequence by u [a][b] until [x]', 'a1(u=x) x2 b3(u=x)'),
      found('sequence by u [a][b]', 'a1(u=null) b2(u=null)'),
    ]).toEqual([[], ['x: a1 b3'], []]);
  });

  it('longer than a keyword indexes have no value', () => {
    expect(found('sequence by short [a][b]', 'a1(short=long) b2(short=long) a3(short=ok) b4(short=ok)')).toEqual([
      'ok: a3 b4',
    ]);
  });

  it('with several values stand for each of them', () => {
    expect(found('sequence by u [a][b]', 'a1(u=x,y) b2(u=x) b3(u=y) b4')).toEqual(['x: a1 b2', 'y: a1 b3']);
  });

  it('with several values in two positions stand for all pairs, once each', () => {
    expect(found('sequence by u, v [a][b]', 'a1(u=x,y v=1,2) b2(u=y,y v=1)')).toEqual(['y,1: a1 b2']);
  });

  it.each([
    ['numbers by value', 'n', '5', '5.0', '5'],
    ['numbers of other types by value', 'm', '5', '5', '5'],
    ['booleans', 'bool', 'true', 'true', 'true'],
    ['addresses by value', 'ip', '::1', '0:0:0:0:0:0:0:1', '::1'],
    ['dates by instant', 'd', '2024-01-01', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z'],
    ['text by its keyword sub-field', 'text', 'ab', 'ab', 'ab'],
  ])('compare %s', (_, field, left, right, shown) => {
    expect(found(`sequence by ${field} [a][b]`, `a1(${field}=${left}) b2(${field}=${right})`)).toEqual([
      `${shown}: a1 b2`,
    ]);
  });

  it('compare a date with a date of nanoseconds', () => {
    expect(
      found('sequence [a] by d [b] by nano', 'a1(d=2024-01-01T00:00:00Z) b2(nano=2024-01-01T00:00:00.000000000Z)'),
    ).toEqual(['2024-01-01T00:00:00.000Z: a1 b2']);
  });

  it.each(['__proto__', 'constructor', 'toString', 's1:x', 'n5;'])('take %s for a value like any other', (value) => {
    const events = `a1(u=${value} v=1) b2(u=other v=1) b3(u=${value} v=1)`;
    expect([found('sequence by u [a][b]', events), found('sequence by u, v [a][b]', events)]).toEqual([
      [`${value}: a1 b3`],
      [`${value},1: a1 b3`],
    ]);
  });

  it('do not run into each other', () => {
    expect(found('sequence by u, v [a][b]', 'a1(u=s1:x v=y) b2(u=s1 v=:xy) a3(u=1 v=2) b4(u=12 v=2)')).toEqual([]);
  });
});

describe('optional join keys', () => {
  it('have null as a key of its own', () => {
    expect(found('sequence by ?u [a][b]', 'a1 b2 a3(u=x) b4 b5(u=x)')).toEqual(['null: a1 b2', 'x: a3 b5']);
  });

  it('are null for every event where no index has the field', () => {
    expect(found('sequence by ?gone [a][b]', 'a1(gone=x) b2(gone=y)')).toEqual(['null: a1 b2']);
  });

  it('are optional term by term', () => {
    expect([
      found('sequence [a] by ?u [b] by u', 'a1 b2'),
      found('sequence [a] by ?u [b] by u', 'a1(u=x) b2(u=x)'),
    ]).toEqual([[], ['x: a1 b2']]);
  });
});

describe('conditions on a join key', () => {
  it('hold for the whole event in the other terms', () => {
    const events = 'a1(u=x,y) b2(u=y) b3(u=x)';
    expect([
      found('sequence by u [a where u == "x"] [b where true]', events),
      found('sequence by u [a where u == "x" or u : "z*"] [b where true]', events),
    ]).toEqual([['x: a1 b3'], ['y: a1 b2', 'x: a1 b3']]);
  });

  it('are carried over by position to the fields of the other terms', () => {
    expect(found('sequence [a where u != "z"] by u [b where true] by v', 'a1(u=x) b2(v=x,z) b3(v=x)')).toEqual([
      'x: a1 b3',
    ]);
  });

  it('are not copied when another field takes part, unless the stack still did', () => {
    const query = 'sequence by u [a where startsWith(v, u)] [b where true]';
    const events = 'a1(u=x v=xx) b2(u=x)';
    expect([
      found(query, events),
      found(query, events, { stack: '8.18' }),
      found(query, events, { stack: '9.1' }),
    ]).toEqual([['x: a1 b2'], [], ['x: a1 b2']]);
  });

  it('of a missing term are not copied, unless the stack still did', () => {
    const query = 'sequence by u with maxspan=9s [a where true] ![b where u == "x"]';
    const events = 'a1(u=x) a2(u=y)';
    expect([found(query, events), found(query, events, { stack: '9.3' })]).toEqual([
      ['x: a1 -', 'y: a2 -'],
      ['x: a1 -'],
    ]);
  });

  it('do not hold for until', () => {
    expect(found('sequence by u [a where u == "x"] [b where true] until [c]', 'a1(u=x,y) c2(u=y) b3(u=x)')).toEqual([
      'x: a1 b3',
    ]);
    expect(found('sequence by u [a where u : "x"] [b where true] until [c]', 'a1(u=x,y) c2(u=x) b3(u=x)')).toEqual([]);
  });
});

describe('faults of keys and times', () => {
  it.each([
    ['sequence by nope [a][b]', 'nope'],
    ['sequence by words [a][b]', 'words is text without a keyword sub-field'],
    ['sequence by nested.k [a][b]', 'nested'],
    ['sequence by event [a][b]', 'event is an object'],
    ['sequence [a] by u [b] by n', 'the join key n is a whole number, u before it is a string'],
  ])('%s', (query, message) => {
    expect(() => found(query, 'a1 b2')).toThrow(message);
  });

  it('say which event has no time', () => {
    const [a, b] = timeline('a1 b2(u=x)');
    const untimed = (event: typeof a) =>
      event === undefined ? [] : [{ ...event, source: { event: event.source['event'] ?? null } }];
    expect(() => found('sequence [a][b]', [...untimed(a), ...(b === undefined ? [] : [b])])).toThrow(
      'event a1 fits the first event of the sequence and has no @timestamp',
    );
    expect(found('sequence [a][b]', [...(a === undefined ? [] : [a]), ...untimed(b)])).toEqual([]);
  });

  it('refuse lists of times and of tiebreakers', () => {
    expect(() => found('sequence [a][b]', 'a1(@timestamp=1000,2000) b2')).toThrow('more than one value in @timestamp');
    expect(() => found('sequence [a][b]', 'a1(t=1,2) b2', { tiebreakerField: 't' })).toThrow(
      'more than one value in t',
    );
  });

  it('refuse a time that is no date', () => {
    expect(() => found('sequence [a][b]', 'a1(@timestamp=soon) b2')).toThrow('is not a date: "soon"');
  });

  it('refuse fields that cannot order events', () => {
    expect(() => found('sequence [a][b]', 'a1', { timestampField: 'gone' })).toThrow('gone, the time of the sequence');
    expect(() => found('sequence [a][b]', 'a1', { timestampField: 'u' })).toThrow('of type keyword, not a date');
    expect(() => found('sequence [a][b]', 'a1', { tiebreakerField: 'gone' })).toThrow('gone, the tiebreaker');
    expect(() => found('sequence [a][b]', 'a1', { tiebreakerField: 'words' })).toThrow('words is text');
  });
});
