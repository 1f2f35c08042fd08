import type { Json, JsonObject } from '../../text/json.ts';
import { compileCollector, isList, keysOf } from './collect.ts';

/**
 * What stands at one path of a document: a value, or a flat list of values. Explicit nulls are values, objects are left out.
 * Undefined: nothing is there.
 */
export type PathReader = (source: JsonObject) => Json | undefined;

const readers = new Map<string, PathReader>();

/** Far more than all the fields that rules name. */
const MAX_READERS = 20_000;

/**
 * The reader of a dotted path. Elasticsearch reads `{"a.b": 1}` and `{"a": {"b": 1}}` alike, also mixed and inside lists of
 * objects; so does this. A path has one reader, which knows what it read last: all clauses of all rules that ask an event
 * for the same path, one after the other, read it once. Documents do not change.
 */
export function readerOf(path: string): PathReader {
  let reader = readers.get(path);
  if (reader === undefined) {
    if (readers.size >= MAX_READERS) readers.clear();
    reader = compile(path.split('.'));
    readers.set(path, reader);
  }
  return reader;
}

/** Parts of a path up to which its usual form is read by code of its own; deeper ones are rare. */
const MAX_PARTS = 8;

/**
 * For the usual form of a document, objects in objects with a scalar or a list of scalars at the end, a reader is built as
 * code, because then each of its property reads has an inline cache of its own in the host; as closures, which share them, a
 * read takes seven times as long (84 ns against 12 ns). Nothing but keys as JSON strings goes into the code. A document that
 * has another form at this path is read in the general way.
 */
function compile(parts: readonly string[]): PathReader {
  const keys = keysOf(parts);
  const collect = compileCollector(keys);
  const anyForm: PathReader = (source) => {
    const values = collect(source);
    return values.length < 2 ? values[0] : values;
  };
  if (parts.length > MAX_PARTS || keys.flat().some((key) => key in Object.prototype)) return anyForm;
  const lines: string[] = [];
  let object = 'source';
  keys.forEach(([key = '', ...dotted], at) => {
    for (const one of dotted)
      lines.push(`if (${object}[${JSON.stringify(one)}] !== undefined) return anyForm(source);`);
    lines.push(`const v${at} = ${object}[${JSON.stringify(key)}];`, `if (v${at} === undefined) return undefined;`);
    object = `v${at}`;
    if (dotted.length > 0)
      lines.push(`if (typeof ${object} !== 'object' || ${object} === null || Array.isArray(${object})) return anyForm(source);`); // prettier-ignore
  });
  lines.push(`return typeof ${object} !== 'object' || isFlat(${object}) ? ${object} : anyForm(source);`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- see above: measured, and only JSON strings are put in
  const make = new Function(
    'anyForm',
    'isFlat',
    `const read = (source) => { ${lines.join(' ')} };
    let last, value;
    return (source) => { if (source !== last) { value = read(source); last = source; } return value; };`,
  ) as (general: PathReader, flat: typeof isFlat) => PathReader;
  return make(anyForm, isFlat);
}

/** Whether a value that is no scalar can be given as it is: a null, or a list of scalars and nulls. */
function isFlat(value: Json): boolean {
  if (value === null) return true;
  if (!isList(value)) return false;
  for (const item of value) if (typeof item === 'object' && item !== null) return false;
  return true;
}
