import type { Event } from '../../../fields/event.ts';
import type { Field } from '../../../fields/mapping.ts';
import { formatIp } from '../../../fields/ip.ts';
import { compileReader, type IndexedValue, type Place } from '../../../fields/values/indexed.ts';
import type { Json, JsonObject } from '../../../text/json.ts';
import { QueryFailure } from '../../failure.ts';
import type { JoinKey } from './plan.ts';

/** One part of a join key: the value as the index holds it, or null for an optional field without one. */
export type KeyValue = IndexedValue | null;
/** A join key whole: one value for each `by` field; empty without `by`. */
export type KeyValues = readonly KeyValue[];

const NONE: readonly KeyValue[] = [];
const NULL: readonly KeyValue[] = [null];
const MILLI = 1_000_000n;

/** Dates and date_nanos of the same instant are the same key. */
const comparable = (value: IndexedValue, field: Field): IndexedValue =>
  field.type === 'date_nanos' && typeof value === 'bigint' && value % MILLI === 0n ? Number(value / MILLI) : value;

function compileKeyValues({ field, optional }: JoinKey): (source: JsonObject, place: Place) => readonly KeyValue[] {
  if (field === undefined) return () => NULL;
  const absent = optional ? NULL : NONE;
  const read = compileReader(field);
  return (source, place) => {
    const values = read(source, place);
    if (values.length === 0) return absent;
    if (field.type === 'date_nanos') return [...new Set(values.map((value) => comparable(value, field)))];
    return values.length === 1 ? values : [...new Set(values)];
  };
}

const ONE_EMPTY: readonly KeyValues[] = [[]];

/**
 * Reads the join keys of an event in one term. An event has several if a field has several values: each combination is a
 * key of its own. None if a field that is not optional has no value
 * (elasticsearch: x-pack/plugin/eql/.../execution/sequence/TumblingWindow.java, extractJoinKeys).
 */
export function compileJoinKeys(keys: readonly JoinKey[]): (event: Event) => readonly KeyValues[] {
  const readers = keys.map(compileKeyValues);
  const [only] = readers;
  if (only === undefined) return () => ONE_EMPTY;
  if (readers.length === 1) return (event) => only(event.source, event).map((value) => [value]);
  return (event) => {
    const key: KeyValue[] = [];
    for (const read of readers) {
      const values = read(event.source, event);
      if (values.length !== 1)
        return values.length === 0 ? NO_KEYS : combinations(readers.map((one) => one(event.source, event)));
      key.push(values[0] ?? null);
    }
    return [key];
  };
}

const NO_KEYS: readonly KeyValues[] = [];

/** Keys of one event, at most; Elasticsearch would run out of memory over more. */
const MAX_KEYS = 100_000;

/** Every way to take one value of each list; none if a list is empty. */
function combinations(lists: readonly (readonly KeyValue[])[]): readonly KeyValues[] {
  const count = lists.reduce((product, list) => product * list.length, 1);
  if (count > MAX_KEYS)
    throw new QueryFailure(`an event has ${count.toLocaleString('en')} join keys`, {
      why: 'several fields of "by" hold long lists in one event, and each combination is a key of its own',
      help: 'join by fields that hold one value',
    });
  return lists.reduce<readonly KeyValues[]>(
    (found, values) => found.flatMap((key) => values.map((value) => [...key, value])),
    [[]],
  );
}

/**
 * What stands for a join key in a Map: equal for equal keys alone, whatever the values hold. A text is preceded by its
 * length, so that no value can run into the next.
 */
export function keyIdentity(key: KeyValues): KeyValue {
  if (key.length === 1) return key[0] ?? null;
  let text = '';
  for (const value of key) {
    if (typeof value === 'string') text += lengthMark(value.length) + value;
    else text += `${typeof value === 'boolean' ? 'b' : 'n'}${value === null ? '' : value};`;
  }
  return text;
}

/** One character for short texts, which cost no conversion; they are beyond `b` and `n`, which begin the other values. */
const lengthMark = (length: number): string => (length < 0x8000 ? String.fromCharCode(0x100 + length) : `s${length}:`);

/** Ascending, position by position; null comes first. */
export function compareKeys(a: KeyValues, b: KeyValues): number {
  for (let i = 0; i < a.length; i++) {
    const [left = null, right = null] = [a[i], b[i]];
    if (left === right) continue;
    if (left === null) return -1;
    if (right === null) return 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/**
 * A key part as Elasticsearch's response shows it: addresses as text, dates in ISO 8601 for a sequence and as they are in
 * the index for a sample, whose keys come from an aggregation.
 */
export function keyJson(value: KeyValue, field: Field | undefined, kind: 'sequence' | 'sample' = 'sequence'): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (field?.type === 'ip' && typeof value === 'bigint') return formatIp(value);
  if (kind === 'sequence' && (field?.type === 'date' || field?.type === 'date_nanos')) return isoInstant(value);
  return typeof value === 'bigint' ? String(value) : value;
}

/** Of milliseconds (number) or nanoseconds (bigint). */
function isoInstant(value: number | bigint): Json {
  const below = typeof value === 'bigint' ? ((value % MILLI) + MILLI) % MILLI : 0n;
  const date = new Date(typeof value === 'bigint' ? Number((value - below) / MILLI) : value);
  if (Number.isNaN(date.getTime())) return String(value);
  const text = date.toISOString();
  return below === 0n ? text : `${text.slice(0, -1)}${String(below).padStart(6, '0')}Z`;
}

/** A key whole; the fields of the first term say what its parts are. */
export const keyJsonOf = (
  key: KeyValues,
  keys: readonly JoinKey[],
  kind: 'sequence' | 'sample' = 'sequence',
): readonly Json[] => key.map((value, i) => keyJson(value, keys[i]?.field, kind));
