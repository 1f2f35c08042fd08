import type { Json } from '../../text/json.ts';
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

/** What stands at any of some paths, one after the other. */
export function compileGetters(paths: readonly string[], wanted: Wanted = {}): Getter {
  const [only = NOTHING_HERE, ...others] = paths.map((path) => compileGetter(path, wanted));
  return others.length === 0 ? only : (source) => [only, ...others].flatMap((get) => get(source));
}

const NOTHING_HERE: Getter = () => NOTHING;
