import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';
import type { Field, Mapping } from '../mapping.ts';
import { countsAsNull, indexValue } from './indexed.ts';

/** A value of a document that the field of its path does not take. */
export interface Refusal {
  /** Dotted path. */
  readonly path: string;
  readonly value: Json;
  readonly typeName: string;
  /** `rejected`: Elasticsearch refuses the whole document. `ignored`: it keeps the document and cannot find the value. */
  readonly effect: 'rejected' | 'ignored';
  /** Why, as half a sentence: `not a date`. */
  readonly why: string;
}

/** Types whose values may be objects. */
const OBJECTS = new Set([
  'object', 'nested', 'flattened', 'geo_point', 'geo_shape', 'ip_range', 'date_range', 'integer_range', 'long_range',
  'float_range', 'double_range', 'histogram', 'unsupported',
]); // prettier-ignore
/** Types whose values `indexValue` does not read. */
const UNREAD = new Set([...OBJECTS, 'binary', 'alias', 'constant_keyword']);
/** Longest term of the index, in bytes of UTF-8 (lucene: IndexWriter.MAX_TERM_LENGTH). */
const MAX_TERM = 32_766;

/**
 * The values of a document that Elasticsearch would not index as its author wrote them: a date that is none, text in a
 * number, an object where a value belongs. Queries do not find them here either. Fields that the mapping only assumes, and
 * unmapped ones, take anything. Values above `ignore_above` are not listed: they are kept on purpose.
 */
export function refusals(source: JsonObject, mapping: Mapping): readonly Refusal[] {
  const found: Refusal[] = [];
  const pending: (readonly [path: string, value: Json])[] = [['', source]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, value] = next;
    if (Array.isArray(value)) {
      for (const item of (value as readonly Json[]).toReversed()) pending.push([path, item]);
      continue;
    }
    const field = path === '' ? undefined : mapping.field(path);
    const refusal = field === undefined ? undefined : refusalOf(field, path, value);
    if (refusal !== undefined) found.push(refusal);
    else if (isJsonObject(value) && (field === undefined || field.type === 'object' || field.type === 'nested'))
      for (const [key, inner] of Object.entries(value).toReversed())
        pending.push([path === '' ? key : `${path}.${key}`, inner]);
  }
  return found;
}

function refusalOf(field: Field, path: string, value: Json): Refusal | undefined {
  if (field.disabled === true || field.origin?.source.startsWith('assumed') === true || value === null)
    return undefined;
  const refusal = (why: string, ignorable: boolean): Refusal => ({
    path,
    value,
    typeName: field.typeName,
    effect: ignorable && field.ignoreMalformed === true ? 'ignored' : 'rejected',
    why,
  });
  if (isJsonObject(value)) return OBJECTS.has(field.type) ? undefined : refusal('an object, not a value', false);
  if (
    field.type === 'object' ||
    field.type === 'nested' ||
    (field.type === 'flattened' && field.flattenedRoot === undefined)
  )
    return refusal('a value, not an object', false);
  if (UNREAD.has(field.type) || countsAsNull(field, value)) return undefined;
  const text = typeof value === 'string' ? value : '';
  if (field.ignoreAbove !== undefined && text.length > field.ignoreAbove) return undefined;
  if (field.type === 'keyword' && text.length * 3 > MAX_TERM && Buffer.byteLength(text) > MAX_TERM)
    return refusal(`longer than the ${MAX_TERM} bytes of a term`, false);
  return indexValue(field, value) === undefined ? refusal(NOT[field.type] ?? `no ${field.typeName}`, true) : undefined;
}

const NOT: Readonly<Record<string, string>> = {
  boolean: 'neither true nor false',
  date: 'not a date',
  date_nanos: 'not a date between 1970 and 2262',
  ip: 'not an address',
};
