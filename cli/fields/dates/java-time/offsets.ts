import { FAIL, STOP, type Element, type Parsed } from './parsed.ts';
import type { StartsWith } from './texts.ts';

/** How an offset is written: hours, then minutes and seconds that have to be there (upper case) or may be (lower case). */
export type OffsetPattern = '+HHmm' | '+HHMM' | '+HH:MM' | '+HHMMss' | '+HH:MM:ss';

interface OffsetShape {
  readonly colon: boolean;
  readonly minutes: 'none' | 'optional' | 'required';
  readonly seconds: 'none' | 'optional' | 'required';
}

const part = (pattern: string, letter: string): OffsetShape['minutes'] =>
  pattern.includes(letter.toUpperCase()) ? 'required' : pattern.includes(letter) ? 'optional' : 'none';

const shapeOf = (pattern: OffsetPattern): OffsetShape => ({
  colon: pattern.includes(':'),
  minutes: part(pattern.slice(3), 'm'),
  seconds: part(pattern, 's'),
});

/** Two digits up to 59; -1 for anything else. */
function two(text: string, at: number): number {
  const digits = text.slice(at, at + 2);
  return /^[0-5]\d$/.test(digits) ? Number(digits) : -1;
}

/** The seconds of an offset at `at` and the position behind it; FAIL or STOP. */
export function readOffset(
  text: string,
  at: number,
  { colon, minutes, seconds }: OffsetShape,
): { readonly seconds: number; readonly end: number } | typeof FAIL | typeof STOP {
  const sign = text[at];
  const hour = two(text, at + 1);
  if ((sign !== '+' && sign !== '-') || hour < 0) return FAIL;
  let end = at + 3;
  let total = hour * 3600;
  for (const [wanted, unit] of [
    [minutes, 60],
    [seconds, 1],
  ] as const) {
    if (wanted === 'none') break;
    const from = colon ? end + 1 : end;
    const value = colon && text[end] !== ':' ? -1 : two(text, from);
    if (value < 0 && wanted === 'required') return FAIL;
    if (value < 0) break;
    total += value * unit;
    end = from + 2;
  }
  if (hour > 23) return STOP;
  return { seconds: sign === '-' ? -total : total, end };
}

export const ISO_OFFSET = shapeOf('+HH:MM:ss');

/** An offset in one way of writing; `none` stands for UTC (java: OffsetIdPrinterParser). */
export function offsetElement(pattern: OffsetPattern, none: string, startsWith: StartsWith): Element {
  const shape = shapeOf(pattern);
  return (text, at, parsed) => {
    if (at === text.length) return FAIL;
    if (startsWith(text, none, at)) return parsed.set('offset', 0) ? at + none.length : FAIL;
    return taken(readOffset(text, at, shape), parsed);
  };
}

function taken(found: ReturnType<typeof readOffset>, parsed: Parsed): number {
  if (typeof found === 'number') return found;
  return parsed.set('offset', found.seconds) ? found.end : FAIL;
}

/** `GMT+2` or, in full, `GMT+02:00` (java: LocalizedOffsetIdPrinterParser). */
export function localizedOffsetElement(full: boolean): Element {
  const pattern = full
    ? /GMT(?:([+-])(?:(\d\d):(\d\d)(?::(\d\d))?)?)?/y
    : /GMT(?:([+-])(?:(\d\d?)(?::(\d\d)(?::(\d\d))?)?)?)?/y;
  return (text, at, parsed) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return FAIL;
    const [all, sign, hours, minutes = '0', seconds = '0'] = found;
    if (sign !== undefined && hours === undefined) return FAIL;
    const total = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
    return parsed.set('offset', sign === '-' ? -total : total) ? at + all.length : FAIL;
  };
}
