import { own, type Json, type JsonObject } from '../../text/json.ts';

type ValueTest = (value: Json) => boolean;
type ObjectTest = (source: JsonObject) => boolean;

/**
 * Whether any value at a dotted path passes a test. Reads as `compileGetter` does (explicit nulls are values, objects are
 * not), but makes no list, which is most of the time that a search over many events takes.
 */
export function compileSome(path: string, test: ValueTest): ObjectTest {
  const parts = path.split('.');
  let from = parts.length - 1;
  const tails = new Map<number, ObjectTest>([[from, oneKey(parts[from] ?? '', inLeaf(test))]]);
  while (--from >= 0) {
    // Every way to cut the rest of the path: its first key may hold one part or several.
    const ways: ObjectTest[] = [];
    for (let to = from; to < parts.length - 1; to++) {
      const rest = tails.get(to + 1);
      if (rest !== undefined) ways.push(oneKey(parts.slice(from, to + 1).join('.'), inObject(rest)));
    }
    ways.push(oneKey(parts.slice(from).join('.'), inLeaf(test)));
    tails.set(from, either(ways));
  }
  return tails.get(0) ?? (() => false);
}

/** Own members only; the few names that every object inherits are asked for with care, the others cost nothing more. */
function oneKey(key: string, test: ValueTest): ObjectTest {
  if (key in Object.prototype)
    return (source) => {
      const value = own(source, key);
      return value !== undefined && test(value);
    };
  return (source) => {
    const value = source[key];
    return value !== undefined && test(value);
  };
}

function either(ways: readonly ObjectTest[]): ObjectTest {
  const [first, second] = ways;
  if (ways.length === 2 && first !== undefined && second !== undefined)
    return (source) => first(source) || second(source);
  return (source) => {
    for (const way of ways) if (way(source)) return true;
    return false;
  };
}

/** Objects, also in lists. */
function inObject(rest: ObjectTest): ValueTest {
  const test: ValueTest = (value) => {
    if (typeof value !== 'object' || value === null) return false;
    if (!isList(value)) return rest(value);
    for (const item of value) if (test(item)) return true;
    return false;
  };
  return test;
}

/** Plain values, also in lists. */
function inLeaf(plain: ValueTest): ValueTest {
  const test: ValueTest = (value) => {
    if (typeof value !== 'object' || value === null) return plain(value);
    if (!isList(value)) return false;
    for (const item of value) if (test(item)) return true;
    return false;
  };
  return test;
}

const isList = (value: JsonObject | readonly Json[]): value is readonly Json[] => Array.isArray(value);
