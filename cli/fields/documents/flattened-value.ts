import { isJsonObject, type Json } from '../../text/json.ts';
import type { Field } from '../mapping.ts';
import { isList } from '../values/collect.ts';
import { textOf } from '../values/value.ts';

/** Objects inside each other that a flattened field takes where its mapping says nothing. */
const DEPTH_LIMIT = 20;
/** Longest term of the index, in bytes of UTF-8 (lucene: IndexWriter.MAX_TERM_LENGTH). */
export const MAX_TERM = 32_766;

/** Whether a text has more bytes in UTF-8 than a term may have. */
export const isImmense = (text: string, limit = MAX_TERM): boolean =>
  text.length * 3 > limit && Buffer.byteLength(text) > limit;

/**
 * Why a flattened field refuses an object: a key with the character that divides keys from values, objects too deep inside
 * each other, a key and its value that are too long for a term. Undefined: it takes it
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/flattened/FlattenedFieldParser.java).
 */
export function flattenedFault(field: Field, object: Json): string | undefined {
  const { ignoreAbove = Infinity, depthLimit = DEPTH_LIMIT } = field;
  const walk = (value: Json, key: string | undefined, depth: number): string | undefined => {
    if (isList(value)) {
      for (const item of value) {
        const fault = walk(item, key, depth);
        if (fault !== undefined) return fault;
      }
      return undefined;
    }
    if (isJsonObject(value)) {
      if (depth > 0 && depth >= depthLimit) return `an object deeper than the ${depthLimit} levels of its depth_limit`;
      for (const [name, inner] of Object.entries(value)) {
        const fault = walk(inner, key === undefined ? name : `${key}.${name}`, depth + 1);
        if (fault !== undefined) return fault;
      }
      return undefined;
    }
    const text = textOf(value ?? field.nullValue ?? null);
    if (text === undefined || key === undefined) return undefined;
    if (key.includes('\0')) return 'an object with a key that holds the character U+0000';
    if (text.length > ignoreAbove) return undefined;
    return isImmense(text, MAX_TERM - Buffer.byteLength(key) - 1)
      ? `an object with a key and value that are longer than the ${MAX_TERM} bytes of a term`
      : undefined;
  };
  return walk(object, undefined, 0);
}
