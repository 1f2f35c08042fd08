import { DateError, resolveDate } from '../../dates/index.ts';
import { parseCidr, parseDocumentIp } from '../../ip.ts';
import type { Field, FieldType } from '../../mapping.ts';
import { indexNumber } from '../../index-number.ts';
import { nextUp, nextUpFloat } from '../../java-numbers/neighbours.ts';
import { compact, limitsOf, type FieldNumber, type NumericType } from '../../numbers.ts';
import { isJsonObject, NumberToken, type Json } from '../../../text/json.ts';

/** Types that hold ranges, with the type of their ends. */
const POINTS: Readonly<Partial<Record<FieldType, FieldType>>> = {
  ip_range: 'ip',
  date_range: 'date',
  integer_range: 'integer',
  long_range: 'long',
  double_range: 'double',
  float_range: 'float',
};

/** Type of the ends of a type that holds ranges; undefined: it holds none. */
export const pointOf = (type: FieldType): FieldType | undefined => POINTS[type];

/** From `low` to `high`, both included. Dates are in milliseconds, addresses of 128 bits. */
export interface Interval {
  readonly low: FieldNumber;
  readonly high: FieldNumber;
}

const INFINITE: Interval = { low: -Infinity, high: Infinity };
const ADDRESSES: Interval = { low: 0n, high: (1n << 128n) - 1n };
const LONGS: Interval = { low: -(2n ** 63n), high: 2n ** 63n - 1n };

/** All values that a type of range can hold: an end that is not given lies there (RangeType.java minValue, maxValue). */
export function wholeRange(field: Field): Interval {
  const type = pointOf(field.type) ?? 'long';
  const limits = limitsOf(type);
  if (limits !== undefined) return { low: compact(limits.min), high: compact(limits.max) };
  return type === 'ip' ? ADDRESSES : type === 'date' ? LONGS : INFINITE;
}

/**
 * Reads a range of a document: an object with its ends, for addresses also a block. Else why it is none, half a sentence.
 * An end that is left out (`gt: null` leaves out the first value of all) is the value next to it, and one beyond the largest whole number begins at the smallest, as Java's
 * numbers do (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/RangeFieldMapper.java parseRange, RangeType.java).
 */
export function readRange(field: Field, raw: Json): Interval | string {
  if (typeof raw === 'string' && field.type === 'ip_range') return parseCidr(raw) ?? 'neither a range nor a block';
  if (!isJsonObject(raw)) return field.type === 'ip_range' ? 'neither a range nor a block' : 'a value, not a range';
  let { low, high } = wholeRange(field);
  let [lowOpen, highOpen] = [false, false];
  for (const [key, written] of Object.entries(raw)) {
    const lower = key === 'gt' || key === 'gte';
    if (!lower && key !== 'lt' && key !== 'lte') return `a range with ${key}: its ends are gt, gte, lt and lte`;
    const open = key === 'gt' || key === 'lt';
    if (lower) lowOpen = open;
    else highOpen = open;
    if (written === null) continue;
    // A date that is left out below, or taken in above, is rounded up
    const end = readEnd(field, written, lower === open);
    if (end === undefined) return `a range whose ${key} is no ${pointOf(field.type) ?? 'number'}`;
    if (lower) low = end;
    else high = end;
  }
  const [from, to] = [lowOpen ? nextEnd(field, low, 1) : low, highOpen ? nextEnd(field, high, -1) : high];
  if (from === 'none' || to === 'none') return 'a range without a value';
  // Lucene compares the ends where it indexes a range, and zeros are alike; doc values alone keep them as they are
  if (field.indexed !== false && from > to) return 'a range without a value';
  return { low: from, high: to };
}

function readEnd(field: Field, written: Json, roundUp: boolean): FieldNumber | undefined {
  const type = pointOf(field.type);
  switch (type) {
    case 'ip':
      return typeof written === 'string' ? parseDocumentIp(written, field.differences) : undefined;
    case 'date':
      return dateEnd(written, field.format, roundUp);
    default:
      return indexNumber(type as NumericType, written, { coerce: field.coerce });
  }
}

/** A date in the format of the field, with date math, but without `now`: documents are not read at an instant. */
function dateEnd(written: Json, format: string | undefined, roundUp: boolean): number | undefined {
  const text =
    typeof written === 'string' || typeof written === 'number'
      ? String(written)
      : written instanceof NumberToken
        ? written.token
        : 'now';
  if (text.startsWith('now')) return undefined;
  try {
    const nanos = resolveDate(text, { now: 0, roundUp, format });
    return Number(nanos / 1_000_000n - (nanos % 1_000_000n < 0n ? 1n : 0n));
  } catch (error) {
    if (error instanceof DateError) return undefined;
    throw error;
  }
}

/** The value next to an end that is left out; `none`: there is no such value. */
export function nextEnd(field: Field, end: FieldNumber, by: 1 | -1): FieldNumber | 'none' {
  const type = pointOf(field.type) ?? 'long';
  const limits = limitsOf(type);
  if (limits !== undefined) {
    const next = BigInt(end) + BigInt(by);
    return compact(next > limits.max ? limits.min : next < limits.min ? limits.max : next);
  }
  if (type === 'ip') {
    const next = BigInt(end) + BigInt(by);
    return next < 0n || next >= 1n << 128n ? 'none' : next;
  }
  if (type === 'date') return compact(BigInt.asIntN(64, BigInt(end) + BigInt(by)));
  const next = type === 'float' ? nextUpFloat : nextUp;
  return by === 1 ? next(Number(end)) : -next(-Number(end));
}
