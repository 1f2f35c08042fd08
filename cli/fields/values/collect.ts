import { isJsonObject, NumberToken, own, type Json, type JsonObject } from '../../text/json.ts';

/** Reads all values at a path of a document: lists flattened, explicit nulls kept, objects left out. */
export type Getter = (source: JsonObject) => readonly Json[];

/** Needed because `Array.isArray` does not narrow lists that are read-only. */
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** keys[i][j]: the j + 1 parts of a path from part i on, joined, so that no text is built while events are read. */
export type Keys = readonly (readonly string[])[];

export const keysOf = (parts: readonly string[]): Keys =>
  parts.map((_, from) => parts.slice(from).map((__, length) => parts.slice(from, from + length + 1).join('.')));

/** What is read at a path: values, objects, or all as it is written, lists as they are. */
export interface Wanted {
  readonly objects?: boolean;
  readonly written?: boolean;
  /** Whether keys that reach below the path are passed over. */
  readonly exact?: boolean;
}

/**
 * A getter for documents of any form: it tries each way to cut the path, without flattening the document. `objects: true`
 * gives the objects at the path instead of its values; a key that reaches below the path, `{"a.b.c": 1}` for `a.b`, stands
 * for an object of its own, as Elasticsearch makes one of it
 * (elasticsearch:libs/x-content/src/main/java/org/elasticsearch/xcontent/DotExpandingXContentParser.java).
 */
export function compileCollector(keys: Keys, { objects, written, exact }: Wanted = {}): Getter {
  const wantObjects = objects === true;
  const collect = (object: JsonObject, from: number, out: Json[]): void => {
    const row = keys[from] ?? [];
    for (let at = 0; at < row.length; at++) {
      const value = own(object, row[at] ?? '');
      if (value === undefined) continue;
      if (at === row.length - 1) leaf(value, out);
      else descend(value, from + at + 1, out);
    }
    if (exact !== true && (wantObjects || written === true)) below(object, `${row.at(-1) ?? ''}.`, out);
  };
  const below = (object: JsonObject, start: string, out: Json[]): void => {
    for (const key of Object.keys(object))
      if (key.length > start.length && key.startsWith(start))
        out.push({ [key.slice(start.length)]: object[key] ?? null });
  };
  const descend = (value: Json, from: number, out: Json[]): void => {
    if (typeof value !== 'object' || value === null || value instanceof NumberToken) return;
    if (!isList(value)) collect(value, from, out);
    else for (const item of value) descend(item, from, out);
  };
  const leaf = (value: Json, out: Json[]): void => {
    if (written === true) out.push(value);
    else if (isList(value)) for (const item of value) leaf(item, out);
    else if (isJsonObject(value) === wantObjects) out.push(value);
  };
  return (source) => {
    const out: Json[] = [];
    collect(source, 0, out);
    return out;
  };
}
