import type { Json } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { MILLI, toNanos, UTC, utcMillis, zoneOf, type Zone } from './calendar.ts';
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
    const found = read(text);
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

const FIXED: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  H: 3_600_000,
  m: 60_000,
  s: 1000,
};

function applyMath(start: bigint, text: string, from: number, roundUp: boolean, zone: Zone): bigint {
  let nanos = start;
  for (let i = from; i < text.length;) {
    const found = /^([+-])(\d*)([yMwdhHms])|^\/(1?)([yMwdhHms])/.exec(text.slice(i, i + 24));
    if (found === null)
      throw new DateError(`"${text.slice(i, i + 12)}" is not date math`, {
        help: 'write +1d, -2h or /d; the units are y M w d h H m s',
      });
    i += found[0].length;
    const millis = nanos / MILLI - (nanos % MILLI < 0n ? 1n : 0n);
    const rest = nanos - millis * MILLI;
    const local = zone.toLocal(Number(millis));
    if (found[1] !== undefined) {
      const count = (found[2] === '' ? 1 : Number(found[2])) * (found[1] === '-' ? -1 : 1);
      nanos = BigInt(zone.toUtc(plus(local, count, found[3] ?? ''))) * MILLI + rest;
    } else {
      const unit = found[5] ?? '';
      const floor = floorTo(local, unit);
      nanos = BigInt(zone.toUtc(roundUp ? plus(floor, 1, unit) : floor)) * MILLI - (roundUp ? MILLI : 0n);
    }
  }
  return nanos;
}

function plus(local: number, count: number, unit: string): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined) return local + count * fixed;
  const date = new Date(local);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count * (unit === 'y' ? 12 : 1);
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  const last = new Date(utcMillis(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 0)).getUTCDate();
  const time = local - Math.floor(local / 86_400_000) * 86_400_000;
  return utcMillis(year, month, Math.min(date.getUTCDate(), last)) + time;
}

function floorTo(local: number, unit: string): number {
  const date = new Date(local);
  if (unit === 'y') return utcMillis(date.getUTCFullYear(), 1, 1);
  if (unit === 'M') return utcMillis(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  if (unit === 'w') {
    const day = Math.floor(local / 86_400_000);
    // 1 January 1970 was a Thursday; weeks begin on Monday.
    return (day - ((((day + 3) % 7) + 7) % 7)) * 86_400_000;
  }
  const size = FIXED[unit] ?? 1;
  return Math.floor(local / size) * size;
}

/** A date as a document holds it, in epoch nanoseconds; undefined if the field's format refuses it. */
export function parseDocumentDate(value: Json, format = DEFAULT_FORMAT): bigint | undefined {
  if (typeof value === 'number') {
    const seconds = format.includes('epoch_second') && !format.includes('epoch_millis');
    return Number.isFinite(value) ? BigInt(Math.trunc(seconds ? value * 1000 : value)) * MILLI : undefined;
  }
  return typeof value === 'string' ? parseWith(value, format, false, UTC) : undefined;
}
