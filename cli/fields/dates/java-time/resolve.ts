import { dateOf, dayOfYear, weekdayOf } from '../calendar.ts';
import type { TemporalField } from './field.ts';
import { inRange, TIME_FIELDS } from './field.ts';
import { resolveCalendar, resolveOther, Unresolved, type Fields, type Style } from './resolve-date.ts';
import { GAP, resolvePartialTime, resolveWholeTime, type TimeOfDay } from './resolve-time.ts';
import { ISO_WEEKS, localWeekday, weekOf, weekOfMonth, type Weeks } from './weeks.ts';

/** A day and a time of it, as far as the fields make one, and the fields that are left. */
export interface Resolved {
  readonly day: number | undefined;
  /** Nanoseconds of the day. */
  readonly nano: number | undefined;
  readonly fields: Fields;
}

/** The value that a day has in a field; undefined if it has none. */
function ofDay(day: number, field: TemporalField, weeks: Weeks): number | undefined {
  const { year, month, day: ofMonth } = dateOf(day);
  switch (field) {
    case 'year':
      return year;
    case 'year_of_era':
      return year > 0 ? year : 1 - year;
    case 'era':
      return year > 0 ? 1 : 0;
    case 'month':
      return month;
    case 'day_of_month':
      return ofMonth;
    case 'day_of_year':
      return dayOfYear(day);
    case 'day_of_week':
      return weekdayOf(day);
    case 'week_of_month_aligned':
      return Math.floor((ofMonth - 1) / 7) + 1;
    case 'quarter':
      return Math.floor((month - 1) / 3) + 1;
    case 'modified_julian_day':
      return day + 40_587;
    case 'iso_week_year':
      return weekOf(day, ISO_WEEKS).year;
    case 'iso_week':
      return weekOf(day, ISO_WEEKS).week;
    case 'week_year':
      return weekOf(day, weeks).year;
    case 'week':
      return weekOf(day, weeks).week;
    case 'week_of_month':
      return weekOfMonth(day, weeks);
    case 'weekday':
      return localWeekday(day, weeks);
    default:
      return undefined;
  }
}

/** The value that a time of the day has in a field. */
function ofTime(nano: number, field: TemporalField): number | undefined {
  const hour = Math.floor(nano / 3_600_000_000_000);
  switch (field) {
    case 'hour':
      return hour;
    case 'clock_hour':
      return hour === 0 ? 24 : hour;
    case 'hour_of_half':
      return hour % 12;
    case 'clock_hour_of_half':
      return hour % 12 === 0 ? 12 : hour % 12;
    case 'half_day':
      return Math.floor(hour / 12);
    case 'minute':
      return Math.floor(nano / 60_000_000_000) % 60;
    case 'second':
      return Math.floor(nano / 1_000_000_000) % 60;
    case 'nano':
      return nano % 1_000_000_000;
    case 'milli_of_day':
      return Math.floor(nano / 1_000_000);
    case 'nano_of_day':
      return nano;
    default:
      return undefined;
  }
}

/** Fields that say again what is known have to agree with it (java: Parsed.crossCheck). */
function crossCheck(fields: Fields, known: (field: TemporalField) => number | undefined): void {
  for (const [field, value] of [...fields]) {
    const expected = known(field);
    if (expected === undefined) continue;
    if (expected !== value) throw new Unresolved();
    fields.delete(field);
  }
}

/** Makes a date and a time of fields (java: Parsed.resolve). Throws Unresolved where they contradict each other. */
export function resolve(fields: Fields, style: Style, weeks: Weeks): Resolved {
  let day = resolveCalendar(fields, style);
  let time = resolveWholeTime(fields, style);
  if (fields.size > 0) {
    const other = resolveOther(fields, style, weeks);
    const again = resolveCalendar(fields, style);
    for (const found of [other, again]) {
      if (found === undefined) continue;
      if (day !== undefined && day !== found) throw new Unresolved();
      day = found;
    }
  }
  const rest = time === undefined ? resolvePartialTime(fields, style) : undefined;
  if (rest !== GAP) time ??= rest;
  if (style !== 'lenient' && rest !== GAP)
    for (const field of TIME_FIELDS) if (!inRange(field, fields.get(field) ?? lowest(field))) throw new Unresolved();
  if (day !== undefined) crossCheck(fields, (field) => ofDay(day ?? 0, field, weeks));
  if (time !== undefined) crossCheck(fields, (field) => ofTime(time?.nano ?? 0, field));
  return { day: later(day, time), nano: time?.nano, fields };
}

/** A value that is always in range, for fields that are absent. */
const lowest = (field: TemporalField): number => (field.startsWith('clock') ? 1 : 0);

const later = (day: number | undefined, time: TimeOfDay | undefined): number | undefined =>
  day === undefined ? undefined : day + (time?.days ?? 0);
