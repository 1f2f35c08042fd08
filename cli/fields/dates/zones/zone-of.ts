import { REGION_IDS } from './region-ids.ts';
import { regionZone } from './region.ts';
import { fixedZone, UTC, type Zone } from './zone.ts';

/** No offset is further from UTC than 18 hours (java: ZoneOffset.ofTotalSeconds). */
const MAX_OFFSET = 18 * 3600;

/** The offset of that many seconds; undefined beyond 18 hours. */
export const offsetZone = (seconds: number): Zone | undefined =>
  Math.abs(seconds) > MAX_OFFSET ? undefined : seconds === 0 ? UTC : fixedZone(seconds);

/** `+2`, `+02`, `+0230`, `+02:30`, `+023015` or `+02:30:15` (java: ZoneOffset.of). */
function offsetOf(text: string): Zone | undefined {
  const found = /^([+-])(?:(\d)|(\d\d)(?:(\d\d)(\d\d)?|:(\d\d)(?::(\d\d))?)?)$/.exec(text);
  if (found === null) return undefined;
  const [, sign, digit, hours, minutes, seconds, minutesApart, secondsApart] = found;
  const part = (...texts: readonly (string | undefined)[]): number =>
    Number(texts.find((one) => one !== undefined) ?? 0);
  const [hour, minute, second] = [part(digit, hours), part(minutes, minutesApart), part(seconds, secondsApart)];
  if (minute > 59 || second > 59) return undefined;
  const total = (hour * 60 + minute) * 60 + second;
  return offsetZone(sign === '-' ? -total : total);
}

const regions = new Map<string, Zone>();

/** The zone of that name; undefined if java.time has none: `Europe/Berlin`, not `europe/berlin`. */
export function regionOf(name: string): Zone | undefined {
  const known = regions.get(name);
  if (known !== undefined || !REGION_IDS.has(name)) return known;
  const made = regionZone(name);
  regions.set(name, made);
  return made;
}

/** A zone as java.time names it: `Z`, an offset, `UTC`, `GMT` or `UT` with or without one, a region (java: ZoneId.of). */
export function zoneOf(name: string): Zone | undefined {
  if (name === 'Z') return UTC;
  if (name.startsWith('+') || name.startsWith('-')) return offsetOf(name);
  const prefix = /^(?:UTC|GMT|UT)/.exec(name)?.[0];
  if (prefix !== undefined) {
    const rest = name.slice(prefix.length);
    if (rest === '') return UTC;
    if (rest.startsWith('+') || rest.startsWith('-')) return offsetOf(rest);
  }
  return regionOf(name);
}
