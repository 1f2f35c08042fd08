import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { readerOf } from './path-reader.ts';

describe('readerOf', () => {
  it.each<[string, JsonObject, unknown]>([
    ['a.b', { a: { b: 1 } }, 1],
    ['a.b', { a: { b: [1, null] } }, [1, null]],
    ['a.b', { a: { b: null } }, null],
    ['a.b', { a: { b: {} } }, undefined],
    ['a.b', { a: [{ b: 1 }] }, 1],
    ['a.b', { a: { b: [[1], 2] }, 'a.b': 3 }, [1, 2, 3]],
    ['a.b', {}, undefined],
  ])('%s of %j', (path, source, expected) => {
    expect(readerOf(path)(source)).toEqual(expected);
  });

  it('reads each of two documents that come in turns', () => {
    const read = readerOf('a.c');
    const [one, other, none] = [{ a: { c: 1 } }, { 'a.c': 2 }, {}];
    expect([one, other, one, one, none, other, none].map(read)).toEqual([1, 2, 1, 1, undefined, 2, undefined]);
  });

  it('is one reader a path', () => {
    expect([readerOf('a.d') === readerOf('a.d'), readerOf('a.d') === readerOf('a')]).toEqual([true, false]);
  });
});
