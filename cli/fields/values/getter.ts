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
  return (source) => {
    const out: Json[] = [];
    collect(source, 0, out);
    return out.length === 0 ? NOTHING : out;
  };
}
