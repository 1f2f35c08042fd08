import { isJsonObject, type Json, type JsonObject } from '../text/json.ts';

/** A path below an object, as it can be written: `a.b.c` may be the key `a.b` holding `c`. Keys that begin the path. */
function* heads(object: JsonObject, path: string): Generator<{ key: string; rest: string | undefined }> {
  for (const key of Object.keys(object)) {
    if (key === path) yield { key, rest: undefined };
    else if (path.startsWith(`${key}.`)) yield { key, rest: path.slice(key.length + 1) };
  }
}

/** A copy with one key replaced; `undefined` takes it out. Own keys only, so `__proto__` is a name like any other. */
function withKey(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const entries = Object.entries(object).filter(([name]) => name !== key);
  if (value !== undefined) {
    const at = Object.keys(object).indexOf(key);
    entries.splice(at < 0 ? entries.length : at, 0, [key, value]);
  }
  return Object.fromEntries(entries);
}

/** Takes a field out of a document in whichever notation it stands there, dotted, nested or mixed, with all below it. */
export function unsetField(document: JsonObject, path: string): JsonObject {
  let result = document;
  for (const key of Object.keys(document)) if (key.startsWith(`${path}.`)) result = withKey(result, key, undefined);
  for (const { key, rest } of heads(document, path)) {
    if (rest === undefined) {
      result = withKey(result, key, undefined);
      continue;
    }
    const inner = result[key];
    const changed = inner === undefined ? undefined : unsetBelow(inner, rest);
    result = withKey(result, key, isJsonObject(changed) && Object.keys(changed).length === 0 ? undefined : changed);
  }
  return result;
}

function unsetBelow(value: Json, path: string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => unsetBelow(item, path));
  return isJsonObject(value) ? unsetField(value, path) : value;
}

/** Whether a document has anything at a path, in any notation. */
export function hasField(document: Json, path: string): boolean {
  if (Array.isArray(document)) return document.some((item: Json) => hasField(item, path));
  if (!isJsonObject(document)) return false;
  if (Object.keys(document).some((key) => key.startsWith(`${path}.`))) return true;
  for (const { key, rest } of heads(document, path)) {
    const inner = document[key];
    if (rest === undefined || (inner !== undefined && hasField(inner, rest))) return true;
  }
  return false;
}

/**
 * Gives a field a value: what stood there in any notation is gone. The value is put below the objects that the document
 * already has, so that a nested document stays nested.
 */
export function setField(document: JsonObject, path: string, value: Json): JsonObject {
  return put(unsetField(document, path), path, value);
}

function put(document: JsonObject, path: string, value: Json): JsonObject {
  for (const { key, rest } of heads(document, path)) {
    const inner = document[key];
    if (rest !== undefined && isJsonObject(inner)) return withKey(document, key, put(inner, rest, value));
  }
  const dotted = Object.keys(document).some((key) => key.includes('.'));
  const dot = path.indexOf('.');
  if (dot < 0 || dotted) return withKey(document, path, value);
  return withKey(document, path.slice(0, dot), put({}, path.slice(dot + 1), value));
}
