import { NumberToken, type Json } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { daysIn, MILLI, toNanos, UTC, utcMillis, zoneOf, type Zone } from './calendar.ts';
import { formatsOf } from './formats.ts';

/** Format of a date field that declares none. */
export const DEFAULT_FORMAT = 'strict_date_optional_time||epoch_millis';

/** A date or date expression that cannot be read. */
export class DateError extends KnownError {
  override readonly name = 'DateError';
}

export interface DateOptions {
  /** The instant that `now` stands for, epoch milliseconds. */
  readonly now: number;
  /** `gt` and `lte` round up, `gte` and `lt` down. */
  readonly roundUp: boolean;
  readonly format?: string | undefined;
  readonly timeZone?: string | undefined;
}

function parseWith(text: string, format: string, roundUp: boolean, zone: Zone): bigint | undefined {
  const formats = formatsOf(format);
  if (formats === undefined)
    throw new DateError(`date format ${format} is not known`, { help: 'use ISO dates or epoch_millis' });
  for (const read of formats) {
    const found = read(text, roundUp);
    if (typeof found === 'bigint') return found;
    if (found !== undefined) return toNanos(found, roundUp, zone);
  }
  return undefined;
}

/**
 * The instant that a date in a query means, in epoch nanoseconds: a number of epoch milliseconds, a date in the field's
 * format, or date math (`now-7d/d`, `2024-01-15||+1M/d`). Throws a DateError for anything else
 * (elasticsearch: server/.../common/time/JavaDateMathParser.java).
 */
export function resolveDate(expression: string | number | bigint, options: DateOptions): bigint {
  const format = options.format ?? DEFAULT_FORMAT;
  if (typeof expression !== 'string') {
    if (format.includes('epoch_second') && !format.includes('epoch_millis')) return toBig(expression) * 1_000_000_000n;
    return typeof expression === 'bigint' ? expression * MILLI : BigInt(Math.trunc(expression)) * MILLI;
  }
  const zone = options.timeZone === undefined ? UTC : zoneOf(options.timeZone);
  if (zone === undefined) throw new DateError(`time zone ${options.timeZone ?? ''} is not known`);
  if (expression.startsWith('now')) return applyMath(BigInt(options.now) * MILLI, expression, 3, options.roundUp, zone);
  const bars = expression.indexOf('||');
  const text = bars < 0 ? expression : expression.slice(0, bars);
  // The anchor of date math is always rounded down.
  const at = parseWith(text, format, bars < 0 && options.roundUp, zone);
  if (at === undefined)
    throw new DateError(`"${text}" is not a date`, {
      why: `the field reads dates as ${format}`,
      help: 'write 2024-01-31, 2024-01-31T12:00:00Z, or date math such as now-7d/d',
    });
  return bars < 0 ? at : applyMath(at, expression, bars + 2, options.roundUp, zone);
}

const toBig = (value: number | bigint): bigint => (typeof value === 'bigint' ? value : BigInt(Math.trunc(value)));

/** Units of a fixed length, in milliseconds. */
const TIME: Readonly<Record<string, number>> = { h: 3_600_000, H: 3_600_000, m: 60_000, s: 1000 };
const DAYS: Readonly<Record<string, number>> = { w: 7, d: 1 };
const DAY = 86_400_000;
/** Counts are Java ints. */
const MAX_COUNT = 2_147_483_647;

function applyMath(start: bigint, text: string, from: number, roundUp: boolean, zone: Zone): bigint {
  let nanos = start;
  for (let i = from; i < text.length;) {
    const found = /^([+-])(\d{0,10})([yMwdhHms])|^\/(1?)([yMwdhHms])/.exec(text.slice(i, i + 24));
    const count = (found?.[2] ?? '') === '' ? 1 : Number(found?.[2]);
    if (found === null || count > MAX_COUNT)
      throw new DateError(`"${text.slice(i, i + 12)}" is not date math`, {
        help: 'write +1d, -2h or /d; the units are y M w d h H m s',
      });
    i += found[0].length;
    const millis = Number(nanos / MILLI - (nanos % MILLI < 0n ? 1n : 0n));
    const rest = nanos - BigInt(millis) * MILLI;
    const moved =
      found[1] === undefined
        ? round(millis, found[5] ?? '', roundUp, zone)
        : plus(millis, found[1] === '-' ? -count : count, found[3] ?? '', zone);
    if (!Number.isFinite(moved) || Math.abs(moved) > MAX_MILLIS)
      throw new DateError(`"${text.slice(0, 40)}" is further from 1970 than a date reaches`);
    nanos = BigInt(moved) * MILLI + (found[1] === undefined ? 0n : rest);
  }
  return nanos;
}

/** The range of the host's Date. */
const MAX_MILLIS = 8_640_000_000_000_000;

/** Hours and below move the instant, days and above the date on the calendar of the zone, as java.time's ZonedDateTime does. */
function plus(instant: number, count: number, unit: string, zone: Zone): number {
  const time = TIME[unit];
  if (time !== undefined) return instant + count * time;
  const local = zone.toLocal(instant);
  const days = DAYS[unit];
  if (days !== undefined) return zone.toUtc(local + count * days * DAY);
  return zone.toUtc(plusMonths(local, count * (unit === 'y' ? 12 : 1)));
}

/** The 31st becomes the last day of a shorter month. */
function plusMonths(local: number, count: number): number {
  const date = new Date(local);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  const time = local - Math.floor(local / DAY) * DAY;
  return utcMillis(year, month, Math.min(date.getUTCDate(), daysIn(year, month))) + time;
}

/** Start of the unit, or when rounding up its last millisecond. Weeks begin on Monday. */
function round(instant: number, unit: string, up: boolean, zone: Zone): number {
  const local = zone.toLocal(instant);
  const date = new Date(local);
  const time = TIME[unit];
  let start: number;
  if (time !== undefined) start = instant - (local - Math.floor(local / time) * time);
  else if (unit === 'y') start = zone.toUtc(utcMillis(date.getUTCFullYear(), 1, 1));
  else if (unit === 'M') start = zone.toUtc(utcMillis(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  else {
    const day = Math.floor(local / DAY);
    // 1 January 1970 was a Thursday
    start = zone.toUtc((unit === 'w' ? day - ((((day + 3) % 7) + 7) % 7) : day) * DAY);
  }
  return up ? plus(start, 1, unit, zone) - 1 : start;
}

/**
 * A date as a document holds it, in epoch nanoseconds; undefined if the field's format refuses it. A number is read by its
 * digits, like text (elasticsearch: server/.../index/mapper/DateFieldMapper.java): 2024 is a year in the default format.
 */
export function parseDocumentDate(value: Json, format = DEFAULT_FORMAT): bigint | undefined {
  if (typeof value === 'number')
    return Number.isFinite(value) ? parseWith(String(value), format, false, UTC) : undefined;
  if (value instanceof NumberToken) return parseWith(value.token, format, false, UTC);
  return typeof value === 'string' ? parseWith(value, format, false, UTC) : undefined;
}
