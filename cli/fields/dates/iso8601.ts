import { dayOf, daysIn } from './calendar.ts';
import { NO_DATE, type DateFormat, type FormatPair } from './format.ts';
import { UTC, type Zone } from './zones/zone.ts';
import { offsetZone, zoneOf } from './zones/zone-of.ts';

/** The parts of a date and time, in their order. */
const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'nano'] as const;
type IsoPart = (typeof PARTS)[number];

/** What a text of ISO 8601 has to have and may have. */
export interface IsoShape {
  /** Parts up to this one have to be there. */
  readonly from: IsoPart;
  /** The last part that may be there. */
  readonly to: IsoPart;
  readonly zone: 'optional' | 'required' | 'none';
  /** The fraction may stand behind a comma too. */
  readonly comma: boolean;
  /** The whole time may be missing all the same, and month and day. */
  readonly optionalTime?: boolean;
}

const [ZERO, DASH, COLON, DOT, COMMA, T, Z] = [48, 45, 58, 46, 44, 84, 90];

/** The number that two or more digits make; -1 if one of them is none. */
function digits(text: string, from: number, to: number): number {
  if (to > text.length) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** A zone at the end of a text: `Z`, `+02`, `+0200`, `+02:00`, with seconds too, or a name. */
function zoneAt(text: string, at: number): Zone | undefined {
  const first = text.charCodeAt(at);
  if (first === Z && text.length === at + 1) return UTC;
  if (first !== 43 && first !== DASH) return zoneOf(text.slice(at));
  const found = /^[+-](\d\d)(?:(\d\d)(\d\d)?|:(\d\d)(?::(\d\d))?)?$/.exec(text.slice(at));
  if (found === null) return undefined;
  const [hour, minute, second] = [
    Number(found[1]),
    Number(found[2] ?? found[4] ?? 0),
    Number(found[3] ?? found[5] ?? 0),
  ];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const total = (hour * 60 + minute) * 60 + second;
  return offsetZone(first === DASH ? -total : total);
}

const startsZone = (code: number): boolean =>
  code === 43 || code === DASH || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** By how much the decimals of a second have to be multiplied to be nanoseconds, by their number. */
const TO_NANOS = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/**
 * A reader of ISO 8601 texts, whose parts stand at fixed places, without a regular expression: documents are read with it
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/time/Iso8601Parser.java).
 */
function isoReader(shape: IsoShape, up: boolean): DateFormat {
  const [from, to] = [PARTS.indexOf(shape.from), PARTS.indexOf(shape.to)];
  const fill = up ? [0, 1, 1, 23, 59, 59, 999_999_999] : [0, 1, 1, 0, 0, 0, 0];
  const dateAlone = shape.optionalTime === true ? 0 : from;

  const made = (parts: readonly number[], zone: Zone | undefined): ReturnType<DateFormat> => {
    if (zone === undefined && shape.zone === 'required') return undefined;
    const part = (at: number): number => parts[at] ?? fill[at] ?? 0;
    const [year, month, day] = [part(0), part(1), part(2)];
    if (month < 1 || day < 1 || day > daysIn(year, month)) return NO_DATE;
    const seconds = (part(3) * 60 + part(4)) * 60 + part(5);
    return { day: dayOf(year, month, day), nano: seconds * 1e9 + part(6), zone, explicit: zone };
  };
  const withZone = (parts: readonly number[], text: string, at: number): ReturnType<DateFormat> => {
    if (shape.zone === 'none') return undefined;
    const zone = zoneAt(text, at);
    return zone === undefined ? undefined : made(parts, zone);
  };

  return (whole) => {
    const negative = whole.charCodeAt(0) === DASH;
    const text = negative ? whole.slice(1) : whole;
    const { length } = text;
    const year = digits(text, 0, 4);
    if (year < 0) return undefined;
    const parts = [negative ? -year : year];
    if (length === 4) return dateAlone <= 0 ? made(parts, undefined) : undefined;
    if (to < 1 || text.charCodeAt(4) !== DASH) return undefined;
    const month = digits(text, 5, 7);
    if (month < 0 || month > 12) return undefined;
    parts.push(month);
    if (length === 7) return dateAlone <= 1 ? made(parts, undefined) : undefined;
    if (to < 2 || text.charCodeAt(7) !== DASH) return undefined;
    const day = digits(text, 8, 10);
    if (day < 0 || day > 31) return undefined;
    parts.push(day);
    if (length === 10) return dateAlone <= 2 ? made(parts, undefined) : undefined;
    if (to < 3 || text.charCodeAt(10) !== T) return undefined;
    if (length === 11) return from <= 2 ? made(parts, undefined) : undefined;
    const hour = digits(text, 11, 13);
    if (hour < 0 || hour > 23) return undefined;
    parts.push(hour);
    for (const [at, part] of [
      [13, 4],
      [16, 5],
    ] as const) {
      if (length === at) return from < part ? made(parts, undefined) : undefined;
      const code = text.charCodeAt(at);
      if (startsZone(code)) return from < part ? withZone(parts, text, at) : undefined;
      if (to < part || code !== COLON) return undefined;
      const value = digits(text, at + 1, at + 3);
      if (value < 0 || value > 59) return undefined;
      parts.push(value);
    }
    if (length === 19) return from < 6 ? made(parts, undefined) : undefined;
    const code = text.charCodeAt(19);
    if (startsZone(code)) return from < 6 ? withZone(parts, text, 19) : undefined;
    if (to < 6 || (code !== DOT && !(code === COMMA && shape.comma))) return undefined;
    let end = 20;
    while (end < length && end < 29 && digits(text, end, end + 1) >= 0) end++;
    if (end === 20) return undefined;
    parts.push(digits(text, 20, end) * (TO_NANOS[end - 20] ?? 1));
    if (length === end) return made(parts, undefined);
    return startsZone(text.charCodeAt(end)) ? withZone(parts, text, end) : undefined;
  };
}

const pair = (shape: IsoShape): FormatPair => ({ down: [isoReader(shape, false)], up: [isoReader(shape, true)] });

const FULL = { from: 'second', to: 'nano', zone: 'required', comma: true } as const;

export const ISO: Readonly<Record<string, FormatPair>> = {
  iso8601: pair({ ...FULL, from: 'year', zone: 'optional' }),
  strict_date_optional_time: pair({ ...FULL, from: 'year', zone: 'optional' }),
  strict_date_optional_time_nanos: pair({ ...FULL, zone: 'optional', optionalTime: true }),
  strict_date_time: pair({ ...FULL, comma: false }),
  strict_date_time_no_millis: pair({ ...FULL, to: 'second' }),
  strict_date_hour_minute_second: pair({ ...FULL, to: 'second', zone: 'none' }),
  strict_date_hour_minute_second_fraction: pair({ ...FULL, from: 'nano', zone: 'none', comma: false }),
  strict_date_hour_minute_second_millis: pair({ ...FULL, from: 'nano', zone: 'none', comma: false }),
  strict_year: pair({ ...FULL, from: 'year', to: 'year', zone: 'none' }),
  strict_year_month: pair({ ...FULL, from: 'month', to: 'month', zone: 'none' }),
};
