import { dateOf, dayOf, dayOfYear, daysOfYear, weekdayOf } from '../calendar.ts';

/** Where weeks begin (1 Monday to 7 Sunday), and how many days of a year its first week has at least (java: WeekFields). */
export interface Weeks {
  readonly firstDay: number;
  readonly minimalDays: number;
}

export const ISO_WEEKS: Weeks = { firstDay: 1, minimalDays: 4 };
/** Those of English and of no language, for the United States. */
export const LOCAL_WEEKS: Weeks = { firstDay: 7, minimalDays: 1 };

const floorMod = (value: number, by: number): number => ((value % by) + by) % by;

/** 1 to 7 from the first day of the week on. */
export const localWeekday = (epochDay: number, { firstDay }: Weeks): number =>
  floorMod(weekdayOf(epochDay) - firstDay, 7) + 1;

/** Where the first week begins, seen from a day of the year or month that is a given day of the week. */
function startOffset(dayOfPeriod: number, weekday: number, { minimalDays }: Weeks): number {
  const weekStart = floorMod(dayOfPeriod - weekday, 7);
  return weekStart + 1 > minimalDays ? 7 - weekStart : -weekStart;
}

const weekAt = (offset: number, dayOfPeriod: number): number => Math.floor((7 + offset + (dayOfPeriod - 1)) / 7);

/** Number of the week that a day lies in; 0 for days before the first week of the month. */
export function weekOfMonth(epochDay: number, weeks: Weeks): number {
  const { day } = dateOf(epochDay);
  return weekAt(startOffset(day, localWeekday(epochDay, weeks), weeks), day);
}

/** Year and week that a day belongs to. */
export function weekOf(epochDay: number, weeks: Weeks): { readonly year: number; readonly week: number } {
  const { year } = dateOf(epochDay);
  const ofYear = dayOfYear(epochDay);
  const offset = startOffset(ofYear, localWeekday(epochDay, weeks), weeks);
  const week = weekAt(offset, ofYear);
  if (week === 0) return { year: year - 1, week: weekOf(epochDay - ofYear, weeks).week };
  const nextYear = weekAt(offset, daysOfYear(year) + weeks.minimalDays);
  return week >= nextYear ? { year: year + 1, week: week - nextYear + 1 } : { year, week };
}

/** Weeks of a year: 52 or 53. */
export function weeksIn(year: number, weeks: Weeks): number {
  const middle = dayOf(year, 7, 2);
  const ofYear = dayOfYear(middle);
  const offset = startOffset(ofYear, localWeekday(middle, weeks), weeks);
  return weekAt(offset, daysOfYear(year) + weeks.minimalDays) - 1;
}

/** The day that is the given day (from the first day of the week) of a week of a year; a 53rd week may be the 52nd. */
export function dayOfWeek(year: number, week: number, weekday: number, weeks: Weeks): number {
  const first = dayOf(year, 1, 1);
  const offset = startOffset(1, localWeekday(first, weeks), weeks);
  const last = weekAt(offset, daysOfYear(year) + weeks.minimalDays) - 1;
  return first - offset + (Math.min(week, last) - 1) * 7 + weekday - 1;
}

/**
 * The first day of a week of a year, of the week of 1970-01-01 where none is given; undefined beyond 53 weeks
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/time/DateFormatters.java localDateFromWeekBasedDate).
 */
export function firstDayOf(year: number, week: number | undefined, weeks: Weeks): number | undefined {
  if (week !== undefined && (week < 1 || week > 53)) return undefined;
  const start =
    weekOf(0, weeks).year === year ? 0 : dayOfWeek(year, weekOf(0, weeks).week, localWeekday(0, weeks), weeks);
  const day = week === undefined ? start : start + (week - weekOf(start, weeks).week) * 7;
  return day - localWeekday(day, weeks) + 1;
}
