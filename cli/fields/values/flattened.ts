import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';
import type { Field } from '../mapping.ts';
import { isList } from './collect.ts';
import { compileGetter } from './getter.ts';
import { textOf, type Reader } from './value.ts';

/** A value below a flattened field: its key below the root, and its text. */
export interface FlattenedLeaf {
  readonly key: string;
  readonly text: string;
}

/**
 * The leaves of an object that a flattened field indexes: nulls as its `null_value`, no text above its `ignore_above`
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/flattened/FlattenedFieldParser.java).
 */
export function flattenedLeaves(field: Field, object: Json): readonly FlattenedLeaf[] {
  const leaves: FlattenedLeaf[] = [];
  const walk = (value: Json, key: string | undefined): void => {
    if (isList(value)) for (const item of value) walk(item, key);
    else if (isJsonObject(value))
      for (const name of Object.keys(value)) walk(value[name] ?? null, key === undefined ? name : `${key}.${name}`);
    else {
      const text = textOf(value ?? field.nullValue ?? null);
      if (text !== undefined && key !== undefined && text.length <= (field.ignoreAbove ?? Infinity))
        leaves.push({ key, text });
    }
  };
  walk(object, undefined);
  return leaves;
}

/** Reads the values of a flattened field: of the root every leaf, of a key those at exactly that key. */
export function compileFlattened(field: Field, prefix: string): Reader {
  const root = field.flattenedRoot ?? field.name;
  const key = field.flattenedRoot === undefined ? undefined : field.name.slice(root.length + 1);
  const objects = compileGetter(root.slice(prefix.length), { objects: true });
  return (source) => {
    const out: string[] = [];
    for (const object of objects(source))
      for (const leaf of flattenedLeaves(field, object)) if (key === undefined || leaf.key === key) out.push(leaf.text);
    return out;
  };
}

/** The leaves of a flattened field, for the star patterns that run over terms of `key` and `text`. */
export function compileFlattenedTerms(root: Field, prefix = ''): (source: JsonObject) => readonly FlattenedLeaf[] {
  const objects = compileGetter(root.name.slice(prefix.length), { objects: true });
  return (source) => objects(source).flatMap((object) => flattenedLeaves(root, object));
}
