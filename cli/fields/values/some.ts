import type { Json, JsonObject } from '../../text/json.ts';
import { isList } from './collect.ts';
import type { Place } from './indexed.ts';
import { readerOf } from './path-reader.ts';

/**
 * Whether any value at any of some dotted paths passes a test. Reads as `compileGetter` does (explicit nulls are values, objects
 * are not), but makes no list.
 */
export function compileSome(
  paths: readonly string[],
  test: (value: Json, place?: Place) => boolean,
): (source: JsonObject, place?: Place) => boolean {
  const [only, ...others] = paths.map((path) => atPath(path, test));
  if (only !== undefined && others.length === 0) return only;
  const all = only === undefined ? [] : [only, ...others];
  return (source, place) => all.some((one) => one(source, place));
}

function atPath(
  path: string,
  test: (value: Json, place?: Place) => boolean,
): (source: JsonObject, place?: Place) => boolean {
  const read = readerOf(path);
  return (source, place) => {
    const value = read(source);
    if (value === undefined) return false;
    if (typeof value !== 'object' || value === null || !isList(value)) return test(value, place);
    for (const item of value) if (test(item, place)) return true;
    return false;
  };
}
