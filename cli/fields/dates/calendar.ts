/** A point in the proleptic Gregorian calendar, without a zone. Absent parts are to be filled by whoever knows the direction. */
export interface DateParts {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** Nanoseconds of the second. */
  readonly nanos?: number;
  /** A zone that the text itself names; it wins over the one of the query. */
  readonly zone?: Zone;
}

/** The digits that a format found, as text. */
export type FoundParts = Readonly<
  Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction', string | undefined>
>;

/** Parts from what a format found; undefined for the 30th of February and a zone that does not exist. */
export function dateParts(found: FoundParts, zoneText: string | undefined): DateParts | undefined {
  if (found.year === undefined) return undefined;
  const zone = zoneText === undefined ? undefined : zoneOf(zoneText === 'z' ? 'Z' : zoneText);
  if (zoneText !== undefined && zone === undefined) return undefined;
  const made: DateParts = {
    year: Number(found.year),
    ...(found.month === undefined ? {} : { month: Number(found.month) }),
    ...(found.day === undefined ? {} : { day: Number(found.day) }),
    ...(found.hour === undefined ? {} : { hour: Number(found.hour) }),
    ...(found.minute === undefined ? {} : { minute: Number(found.minute) }),
    ...(found.second === undefined ? {} : { second: Number(found.second) }),
    ...(found.fraction === undefined ? {} : { nanos: Number(found.fraction.padEnd(9, '0')) }),
    ...(zone === undefined ? {} : { zone }),
  };
  return isReal(made) ? made : undefined;
}

export const MILLI = 1_000_000n;

/** Days of a month (1 to 12) of the proleptic Gregorian calendar. */
export const daysIn = (year: number, month: number): number => {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** The Date of the host holds 100 million days on either side of 1970; a year beyond that is refused. */
const MAX_YEAR = 271_000;

/** Epoch milliseconds of a date and time in UTC; years 0 to 99 are those years. */
export function utcMillis(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  milli = 0,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, milli);
  return date.getTime();
}

/** False for the 30th of February, hour 24 and the like, which the strict formats refuse. */
function isReal(parts: DateParts): boolean {
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return (
    Math.abs(year) <= MAX_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59
  );
}

/**
 * Epoch nanoseconds. Missing month and day become 01 in both directions; missing time becomes 00:00:00 or, rounding up,
 * 23:59:59.999999999 (elasticsearch: server/.../common/time/JavaDateMathParser.java).
 */
export function toNanos(parts: DateParts, roundUp: boolean, zone: Zone): bigint {
  const { year, month = 1, day = 1 } = parts;
  const fill = (value: number | undefined, top: number): number => value ?? (roundUp ? top : 0);
  const nanos = fill(parts.nanos, 999_999_999);
  const local = utcMillis(year, month, day, fill(parts.hour, 23), fill(parts.minute, 59), fill(parts.second, 59));
  const millis = (parts.zone ?? zone).toUtc(local);
  return BigInt(millis) * MILLI + BigInt(nanos);
}

/** A time zone: from local clock time to the instant and back, both in milliseconds. */
export interface Zone {
  toUtc(local: number): number;
  toLocal(instant: number): number;
}

export const UTC: Zone = { toUtc: (local) => local, toLocal: (instant) => instant };

const fixed = (minutes: number): Zone => ({
  toUtc: (local) => local - minutes * 60_000,
  toLocal: (instant) => instant + minutes * 60_000,
});

const zones = new Map<string, Zone | undefined>();

/** `+02:00`, `-0500`, `Z`, `UTC`, `Zulu` or a name such as `Europe/Berlin`; undefined if there is no such zone. */
export function zoneOf(name: string): Zone | undefined {
  const offset = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?$/.exec(name);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0) + Number(offset[4] ?? 0) / 60;
    return minutes > 18 * 60 ? undefined : fixed(offset[1] === '-' ? -minutes : minutes);
  }
  if (['Z', 'UTC', 'GMT', 'UT', 'Zulu', 'Etc/UTC'].includes(name)) return UTC;
  if (name.length > 64) return undefined;
  if (!zones.has(name)) zones.set(name, region(name));
  return zones.get(name);
}

const DAY = 86_400_000;

function region(name: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    return undefined;
  }
  const toLocal = (instant: number): number => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type) ?? 0);
    const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
    const whole = utcMillis(year, part('month'), part('day'), part('hour'), part('minute'), part('second'));
    return whole + (((instant % 1000) + 1000) % 1000);
  };
  const offsetAt = (instant: number): number => toLocal(instant) - instant;
  return {
    toLocal,
    // java.time: a clock time that comes twice is the earlier one, one that is skipped moves on by the length of the gap
    toUtc: (local) => {
      const before = offsetAt(local - DAY);
      const instants = [local - before, local - offsetAt(local + DAY)].filter((at) => toLocal(at) === local);
      return instants.length === 0 ? local - before : Math.min(...instants);
    },
  };
}
