import { isJsonObject, NumberToken, type Json, type JsonObject } from '../../text/json.ts';
import { MILLI } from '../dates/calendar.ts';
import { normalizeKeyword } from '../analysis/index.ts';
import { parseDocumentDate } from '../dates/index.ts';
import { parseIp } from '../ip.ts';
import type { Field } from '../mapping.ts';
import { indexNumber, isNumeric } from '../numbers.ts';
import { compileGetter } from './getter.ts';

/**
 * A value as the index holds it: text for the keyword family, versions, flattened leaves and text; number or bigint for
 * numbers; epoch milliseconds for dates, nanoseconds (bigint) for date_nanos; 128 bits (bigint) for addresses.
 */
export type IndexedValue = string | number | bigint | boolean;

/** A value as text: numbers as they are spelled in the document. */
export const textOf = (raw: Json): string | undefined =>
  typeof raw === 'string'
    ? raw
    : typeof raw === 'number' || typeof raw === 'boolean'
      ? String(raw)
      : raw instanceof NumberToken
        ? raw.token
        : undefined;

/** The last instant of date_nanos, 2262-04-11T23:47:16.854775807Z; it begins with 1970. */
const MAX_NANOS = 2n ** 63n - 1n;

/** Epoch milliseconds at or before an instant in nanoseconds. */
const toMillis = (nanos: bigint): number => Number(nanos / MILLI - (nanos % MILLI < 0n ? 1n : 0n));

/** The document that a value is of, as far as its place matters; most fields are alike in all indices. */
export interface Place {
  readonly index: string;
}

/** Longest text that a field makes searchable; where its indices differ and the index is not told, in any of them. */
export const longestText = (field: Field, place?: Place): number =>
  field.limits === undefined || place === undefined ? (field.ignoreAbove ?? Infinity) : field.limits.in(place.index);

/** What a field indexes for one value of a document; undefined: nothing (too long, malformed, an object). */
export function indexValue(field: Field, raw: Json, place?: Place): IndexedValue | undefined {
  const { type } = field;
  if (isNumeric(type)) return indexNumber(type, raw, { scalingFactor: field.scalingFactor, coerce: field.coerce });
  switch (type) {
    case 'keyword':
    case 'wildcard':
    case 'flattened': {
      const text = textOf(raw);
      // elasticsearch:server/.../index/mapper/KeywordFieldMapper.java counts UTF-16 units, as Java strings do
      if (text === undefined || text.length > longestText(field, place)) return undefined;
      return type === 'keyword' ? normalizeKeyword(text, field.normalizer) : text;
    }
    case 'text':
    case 'match_only_text':
    case 'version':
      return textOf(raw);
    case 'boolean':
      return raw === true || raw === 'true' ? true : raw === false || raw === 'false' || raw === '' ? false : undefined;
    case 'ip':
      return typeof raw === 'string' ? parseIp(raw) : undefined;
    case 'date': {
      const nanos = parseDocumentDate(raw, field.format);
      return nanos === undefined ? undefined : toMillis(nanos);
    }
    case 'date_nanos': {
      const nanos = parseDocumentDate(raw, field.format);
      return nanos === undefined || nanos < 0n || nanos > MAX_NANOS ? undefined : nanos;
    }
    default:
      return undefined;
  }
}

/** Leaves of a flattened object below a path: key (below the root) and text. */
export function flattenedLeaves(value: Json, key = ''): { readonly key: string; readonly text: string }[] {
  if (value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => flattenedLeaves(item, key));
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, inner]) =>
      flattenedLeaves(inner, key === '' ? name : `${key}.${name}`),
    );
  return [{ key, text: textOf(value) ?? '' }];
}

/**
 * Whether a value counts as a null: nulls do, and for numbers an empty text does
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/NumberFieldMapper.java).
 */
export const countsAsNull = (field: Field, value: Json): boolean =>
  value === null || (value === '' && isNumeric(field.type) && field.coerce !== false);

/** Path of the source that a field indexes: a multi-field has its parent's. */
export const sourcePath = (field: Field): string => field.multiFieldOf ?? field.name;

const NOTHING: readonly IndexedValue[] = [];

/** Reads the values that a field has indexed of a document, which lies at `place`. */
export type Reader = (source: JsonObject, place?: Place) => readonly IndexedValue[];

/**
 * Reads what a field has indexed of a document. `prefix` is the path of the nested object that `source` is, with its dot.
 * An explicit null counts as the mapping's `null_value`; an absent key does not.
 */
export function compileReader(field: Field, prefix = ''): Reader {
  if (field.disabled === true) return () => NOTHING;
  if (field.type === 'flattened') return flattenedReader(field, prefix);
  const get = compileGetter(sourcePath(field).slice(prefix.length));
  const replacement = field.nullValue;
  const verbatim = field.type === 'wildcard' || (field.type === 'keyword' && field.normalizer === undefined);
  const longest = field.limits?.least ?? field.ignoreAbove ?? Infinity;
  return (source, place) => {
    const raw = get(source);
    if (raw.length === 0) return NOTHING;
    if (verbatim && isTexts(raw, longest)) return raw;
    const only = raw[0];
    if (raw.length === 1 && only !== undefined && !countsAsNull(field, only)) {
      const value = indexValue(field, only, place);
      return value === undefined ? NOTHING : [value];
    }
    const out: IndexedValue[] = [];
    for (const item of raw) {
      const counted = countsAsNull(field, item) ? replacement : item;
      if (counted === null || counted === undefined) continue;
      const value = indexValue(field, counted, place);
      if (value !== undefined) out.push(value);
    }
    return out;
  };
}

/** Whether all values are texts that a keyword indexes as they are. */
function isTexts(raw: readonly Json[], longest: number): raw is readonly string[] {
  for (let i = 0; i < raw.length; i++) {
    const value = raw[i];
    if (typeof value !== 'string' || value.length > longest) return false;
  }
  return true;
}

/** Root: every leaf. Key: the leaves at or below that key's own values. */
function flattenedReader(field: Field, prefix: string): (source: JsonObject) => readonly IndexedValue[] {
  const root = field.flattenedRoot ?? field.name;
  const key = field.flattenedRoot === undefined ? undefined : field.name.slice(root.length + 1);
  const objects = compileGetter(root.slice(prefix.length), { objects: true });
  const direct = key === undefined ? undefined : compileGetter(field.name.slice(prefix.length));
  const keep = (text: string): boolean => field.ignoreAbove === undefined || text.length <= field.ignoreAbove;
  return (source) => {
    const out: string[] = [];
    for (const object of objects(source))
      for (const leaf of flattenedLeaves(object))
        if ((key === undefined || leaf.key === key) && keep(leaf.text)) out.push(leaf.text);
    // A document that writes the path dotted from above the root ("a.root.key") has no object at the root.
    if (direct !== undefined && out.length === 0)
      for (const value of direct(source)) {
        const text = textOf(value);
        if (text !== undefined && keep(text)) out.push(text);
      }
    return out;
  };
}

/** Terms `key` and `text` of all leaves of a flattened field, for the star patterns that run over raw terms. */
export function compileFlattenedTerms(
  root: Field,
  prefix = '',
): (source: JsonObject) => readonly { key: string; text: string }[] {
  const objects = compileGetter(root.name.slice(prefix.length), { objects: true });
  return (source) => objects(source).flatMap((object) => flattenedLeaves(object));
}
