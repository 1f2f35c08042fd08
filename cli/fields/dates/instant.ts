/**
 * A point in time, or a date and time of a calendar: days since 1970-01-01 and nanoseconds of the day. Both are whole numbers
 * that a double holds for every year that java.time knows.
 */
export interface Instant {
  readonly day: number;
  /** 0 to 86 399 999 999 999. */
  readonly nano: number;
}

export const NANOS_PER_MILLI = 1_000_000;
export const NANOS_PER_SECOND = 1_000_000_000;
export const NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;
export const MILLIS_PER_DAY = 86_400_000;
export const SECONDS_PER_DAY = 86_400;

/** java.time's calendar ends with these days: year -999999999 and year 999999999. */
export const MIN_DAY = -365_243_219_162;
export const MAX_DAY = 365_241_780_471;

const MAX_LONG = 2n ** 63n - 1n;
/** Days within which milliseconds are exact in a double. */
const SAFE_DAYS = Math.floor(Number.MAX_SAFE_INTEGER / MILLIS_PER_DAY) - 1;

/** Seconds moved from one instant, which need not be less than a day. */
export function plusSeconds(at: Instant, seconds: number): Instant {
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  const nano = at.nano + (seconds - days * SECONDS_PER_DAY) * NANOS_PER_SECOND;
  return nano < NANOS_PER_DAY ? { day: at.day + days, nano } : { day: at.day + days + 1, nano: nano - NANOS_PER_DAY };
}

/** The instant of whole milliseconds since 1970. */
export function ofMillis(millis: number | bigint): Instant {
  if (typeof millis === 'bigint' && BigInt.asIntN(54, millis) !== millis) {
    const day = Number(millis / 86_400_000n) - (millis % 86_400_000n < 0n ? 1 : 0);
    return { day, nano: Number(millis - BigInt(day) * 86_400_000n) * NANOS_PER_MILLI };
  }
  const whole = Number(millis);
  const day = Math.floor(whole / MILLIS_PER_DAY);
  return { day, nano: (whole - day * MILLIS_PER_DAY) * NANOS_PER_MILLI };
}

/** Milliseconds at or before an instant: a number where a double holds it exactly; undefined beyond a Java long. */
export function toMillis({ day, nano }: Instant): number | bigint | undefined {
  const ofDay = Math.floor(nano / NANOS_PER_MILLI);
  if (day >= -SAFE_DAYS && day <= SAFE_DAYS) return day * MILLIS_PER_DAY + ofDay;
  const millis = BigInt(day) * 86_400_000n + BigInt(ofDay);
  return millis > MAX_LONG || millis < -MAX_LONG - 1n ? undefined : millis;
}

/** Nanoseconds since 1970, of any size. */
export const toNanos = ({ day, nano }: Instant): bigint => BigInt(day) * 86_400_000_000_000n + BigInt(nano);
