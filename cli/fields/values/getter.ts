import { isJsonObject, type Json } from '../../text/json.ts';
import { compileCollector, isList, keysOf, type Getter, type Wanted } from './collect.ts';
import { readerOf } from './path-reader.ts';

export type { Getter } from './collect.ts';

const NOTHING: readonly Json[] = [];

/**
 * A getter for a dotted path, see `readerOf`. `objects: true` gives the objects at the path instead of its values, `written: true`
 * everything there, each list as one.
 */
export function compileGetter(path: string, wanted: Wanted = {}): Getter {
  if (wanted.objects === true || wanted.written === true) return compileCollector(keysOf(path.split('.')), wanted);
  const read = readerOf(path);
  return (source) => {
    const value = read(source);
    return value === undefined ? NOTHING : isList(value) ? value : [value];
  };
}

/** What stands at any of some paths; values in the order of the document, which decides the positions of their words. */
export function compileGetters(paths: readonly string[], wanted: Wanted = {}): Getter {
  const [only = NOTHING_HERE, ...others] = paths.map((path) => compileGetter(path, wanted));
  if (others.length === 0) return only;
  if (wanted.objects === true || wanted.written === true)
    return (source) => [only, ...others].flatMap((get) => get(source));
  return inOrder(paths);
}

function inOrder(paths: readonly string[]): Getter {
  const wanted = new Set(paths);
  const leading = new Set(paths.flatMap((path) => [...path.matchAll(/\./g)].map(({ index }) => path.slice(0, index))));
  const walk = (value: Json, path: string, out: Json[]): void => {
    if (isList(value)) for (const item of value) walk(item, path, out);
    else if (isJsonObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const name = path === '' ? key : `${path}.${key}`;
        if (wanted.has(name) || leading.has(name)) walk(inner, name, out);
      }
    } else if (wanted.has(path)) out.push(value);
  };
  return (source) => {
    const out: Json[] = [];
    walk(source, '', out);
    return out;
  };
}

const NOTHING_HERE: Getter = () => NOTHING;
