import type { DateParts } from './calendar.ts';
import { isoFormat, isoShape } from './iso.ts';
import { javaPattern } from './java-pattern.ts';

/** What a format reads from a text: calendar parts, or an instant in epoch nanoseconds. */
export type Parsed = DateParts | bigint;
export type DateFormat = (text: string, roundUp: boolean) => Parsed | undefined;

/**
 * Counts since 1970 with a fraction down to nanoseconds; a dot may stand at the end. A count without a fraction rounds up to
 * the last nanosecond of its unit (elasticsearch:server/src/main/java/org/elasticsearch/common/time/EpochTime.java).
 */
const epoch =
  (nanosPerUnit: bigint, places: number): DateFormat =>
  (text, roundUp) => {
    const found = /^(-?)(\d{1,19})(?:\.(\d{0,9}))?$/.exec(text);
    const fraction = found?.[3] ?? '';
    if (found === null || fraction.length > places) return undefined;
    const value =
      BigInt(found[2] ?? '0') * nanosPerUnit + BigInt(fraction.padEnd(places, fraction === '' && roundUp ? '9' : '0'));
    return found[1] === '-' ? -value : value;
  };

const PATTERN_NAMES: Readonly<Record<string, string>> = {
  basic_date: 'yyyyMMdd',
  basic_date_time: "yyyyMMdd'T'HHmmss.SSSX",
  basic_date_time_no_millis: "yyyyMMdd'T'HHmmssX",
};

function formatOf(name: string): DateFormat | undefined {
  const shape = isoShape(name);
  if (shape !== undefined) return isoFormat(shape);
  if (name === 'epoch_millis') return epoch(1_000_000n, 6);
  if (name === 'epoch_second') return epoch(1_000_000_000n, 9);
  // A leading 8 is how patterns of version 7 and later were marked
  return javaPattern(Object.hasOwn(PATTERN_NAMES, name) ? (PATTERN_NAMES[name] ?? name) : name.replace(/^8/, ''));
}

const compiled = new Map<string, readonly DateFormat[] | undefined>();

/** The alternatives of a format such as `strict_date_optional_time||epoch_millis`; undefined if one of them is not known. */
export function formatsOf(format: string): readonly DateFormat[] | undefined {
  if (!compiled.has(format)) {
    const all = format.split('||').map(formatOf);
    compiled.set(format, all.every((one) => one !== undefined) ? all : undefined);
  }
  return compiled.get(format);
}
