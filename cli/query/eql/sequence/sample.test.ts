import { describe, expect, it } from 'vitest';
import { chooseDifferent } from '../../run/sample/choose.ts';
import { found } from './timeline.ts';

describe('samples', () => {
  it('take one event for each term, whatever their order in time', () => {
    expect(found('sample by u [a][b]', 'b1(u=x) a2(u=x)')).toEqual(['x: a2 b1']);
  });

  it('stand in ascending order of their keys, numbers by value', () => {
    expect(found('sample by n [a][b]', 'a1(n=10) b2(n=10) a3(n=9) b4(n=9)')).toEqual(['9: a3 b4', '10: a1 b2']);
  });

  it('need an event for every term', () => {
    expect(found('sample by u [a][b][c]', 'a1(u=x) b2(u=x)')).toEqual([]);
  });

  it('take the first events in the order of the index', () => {
    expect(found('sample by u [a][b]', 'a9(u=x) a1(u=x) b2(u=x)')).toEqual(['x: a9 b2']);
  });

  it('take different events', () => {
    expect(found('sample by u [any][any]', 'a1(u=x)')).toEqual([]);
    expect(found('sample by u [any][a]', 'a1(u=x) b2(u=x)')).toEqual(['x: b2 a1']);
  });

  it('are one a key, unless more are asked for', () => {
    const events = 'a1(u=x) a2(u=x) b3(u=x) a4(u=y) b5(u=y)';
    expect(found('sample by u [a][b]', events)).toEqual(['x: a1 b3', 'y: a4 b5']);
    expect(found('sample by u [a][b]', events, { maxSamplesPerKey: 3 })).toEqual(['x: a1 b3', 'x: a2 b3', 'y: a4 b5']);
    expect(found('sample by u [any][any]', 'a1(u=x) b2(u=x)', { maxSamplesPerKey: 9 })).toEqual([
      'x: a1 b2',
      'x: b2 a1',
    ]);
  });

  it('are the first in order of keys when there are more than asked for', () => {
    expect(found('sample by u [a][b]', 'a1(u=x) b2(u=x) a3(u=w) b4(u=w)', { size: 1 })).toEqual(['w: a3 b4']);
  });

  it('count an event with several values under each', () => {
    expect(found('sample by u [a][b]', 'a1(u=x,y) b2(u=x) b3(u=y)')).toEqual(['x: a1 b2', 'y: a1 b3']);
  });

  it('have null keys for optional fields alone, and null comes first', () => {
    const events = 'a1 b2 a3(u=x) b4(u=x)';
    expect([found('sample by u [a][b]', events), found('sample by ?u [a][b]', events)]).toEqual([
      ['x: a3 b4'],
      ['null: a1 b2', 'x: a3 b4'],
    ]);
  });

  it('show dates as the index holds them', () => {
    expect(found('sample by d [a][b]', 'a1(d=1970-01-01) b2(d=1970-01-01)')).toEqual(['0: a1 b2']);
  });

  it('copy conditions on the key to the other terms', () => {
    expect(found('sample by u [a where u == "x"] [b where true]', 'a1(u=x,y) b2(u=y)')).toEqual([]);
  });

  it('need no time', () => {
    expect(found('sample by u [a][b]', 'a1(u=x @timestamp=null) b2(u=x @timestamp=null)')).toHaveLength(1);
  });

  it('are refused with a pipe', () => {
    expect(() => found('sample by u [a][b] | head 1', 'a1')).toThrow('a sample takes no pipe');
  });
});

describe('chooseDifferent', () => {
  it('goes back where a choice leaves nothing for a later list', () => {
    expect(
      chooseDifferent(
        [
          [1, 2, 3],
          [4, 5],
          [4, 5, 3],
        ],
        1,
      ),
    ).toEqual([[1, 4, 5]]);
    expect(chooseDifferent([[1, 2], [1]], 5)).toEqual([[2, 1]]);
  });

  it('answers at once where no choice is left', () => {
    const few = Array.from({ length: 40 }, (_, i) => i);
    expect(chooseDifferent(new Array(41).fill(few), 1)).toEqual([]);
    expect(chooseDifferent(new Array(40).fill(few), 1)).toEqual([few]);
  });
});
