import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../text/json.ts';
import { compileGetter } from './getter.ts';

const json = (text: string): JsonObject => JSON.parse(text) as JsonObject;

describe('compileGetter', () => {
  it.each([
    ['nested objects', 'a.b.c', '{"a": {"b": {"c": 1}}}', [1]],
    ['a dotted key', 'a.b.c', '{"a.b.c": 1}', [1]],
    ['a dotted key in an object', 'a.b.c', '{"a": {"b.c": 1}}', [1]],
    ['an object under a dotted key', 'a.b.c', '{"a.b": {"c": 1}}', [1]],
    [
      'several forms in one document',
      'a.b.c',
      '{"a": {"b": {"c": 1}, "b.c": 2}, "a.b": {"c": 3}, "a.b.c": 4}',
      [1, 2, 3, 4],
    ],
    ['both forms with a list', 'a.b', '{"a": {"b": [1, 2]}, "a.b": 3}', [1, 2, 3]],
    ['a list of scalars', 'a.b', '{"a": {"b": [1, null, "x"]}}', [1, null, 'x']],
    ['lists in lists', 'a', '{"a": [1, [2, [3]]]}', [1, 2, 3]],
    ['lists of objects', 'a.b', '{"a": [{"b": 1}, {"b": [2, 3]}, 4]}', [1, 2, 3]],
    ['an explicit null', 'a', '{"a": null}', [null]],
    ['objects left out', 'a', '{"a": [{"b": 1}, 2]}', [2]],
    ['nothing', 'a.b', '{"a": 1}', []],
    ['an empty list', 'a', '{"a": []}', []],
    ['null on the way', 'a.b', '{"a": null}', []],
    ['names of inherited members', 'constructor.name', '{}', []],
    ['an own member of such a name', 'toString', '{"toString": 1}', [1]],
    ['__proto__ as a key', 'a.__proto__.b', '{"a": {"__proto__": {"b": 1}}}', [1]],
    ['__proto__ that is not there', 'a.__proto__', '{"a": {}}', []],
    ['names with quotes and code', 'a"];throw 1;//.b', '{"a\\"];throw 1;//": {"b": 1}}', [1]],
    ['names with line separators', 'a\u2028.b', '{"a\u2028": {"b": 1}}', [1]],
    ['more parts than a direct getter has', 'a.b.c.d.e.f.g.h.i.j', '{"a.b.c.d.e": {"f": {"g.h.i.j": 1}}}', [1]],
  ])('reads %s', (_name, path, text, expected) => {
    expect(compileGetter(path)(json(text))).toEqual(expected);
  });

  it('gives objects where they are asked for', () => {
    expect(compileGetter('a', { objects: true })(json('{"a": [{"b": 1}, 2, {"c": 3}]}'))).toEqual([{ b: 1 }, { c: 3 }]);
  });

  it('makes an object of each key that reaches below the path', () => {
    const objects = compileGetter('a.b', { objects: true });
    expect(objects(json('{"a.b.c": 1, "a": {"b.c.d": 2, "b": [{"c": 3}], "bc": 4}, "a.b": {"e": 5}}'))).toEqual([
      { c: 3 },
      { 'c.d': 2 },
      { e: 5 },
      { c: 1 },
    ]);
  });
});
