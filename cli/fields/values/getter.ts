import type { Json } from '../../text/json.ts';
import { compileCollector, isList, keysOf, type Getter } from './collect.ts';
import { readerOf } from './path-reader.ts';

export type { Getter } from './collect.ts';

const NOTHING: readonly Json[] = [];

/** A getter for a dotted path, see `readerOf`. `objects: true` gives the objects at the path instead of its values. */
export function compileGetter(path: string, options: { readonly objects?: boolean } = {}): Getter {
  if (options.objects === true) return compileCollector(keysOf(path.split('.')), options);
  const read = readerOf(path);
  return (source) => {
    const value = read(source);
    return value === undefined ? NOTHING : isList(value) ? value : [value];
  };
}
