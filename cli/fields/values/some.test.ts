import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../text/json.ts';
import { compileGetter } from './getter.ts';
import { compileSome } from './some.ts';

const seen = (path: string, source: JsonObject): Json[] => {
  const out: Json[] = [];
  compileSome([path], (value) => {
    out.push(value);
    return false;
  })(source);
  return out;
};

describe('compileSome', () => {
  it.each<[string, JsonObject, Json[]]>([
    ['a', { a: 1 }, [1]],
    ['a.b', { a: { b: 1 }, 'a.b': 2 }, [1, 2]],
    ['a.b.c', { 'a.b': { c: 1 }, a: { 'b.c': 2, b: { c: 3 } } }, [3, 2, 1]],
    ['a.b', { a: [{ b: 1 }, { b: [2, [3]] }, 4, null] }, [1, 2, 3]],
    ['a', { a: [null, {}, false] }, [null, false]],
    ['a.b', { a: 'text' }, []],
    ['constructor', {}, []],
    ['constructor', { constructor: 'x' }, ['x']],
    ['a.__proto__', { a: {} }, []],
    ['a.toString', { a: [] }, []],
    ['a.length', { a: [1] }, []],
  ])('%s of %j', (path, source, expected) => {
    expect(seen(path, source)).toEqual(expected);
  });

  it('stops at the first value that passes', () => {
    const asked: Json[] = [];
    const some = compileSome(['a'], (value) => asked.push(value) === 2);
    expect([some({ a: [1, 2, 3] }), asked]).toEqual([true, [1, 2]]);
  });

  it('sees what compileGetter reads', () => {
    const name = fc.constantFrom('a', 'b', 'a.b', 'b.a', 'a.b.a');
    const { document } = fc.letrec<{ document: JsonObject; value: Json }>((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.constantFrom<Json>(null, 1, 'x', false), fc.array(tie('value'), { maxLength: 3 }), tie('document')),
      document: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    })); // prettier-ignore
    const sorted = (list: readonly Json[]): string[] => list.map((one) => JSON.stringify(one)).sort();
    fc.assert(
      fc.property(document, name, (source, path) => {
        expect(sorted(seen(path, source))).toEqual(sorted(compileGetter(path)(source)));
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
