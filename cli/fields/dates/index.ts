import { NumberToken, type Json } from '../../text/json.ts';
import { DateError } from './date-error.ts';
import type { Local } from './format.ts';
import { dateReader, type DateReader, type Language } from './formats.ts';
import { ofMillis, toMillis, toNanos, type Instant } from './instant.ts';
import { applyMath } from './math.ts';
import { atLocal, toInstant, UTC, withZone, type Zone } from './zones/zone.ts';
import { zoneOf } from './zones/zone-of.ts';

export { DateError } from './date-error.ts';

/** Format of a date field that declares none. */
export const DEFAULT_FORMAT = 'strict_date_optional_time||epoch_millis';
/** Format of a date_nanos field that declares none. */
export const DEFAULT_NANOS_FORMAT = 'strict_date_optional_time_nanos||epoch_millis';

export interface DateOptions {
  /** The instant that `now` stands for, epoch milliseconds. */
  readonly now: number;
  /** `gt` and `lte` round up, `gte` and `lt` down. */
  readonly roundUp: boolean;
  readonly format?: string | undefined;
  readonly language?: Language;
  readonly timeZone?: string | undefined;
}

function readerOf(format: string, language: Language): DateReader {
  const reader = dateReader(format, language);
  if ('fault' in reader)
    throw new DateError(`date format ${reader.pattern} cannot be used: ${reader.fault}`, {
      help: 'write a pattern such as yyyy-MM-dd HH:mm:ss, strict_date_optional_time or epoch_millis',
    });
  return reader;
}

/** The instant of a local time; a zone of the query counts where the text names none. */
function instantOf({ day, nano, zone, explicit }: Local, asked: Zone | undefined): Instant {
  const local = { day, nano };
  if (zone === undefined) return asked === undefined ? local : toInstant(atLocal(local, asked, 0));
  const at = atLocal(local, zone);
  return toInstant(asked === undefined || explicit === undefined ? at : withZone(at, explicit));
}

/**
 * The instant that a date in a query means: a date in the field's format, or date math (`now-7d/d`, `2024-01-15||+1M/d`).
 * Throws a DateError for anything else
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/time/JavaDateMathParser.java).
 */
export function resolveInstant(expression: string, options: DateOptions): Instant {
  const { now, roundUp, format = DEFAULT_FORMAT, language = 'en', timeZone } = options;
  const reader = readerOf(format, language);
  const zone = timeZone === undefined ? undefined : zoneOf(timeZone);
  if (timeZone !== undefined && zone === undefined)
    throw new DateError(`time zone ${timeZone} is not known`, {
      help: 'write +01:00, UTC or a name such as Europe/Berlin',
    });
  if (expression.startsWith('now')) return applyMath(ofMillis(now), expression.slice(3), roundUp, zone ?? UTC);
  const bars = expression.indexOf('||');
  const text = bars < 0 ? expression : expression.slice(0, bars);
  // The anchor of date math is always rounded down.
  const found = bars < 0 && roundUp ? reader.up(text) : reader.down(text);
  if (found === undefined)
    throw new DateError(`"${text}" is not a date`, {
      why: `the field reads dates as ${format}`,
      help: 'write 2024-01-31, 2024-01-31T12:00:00Z, or date math such as now-7d/d',
    });
  const at = instantOf(found, zone);
  return bars < 0 ? at : applyMath(at, expression.slice(bars + 2), roundUp, zone ?? UTC);
}

/** The same in epoch nanoseconds. */
export const resolveDate = (expression: string, options: DateOptions): bigint =>
  toNanos(resolveInstant(expression, options));

/** What a document's text means in a format; undefined if the format refuses it. */
export function readDocumentText(text: string, format: string): Instant | undefined {
  const found = readerOf(format, 'en').down(text);
  return found === undefined ? undefined : instantOf(found, undefined);
}

/**
 * A date as a document holds it; undefined if the field's format refuses it. A number is read by its digits, like text
 * (elasticsearch: server/.../index/mapper/DateFieldMapper.java): 2024 is a year in the default format.
 */
function readDocumentDate(value: Json, format: string): Instant | undefined {
  const text = typeof value === 'number' ? String(value) : value instanceof NumberToken ? value.token : value;
  return typeof text === 'string' ? readDocumentText(text, format) : undefined;
}

/** In epoch nanoseconds. */
export function parseDocumentDate(value: Json, format = DEFAULT_FORMAT): bigint | undefined {
  const found = readDocumentDate(value, format);
  return found === undefined ? undefined : toNanos(found);
}

/** As a date field holds it, in epoch milliseconds; undefined also beyond a Java long. */
export function indexDate(value: Json, format = DEFAULT_FORMAT): number | bigint | undefined {
  const long = typeof value !== 'string' && UNREAD_LONGS.has(format) ? longOf(value) : undefined;
  if (long !== undefined) return Number.isSafeInteger(Number(long)) ? Number(long) : long;
  const found = readDocumentDate(value, format);
  return found === undefined ? undefined : toMillis(found);
}

/** The last instant of date_nanos, 2262-04-11T23:47:16.854775807Z; it begins with 1970. */
const MAX_NANOS = 2n ** 63n - 1n;

/** Whether date_nanos holds an instant (elasticsearch: server/.../common/time/DateUtils.java toLong). */
export const isNanos = (nanos: bigint): boolean => nanos >= 0n && nanos <= MAX_NANOS;

/** Formats in which a number that takes a Java long is milliseconds without a second look. */
const UNREAD_LONGS: ReadonlySet<string> = new Set([DEFAULT_FORMAT, DEFAULT_NANOS_FORMAT]);

/** A whole number of a document that an int does not hold; undefined for any other value. */
function longOf(value: Json): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && (value | 0) !== value ? BigInt(value) : undefined;
  if (!(value instanceof NumberToken) || !value.whole) return undefined;
  const whole = BigInt(value.token);
  return BigInt.asIntN(64, whole) === whole && BigInt.asIntN(32, whole) !== whole ? whole : undefined;
}

/**
 * As a date_nanos field holds it, in epoch nanoseconds. In the usual formats a number that an int does not hold is taken however
 * far from 1970 it lies, and becomes the last or the first of what 64 bits hold; anything else has to lie in 1970 to 2262
 * (what a 9.2.0 server does). `strict`: none becomes another.
 */
export function indexDateNanos(value: Json, format = DEFAULT_NANOS_FORMAT, strict = false): bigint | undefined {
  const long = UNREAD_LONGS.has(format) ? longOf(value) : undefined;
  if (long !== undefined) {
    const nanos = long * 1_000_000n;
    if (strict && !isNanos(nanos)) return undefined;
    return nanos > MAX_NANOS ? MAX_NANOS : nanos < -MAX_NANOS - 1n ? -MAX_NANOS - 1n : nanos;
  }
  const nanos = parseDocumentDate(value, format);
  return nanos === undefined || !isNanos(nanos) ? undefined : nanos;
}
