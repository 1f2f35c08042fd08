import { isReal, type DateParts } from './calendar.ts';

/** What a format reads from a text: calendar parts, or an instant in epoch nanoseconds. */
export type Parsed = DateParts | bigint;
export type DateFormat = (text: string) => Parsed | undefined;

const ISO =
  /^([+-]?\d{4,9})(?:-(\d{2})(?:-(\d{2})(?:T(?:(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
const fraction = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text.padEnd(9, '0'));

function offset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'Z' || text === 'z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || 0);
  return text.startsWith('-') ? -minutes : minutes;
}

/** The members that are there; `exactOptionalPropertyTypes` knows no undefined ones. */
function parts(found: Record<keyof DateParts, number | undefined>): DateParts | undefined {
  if (found.year === undefined) return undefined;
  const kept = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  const made: DateParts = { ...kept, year: found.year };
  return isReal(made) ? made : undefined;
}

/** `strict_date_optional_time`: ISO 8601 with four-digit year and optional rest. */
export const isoDate: DateFormat = (text) => {
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [, year = '', month, day, hour, minute, second, nanos, zone] = found;
  // More than four digits need a sign, so that 20240115 is a count of milliseconds and not a year.
  if (!/^[+-]/.test(year) && year.length !== 4) return undefined;
  return parts({
    year: Number(year),
    month: number(month),
    day: number(day),
    hour: number(hour),
    minute: number(minute),
    second: number(second),
    nanos: fraction(nanos),
    offset: offset(zone),
  });
};

const epoch =
  (nanosPerUnit: bigint, places: number): DateFormat =>
  (text) => {
    const found = /^(-?)(\d{1,19})(?:\.(\d{1,9}))?$/.exec(text);
    if (found === null) return undefined;
    const below = BigInt((found[3] ?? '').padEnd(places, '0').slice(0, places) || '0');
    const value = BigInt(found[2] ?? '0') * nanosPerUnit + below;
    return found[1] === '-' ? -value : value;
  };

const ISO_NAMES = new Set([
  'strict_date_optional_time', 'date_optional_time', 'strict_date_optional_time_nanos', 'strict_date_time', 'date_time',
  'strict_date_time_no_millis', 'date_time_no_millis', 'strict_date', 'date', 'iso8601', 'strict_date_hour_minute_second',
  'date_hour_minute_second', 'strict_date_hour_minute_second_millis', 'date_hour_minute_second_millis', 'strict_year',
  'year', 'strict_year_month', 'year_month', 'strict_year_month_day', 'year_month_day', 'strict_date_hour_minute',
  'date_hour_minute', 'strict_date_hour', 'date_hour', 'strict_date_hour_minute_second_fraction', 'date_hour_minute_second_fraction',
]); // prettier-ignore

const PATTERN_NAMES: Readonly<Record<string, string>> = {
  basic_date: 'yyyyMMdd',
  basic_date_time: "yyyyMMdd'T'HHmmss.SSSX",
  basic_date_time_no_millis: "yyyyMMdd'T'HHmmssX",
};

const LETTERS: Readonly<Record<string, keyof DateParts>> = {
  y: 'year',
  u: 'year',
  M: 'month',
  d: 'day',
  H: 'hour',
  m: 'minute',
  s: 'second',
  S: 'nanos',
  n: 'nanos',
  X: 'offset',
  x: 'offset',
  Z: 'offset',
};

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** A Java date pattern such as `yyyy-MM-dd HH:mm:ss`; undefined when it uses a letter that is not known here. */
function patternFormat(pattern: string): DateFormat | undefined {
  let source = '';
  const keys: (keyof DateParts)[] = [];
  for (let i = 0; i < pattern.length;) {
    const letter = pattern[i] ?? '';
    if (letter === "'") {
      const end = pattern.indexOf("'", i + 1);
      if (end < 0) return undefined;
      source += end === i + 1 ? "'" : escape(pattern.slice(i + 1, end));
      i = end + 1;
      continue;
    }
    let run = 1;
    while (pattern[i + run] === letter) run++;
    i += run;
    if (!/[A-Za-z]/.test(letter)) {
      source += escape(letter.repeat(run));
      continue;
    }
    const key = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
    if (key === undefined || (letter === 'M' && run > 2)) return undefined;
    keys.push(key);
    if (key === 'offset') source += '(Z|[+-]\\d{2}(?::?\\d{2})?)';
    else if (key === 'nanos') source += `(\\d{1,${Math.max(run, 1)}})`;
    else source += run === 1 ? '(\\d{1,4})' : `(\\d{${run}})`;
  }
  if (!keys.includes('year')) return undefined;
  const compiled = new RegExp(`^${source}$`);
  return (text) => {
    const found = compiled.exec(text);
    if (found === null) return undefined;
    const values = new Map(keys.map((key, at) => [key, found[at + 1]]));
    return parts({
      year: number(values.get('year')),
      month: number(values.get('month')),
      day: number(values.get('day')),
      hour: number(values.get('hour')),
      minute: number(values.get('minute')),
      second: number(values.get('second')),
      nanos: fraction(values.get('nanos')),
      offset: offset(values.get('offset')),
    });
  };
}

const compiled = new Map<string, readonly DateFormat[] | undefined>();

/** The alternatives of a format such as `strict_date_optional_time||epoch_millis`; undefined if one of them is not known. */
export function formatsOf(format: string): readonly DateFormat[] | undefined {
  if (!compiled.has(format)) {
    const all = format.split('||').map((name) => {
      if (ISO_NAMES.has(name)) return isoDate;
      if (name === 'epoch_millis') return epoch(1_000_000n, 6);
      if (name === 'epoch_second') return epoch(1_000_000_000n, 9);
      return patternFormat(Object.hasOwn(PATTERN_NAMES, name) ? (PATTERN_NAMES[name] ?? name) : name);
    });
    compiled.set(format, all.every((one) => one !== undefined) ? all : undefined);
  }
  return compiled.get(format);
}
