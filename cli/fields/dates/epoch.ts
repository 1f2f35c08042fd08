import type { DateFormat, FormatPair, Local } from './format.ts';
import { NANOS_PER_DAY, NANOS_PER_SECOND, ofMillis } from './instant.ts';

/** A count since 1970: whole digits, and a fraction of a known number of places or `undefined` where no digit is. */
interface Count {
  readonly negative: boolean;
  readonly whole: bigint;
  readonly fraction: number | undefined;
}

const MAX_LONG = 2n ** 63n - 1n;
const DAY = 86_400n;

function readCount(text: string, places: number): Count | undefined {
  const found = /^(-?)(\d{1,19})(?:\.(\d*))?$/.exec(text);
  if (found === null || (found[3] ?? '').length > places) return undefined;
  const whole = BigInt(found[2] ?? '0');
  if (whole > MAX_LONG) return undefined;
  const digits = found[3] ?? '';
  return {
    negative: found[1] === '-',
    whole,
    fraction: digits === '' ? undefined : Number(digits.padEnd(places, '0')),
  };
}

const local = (day: number, nano: number): Local => ({ day, nano, zone: undefined });

/**
 * Milliseconds with up to six decimals. One without decimals, and without a point, rounds up to the last nanosecond before the
 * next, before 1970 as well (elasticsearch:server/src/main/java/org/elasticsearch/common/time/EpochTime.java).
 */
const millis =
  (up: boolean): DateFormat =>
  (text) => {
    const found = readCount(text, 6);
    if (found === undefined) return undefined;
    const missing = up && !text.includes('.') ? 999_999 : 0;
    const { day, nano } = ofMillis(found.negative ? -found.whole : found.whole);
    const below = found.fraction ?? 0;
    if (!found.negative) return local(day, nano + below + missing);
    const moved = nano - below + missing;
    return moved < 0 ? local(day - 1, moved + NANOS_PER_DAY) : local(day, moved);
  };

/** The same for seconds with up to nine decimals; a negative count with the fraction 0 is refused. */
const seconds =
  (up: boolean): DateFormat =>
  (text) => {
    const found = readCount(text, 9);
    if (found === undefined) return undefined;
    const { negative, whole, fraction } = found;
    const point = text.indexOf('.');
    if (negative && fraction === 0) return undefined;
    const total = (negative ? -whole : whole) - (negative && fraction !== undefined ? 1n : 0n);
    const missing = up && (point < 0 || negative) ? NANOS_PER_SECOND - 1 : 0;
    const nano = fraction === undefined ? missing : negative ? NANOS_PER_SECOND - fraction : fraction;
    const day = total / DAY - (total % DAY < 0n ? 1n : 0n);
    return local(Number(day), Number(total - day * DAY) * NANOS_PER_SECOND + nano);
  };

export const EPOCH: Readonly<Record<string, FormatPair>> = {
  epoch_millis: { down: [millis(false)], up: [millis(true)] },
  epoch_second: { down: [seconds(false)], up: [seconds(true)] },
};
