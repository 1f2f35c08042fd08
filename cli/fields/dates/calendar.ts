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
  /** Minutes east of UTC. */
  readonly offset?: number;
}

export const MILLI = 1_000_000n;

const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(year < 100 ? year + 400 : year, month, 0)).getUTCDate();

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
export function isReal(parts: DateParts): boolean {
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return (
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour <= 23 && minute <= 59 && second <= 59
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
  const millis = parts.offset === undefined ? zone.toUtc(local) : local - parts.offset * 60_000;
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

/** `+02:00`, `-0500`, `Z`, `UTC`, `Zulu` or a name such as `Europe/Berlin`; undefined if there is no such zone. */
export function zoneOf(name: string): Zone | undefined {
  const offset = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(name);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes > 18 * 60 ? undefined : fixed(offset[1] === '-' ? -minutes : minutes);
  }
  if (['Z', 'UTC', 'GMT', 'UT', 'Zulu', 'Etc/UTC'].includes(name)) return UTC;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
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
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: string): number => parts.get(type as Intl.DateTimeFormatPartTypes) ?? 0;
    const whole = utcMillis(part('year'), part('month'), part('day'), part('hour'), part('minute'), part('second'));
    return whole + (((instant % 1000) + 1000) % 1000);
  };
  return {
    toLocal,
    toUtc: (local) => {
      // Guess with the offset that holds at that time in UTC, then with the one that holds at the guess.
      const guess = local - (toLocal(local) - local);
      return local - (toLocal(guess) - guess);
    },
  };
}
