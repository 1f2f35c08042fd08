import type { Json } from '../../text/json.ts';
import { normalizeKeyword } from '../analysis/index.ts';
import { indexDate, indexDateNanos } from '../dates/index.ts';
import { parseDocumentIp } from '../ip.ts';
import { keywordBytes } from '../surrogates.ts';
import type { Field } from '../mapping.ts';
import { indexNumber } from '../index-number.ts';
import { isNumeric } from '../numbers.ts';
import { compileConstant } from './constant.ts';
import { compileFlattened } from './flattened.ts';
import { compileGetters } from './getter.ts';
import { compileParts } from './parts.ts';
import { runtimeValue } from './runtime.ts';
import { sourcePaths, textOf, type IndexedValue, type Place, type Reader } from './value.ts';

export { sourcePath, sourcePaths, textOf, type IndexedValue, type Place, type Reader } from './value.ts';

/** Longest text that a field makes searchable; where its indices differ and the index is not told, in any of them. */
export const longestText = (field: Field, place?: Place): number =>
  field.limits === undefined || place === undefined ? (field.ignoreAbove ?? Infinity) : field.limits.in(place.index);

/** What a field indexes for one value of a document; undefined: nothing (too long, malformed, an object). */
export function indexValue(field: Field, raw: Json, place?: Place): IndexedValue | undefined {
  if (field.runtime === true) return runtimeValue(field, raw);
  const { type } = field;
  if (isNumeric(type)) return indexNumber(type, raw, { scalingFactor: field.scalingFactor, coerce: field.coerce });
  switch (type) {
    case 'keyword':
    case 'wildcard':
    case 'flattened': {
      const text = textOf(raw);
      // elasticsearch:server/.../index/mapper/KeywordFieldMapper.java counts UTF-16 units, as Java strings do
      if (text === undefined || text.length > longestText(field, place)) return undefined;
      return type === 'keyword' ? normalizeKeyword(keywordBytes(text), field.normalizer) : text;
    }
    case 'text':
    case 'match_only_text':
    case 'version':
      return textOf(raw);
    case 'boolean':
      return raw === true || raw === 'true' ? true : raw === false || raw === 'false' || raw === '' ? false : undefined;
    case 'ip':
      return typeof raw === 'string' ? parseDocumentIp(raw, field.differences) : undefined;
    case 'date':
      return indexDate(raw, field.format);
    case 'date_nanos':
      return indexDateNanos(raw, field.format, field.differences?.strictNanos);
    default:
      return undefined;
  }
}

/**
 * Whether a value counts as a null: nulls do, and for numbers an empty text does
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/NumberFieldMapper.java).
 */
export const countsAsNull = (field: Field, value: Json): boolean =>
  value === null || (value === '' && isNumeric(field.type) && field.coerce !== false);

const NOTHING: readonly IndexedValue[] = [];

/**
 * Reads what a field has indexed of a document. `prefix` is the path of the nested object that `source` is, with its dot.
 * An explicit null counts as the mapping's `null_value`; an absent key does not.
 */
export function compileReader(field: Field, prefix = ''): Reader {
  if (field.disabled === true || field.unread === true) return () => NOTHING;
  if (field.type === 'flattened') return compileFlattened(field, prefix);
  if (field.type === 'constant_keyword') {
    const constant = compileConstant(field, prefix);
    return (source, place) => {
      const value = constant(source, place);
      return value === undefined ? NOTHING : [value];
    };
  }
  const parts = compileParts(field, prefix);
  if (parts !== undefined) return parts;
  const get = compileGetters(sourcePaths(field, prefix));
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
    if (typeof value !== 'string' || value.length > longest || !value.isWellFormed()) return false;
  }
  return true;
}
