import type { Json, JsonObject } from '../../text/json.ts';

const NOTHING: readonly Json[] = [];

/** Reads all values at a path of a document: lists flattened, explicit nulls kept, objects left out. */
export type Getter = (source: JsonObject) => readonly Json[];

/** An own member, without the cost of asking for most keys: what JSON holds is never a function, what Object has mostly is. */
function member(object: JsonObject, key: string): Json | undefined {
  const value: unknown = object[key];
  if (value === undefined || typeof value === 'function') return undefined;
  if (key === '__proto__' && !Object.hasOwn(object, key)) return undefined;
  return object[key];
}

function push(value: Json, out: Json[]): void {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) push(item, out);
  else out.push(value);
}

/**
 * A getter for a dotted path. Elasticsearch reads `{"a.b": 1}` and `{"a": {"b": 1}}` alike, also mixed and inside lists of
 * objects; so does this, by trying each way to cut the path, without flattening the document.
 * `objects: true` gives the objects at the path instead of its values.
 */
export function compileGetter(path: string, options: { readonly objects?: boolean } = {}): Getter {
  const parts = path.split('.');
  const wantObjects = options.objects === true;
  // keys[i][j]: parts i to j joined, so that no text is built while events are read.
  const keys = parts.map((_, from) => parts.map((__, to) => parts.slice(from, to + 1).join('.')));
  const count = parts.length;

  const collect = (object: JsonObject, from: number, out: Json[]): void => {
    const row = keys[from];
    if (row === undefined) return;
    for (let to = from; to < count; to++) {
      const value = member(object, row[to] ?? '');
      if (value === undefined) continue;
      if (to === count - 1) leaf(value, out);
      else descend(value, to + 1, out);
    }
  };
  const descend = (value: Json, from: number, out: Json[]): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value as readonly Json[]) descend(item, from, out);
    else collect(value as JsonObject, from, out);
  };
  const leaf = (value: Json, out: Json[]): void => {
    if (Array.isArray(value)) for (const item of value as readonly Json[]) leaf(item, out);
    else if ((typeof value === 'object' && value !== null) === wantObjects) push(value, out);
  };
  const slow: Getter = (source) => {
    const out: Json[] = [];
    collect(source, 0, out);
    return out.length === 0 ? NOTHING : out;
  };
  return wantObjects ? slow : direct(parts, keys, slow);
}

/** A list of scalars as it is, a scalar as a list of one; anything else takes the long way. */
function scalars(value: Json, source: JsonObject, slow: Getter): readonly Json[] {
  if (typeof value !== 'object') return typeof value === 'function' ? slow(source) : [value];
  if (!Array.isArray(value)) return slow(source);
  const list = value as readonly Json[];
  for (let i = 0; i < list.length; i++) if (typeof list[i] === 'object') return slow(source);
  return list;
}

/**
 * A getter for the usual form of a document: objects in objects, with a scalar or a list of scalars at the end. It is built
 * as code, because then each of its property reads has an inline cache of its own in the host; as closures, which share
 * them, a read takes seven times as long (84 ns against 12 ns). Nothing but keys as JSON strings goes into the code. As soon
 * as a document has another form at this path, the general getter reads it.
 */
function direct(parts: readonly string[], keys: readonly (readonly string[])[], slow: Getter): Getter {
  if (parts.length > MAX_DIRECT || keys.flat().some((key) => key in Object.prototype)) return slow;
  const lines: string[] = [];
  let object = 'source';
  parts.forEach((part, from) => {
    const last = from === parts.length - 1;
    for (const dotted of (keys[from] ?? []).slice(from + 1))
      lines.push(`if (${object}[${JSON.stringify(dotted)}] !== undefined) return slow(source);`);
    lines.push(`const v${from} = ${object}[${JSON.stringify(part)}];`, `if (v${from} === undefined) return NOTHING;`);
    if (!last)
      lines.push(
        `if (typeof v${from} !== 'object' || v${from} === null || Array.isArray(v${from})) return slow(source);`,
      );
    object = `v${from}`;
  });
  lines.push(`return scalars(${object}, source, slow);`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- see above: measured, and only JSON strings are put in
  const make = new Function('slow', 'scalars', 'NOTHING', `return (source) => { ${lines.join(' ')} };`) as (
    general: Getter,
    read: typeof scalars,
    nothing: readonly Json[],
  ) => Getter;
  return make(slow, scalars, NOTHING);
}

/** Parts of a path up to which a direct getter is built; deeper ones are rare. */
const MAX_DIRECT = 8;
