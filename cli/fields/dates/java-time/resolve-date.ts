import { dateOf, dayOf, daysIn, isLeap, plusMonths, weekdayOf } from '../calendar.ts';
import { inRange, type TemporalField } from './field.ts';
import { dayOfWeek, localWeekday, weekOfMonth, weeksIn, type Weeks } from './weeks.ts';
import { ISO_WEEKS } from './weeks.ts';

/** How strictly fields make a date: as they stand, to the last day of a month at most, or rolling over (java: ResolverStyle). */
export type Style = 'strict' | 'smart' | 'lenient';

/** Fields that contradict each other, or that lie out of range. */
export class Unresolved extends Error {}

export type Fields = Map<TemporalField, number>;

/** The value of a field, which is taken away; throws where it lies out of range. */
export function take(fields: Fields, field: TemporalField, style: Style = 'strict'): number {
  const value = fields.get(field) ?? 0;
  fields.delete(field);
  if (style !== 'lenient' && !inRange(field, value)) throw new Unresolved();
  return value;
}

/** Sets a field; throws if it has another value. */
export function agree(fields: Fields, field: TemporalField, value: number): void {
  const old = fields.get(field);
  if (old !== undefined && old !== value) throw new Unresolved();
  fields.set(field, value);
}

const hasAll = (fields: Fields, ...wanted: readonly TemporalField[]): boolean => wanted.every((one) => fields.has(one));

/** Years of an era become years. Without an era a strict resolver leaves them (java: IsoChronology.resolveYearOfEra). */
function resolveYearOfEra(fields: Fields, style: Style): void {
  const ofEra = fields.get('year_of_era');
  const era = fields.get('era');
  if (era !== undefined && !inRange('era', era)) throw new Unresolved();
  if (ofEra === undefined) return;
  if (style !== 'lenient' && !inRange('year_of_era', ofEra)) throw new Unresolved();
  const year = fields.get('year');
  if (era === undefined && year === undefined && style === 'strict') return;
  fields.delete('year_of_era');
  fields.delete('era');
  const later = era === undefined ? year === undefined || year > 0 : era === 1;
  agree(fields, 'year', later ? ofEra : 1 - ofEra);
}

function fromMonthAndDay(fields: Fields, style: Style): number {
  const year = take(fields, 'year');
  const [month, day] = [take(fields, 'month', style), take(fields, 'day_of_month', style)];
  if (style === 'lenient') return plusMonths(dayOf(year, 1, 1), month - 1) + day - 1;
  const last = daysIn(year, month);
  // Past the end of a shorter month a smart resolver takes its last day
  if (day > last && style === 'strict') throw new Unresolved();
  return dayOf(year, month, Math.min(day, last));
}

/** The day of the week at or after the first day of a week that is counted from the first of the month. */
function fromAlignedWeek(fields: Fields, style: Style): number {
  const year = take(fields, 'year');
  const month = take(fields, 'month', style);
  const [week, weekday] = [take(fields, 'week_of_month_aligned', style), take(fields, 'day_of_week', style)];
  const start = plusMonths(dayOf(year, 1, 1), month - 1) + (week - 1) * 7;
  const day = start + ((((weekday - weekdayOf(start)) % 7) + 7) % 7);
  if (style === 'strict' && dateOf(day).month !== month) throw new Unresolved();
  return day;
}

/** What year, month and day come to; undefined where something is missing (java: AbstractChronology.resolveDate). */
export function resolveCalendar(fields: Fields, style: Style): number | undefined {
  resolveYearOfEra(fields, style);
  if (!fields.has('year')) return undefined;
  if (hasAll(fields, 'month', 'day_of_month')) return fromMonthAndDay(fields, style);
  if (hasAll(fields, 'month', 'week_of_month_aligned', 'day_of_week')) return fromAlignedWeek(fields, style);
  if (!fields.has('day_of_year')) return undefined;
  const year = take(fields, 'year');
  const ofYear = take(fields, 'day_of_year', style);
  if (style !== 'lenient' && ofYear === 366 && !isLeap(year)) throw new Unresolved();
  return dayOf(year, 1, 1) + ofYear - 1;
}

/** The 2nd of January 2024 as `2024-W01-2`. */
function fromIsoWeek(fields: Fields, style: Style): number {
  const year = take(fields, 'iso_week_year');
  const weekday = take(fields, 'day_of_week');
  const week = take(fields, 'iso_week');
  if (style === 'strict' && week > weeksIn(year, ISO_WEEKS)) throw new Unresolved();
  const fourth = dayOf(year, 1, 4);
  return fourth - weekdayOf(fourth) + 1 + (week - 1) * 7 + weekday - 1;
}

function fromWeekOfMonth(fields: Fields, style: Style, weeks: Weeks): number {
  const year = take(fields, 'year');
  const month = take(fields, 'month');
  const week = take(fields, 'week_of_month');
  const weekday = ((take(fields, 'day_of_week') - weeks.firstDay + 7) % 7) + 1;
  const first = dayOf(year, month, 1);
  const day = first + (week - weekOfMonth(first, weeks)) * 7 + weekday - localWeekday(first, weeks);
  if (style === 'strict' && dateOf(day).month !== month) throw new Unresolved();
  return day;
}

function fromWeekOfYear(fields: Fields, style: Style, weeks: Weeks): number {
  const year = take(fields, 'week_year');
  const week = take(fields, 'week');
  const weekday = ((take(fields, 'day_of_week') - weeks.firstDay + 7) % 7) + 1;
  if (week > weeksIn(year, weeks)) throw new Unresolved();
  void style;
  return dayOfWeek(year, week, weekday, weeks);
}

/** Dates that are counted in weeks or from 1858; undefined: none of them (java: IsoFields, WeekFields, JulianFields). */
export function resolveOther(fields: Fields, style: Style, weeks: Weeks): number | undefined {
  const weekday = fields.get('weekday');
  if (weekday !== undefined) {
    take(fields, 'weekday');
    fields.set('day_of_week', ((weeks.firstDay - 1 + weekday - 1) % 7) + 1);
  }
  const julian = fields.get('modified_julian_day');
  if (julian !== undefined) {
    fields.delete('modified_julian_day');
    return julian - 40_587;
  }
  if (hasAll(fields, 'iso_week', 'iso_week_year', 'day_of_week')) return fromIsoWeek(fields, style);
  if (hasAll(fields, 'week_of_month', 'day_of_week', 'year', 'month')) return fromWeekOfMonth(fields, style, weeks);
  if (hasAll(fields, 'week', 'week_year', 'day_of_week') && !fields.has('year'))
    return fromWeekOfYear(fields, style, weeks);
  return undefined;
}
