import { parseDocumentDate } from '../../../fields/dates/index.ts';
import type { Event } from '../../../fields/event.ts';
import type { Field } from '../../../fields/mapping.ts';
import { compileGetter } from '../../../fields/values/getter.ts';
import { compileReader } from '../../../fields/values/indexed.ts';
import { QueryFailure } from '../../failure.ts';

/** A point in time: whole milliseconds since 1970 and the nanoseconds beyond them, 0 for fields of type date. */
export interface Instant {
  readonly ms: number;
  readonly ns: number;
}

const MILLI = 1_000_000n;

/** Days from 1970-01-01 to a date of the Gregorian calendar, months from 1. */
function daysTo(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
}

/** The number that some digits make; -1 if one of them is none. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const [DASH, COLON, T, DOT, Z] = [45, 58, 84, 46, 90];
/** By how much the decimals of a second have to be multiplied to be nanoseconds, by their number. */
const TO_NANOS = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/**
 * The usual form, `2024-01-31T12:00:00.000Z` with up to nine decimals, without a regular expression: reading the time is
 * much of the work of a sequence. Undefined for all else, also for days that need a calendar (29 to 31).
 */
export function plainIso(text: string): Instant | undefined {
  const { length } = text;
  if (length < 20 || length > 30 || text.charCodeAt(length - 1) !== Z) return undefined;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text.charCodeAt(10) !== T) return undefined;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 28) return undefined;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  const seconds = ((daysTo(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  if (length === 20) return { ms: seconds * 1000, ns: 0 };
  const decimals = digits(text, 20, length - 1);
  if (text.charCodeAt(19) !== DOT || length === 21 || decimals < 0) return undefined;
  const nanos = decimals * (TO_NANOS[length - 21] ?? 1);
  const below = nanos % 1e6;
  return { ms: seconds * 1000 + (nanos - below) / 1e6, ns: below };
}

/** How long it is from one instant to another is more than `ms` milliseconds. Exactly as long is not more. */
export function exceeds(from: Instant, to: Instant, ms: number): boolean {
  const between = to.ms - from.ms;
  return between > ms || (between === ms && to.ns > from.ns);
}

/** Milliseconds between two instants, for people. */
export const elapsed = (from: Instant, to: Instant): number => to.ms - from.ms + (to.ns - from.ns) / 1e6;

/**
 * Reads the time of an event; undefined if it has none. A list of several times fails the search, as in Elasticsearch
 * (elasticsearch: x-pack/plugin/eql/.../execution/assembler/SequenceCriterion.java).
 */
export function compileInstant(field: Field): (event: Event) => Instant | undefined {
  const nanos = field.type === 'date_nanos';
  const get = compileGetter(field.multiFieldOf ?? field.name);
  const read = compileReader(field);
  const plain = field.format === undefined && field.nullValue === undefined;
  return (event) => {
    const raw = get(event.source);
    const only = raw[0];
    if (raw.length === 1 && plain) {
      const found = typeof only === 'string' ? plainIso(only) : undefined;
      if (found !== undefined) return nanos || found.ns === 0 ? found : { ms: found.ms, ns: 0 };
    }
    if (raw.length > 1 && raw.filter((value) => value !== null).length > 1)
      throw new QueryFailure(`event ${event.id} has more than one value in ${field.name}`, {
        why: 'Elasticsearch orders the events of a sequence by this field and fails on a list',
        help: 'give the event one time',
      });
    const [value] = read(event.source);
    if (value === undefined) {
      if (only !== undefined && only !== null && parseDocumentDate(only, field.format) === undefined)
        throw new QueryFailure(`the ${field.name} of event ${event.id} is not a date: ${JSON.stringify(only)}`, {
          why: 'Elasticsearch would refuse to index the event',
          help: 'write 2024-01-31T12:00:00.000Z',
        });
      return undefined;
    }
    if (typeof value !== 'bigint') return { ms: Number(value), ns: 0 };
    const ns = ((value % MILLI) + MILLI) % MILLI;
    return { ms: Number((value - ns) / MILLI), ns: Number(ns) };
  };
}
