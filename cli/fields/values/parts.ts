import type { Json } from '../../text/json.ts';
import type { Field, FieldType } from '../mapping.ts';
import { isList } from './collect.ts';
import { compileGetters } from './getter.ts';
import { isBase64 } from './types/base64.ts';
import { readGeoPoint } from './types/geo-point.ts';
import { pointOf, readRange, type Interval } from './types/range-value.ts';
import { sourcePaths, type IndexedValue, type Reader } from './value.ts';

/** Types that cannot be read here: whatever is written counts as a value. */
const UNREAD = new Set<FieldType>(['geo_shape', 'histogram', 'unsupported']);

/** How many values a field indexes of what is written at its path; undefined: a type whose values are single ones. */
function counter(field: Field): ((written: Json) => number) | undefined {
  // A runtime field reads a place of anything, 0,0 where it is none (elasticsearch: GeoPointFieldScript.java emitFromObject)
  const anything = field.type === 'geo_point' && field.runtime === true;
  if (field.type === 'geo_point' && !anything) {
    const nulls = field.nullValue === undefined ? () => 0 : countNulls;
    return (written) => readGeoPoint(written, field.ignoreMalformed === true).places + nulls(written);
  }
  const kept = field.docValues === true || field.store === true;
  const one =
    field.type === 'binary'
      ? (value: Json) => kept && typeof value === 'string' && isBase64(value)
      : pointOf(field.type) !== undefined
        ? (value: Json) => typeof readRange(field, value) !== 'string'
        : anything || UNREAD.has(field.type)
          ? () => true
          : undefined;
  if (one === undefined) return undefined;
  const count = (value: Json): number =>
    Array.isArray(value)
      ? (value as readonly Json[]).reduce<number>((sum, item) => sum + count(item), 0)
      : value !== null && one(value)
        ? 1
        : 0;
  return count;
}

const countNulls = (written: Json): number =>
  isList(written) ? written.filter((item) => item === null).length : written === null ? 1 : 0;

const NOTHING: readonly IndexedValue[] = [];

/**
 * Reads whether a field has values whose parts are not compared one by one, such as places, ranges and bytes: each is `true`.
 * Undefined: the values of its type are single ones.
 */
export function compileParts(field: Field, prefix: string): Reader | undefined {
  const count = counter(field);
  if (count === undefined) return undefined;
  const exact = field.runtime === true;
  const get = compileGetters(sourcePaths(field, prefix), { written: true, exact });
  return (source) => {
    const found = get(source).reduce<number>((sum, written) => sum + count(written), 0);
    return found === 0 ? NOTHING : Array.from({ length: found }, () => true);
  };
}

/** The ranges that a document holds. */
export function compileRanges(field: Field, prefix: string): (source: Parameters<Reader>[0]) => readonly Interval[] {
  const [values, objects] = [{}, { objects: true }].map((wanted) => compileGetters(sourcePaths(field, prefix), wanted));
  return (source) =>
    [values, objects]
      .flatMap((get) => get?.(source) ?? [])
      .flatMap((raw) => {
        const range = raw === null ? '' : readRange(field, raw);
        return typeof range === 'string' ? [] : [range];
      });
}
