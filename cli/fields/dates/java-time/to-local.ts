import { dayOf, daysIn, isLeap } from '../calendar.ts';
import type { Local } from '../format.ts';
import { offsetZone } from '../zones/zone-of.ts';
import type { Zone } from '../zones/zone.ts';
import { inRange } from './field.ts';
import type { Fields } from './resolve-date.ts';
import type { Resolved } from './resolve.ts';
import { firstDayOf, type Weeks } from './weeks.ts';

const EPOCH_YEAR = 1970;

/** The day of a year, month and day; undefined for a 30th of February. */
function date(year: number, month: number, day: number): number | undefined {
  if (!inRange('year', year) || !inRange('month', month) || day < 1 || day > daysIn(year, month)) return undefined;
  return dayOf(year, month, day);
}

const yearOf = (fields: Fields): number | undefined => fields.get('year') ?? fields.get('year_of_era');

/** The day of fields that the resolver has left: it makes no date of years of an era. `none`: they are not those of a day. */
function dayOfFields(fields: Fields): number | undefined | 'none' {
  const year = yearOf(fields);
  if (year === undefined) return 'none';
  const [month, ofMonth, ofYear] = [fields.get('month'), fields.get('day_of_month'), fields.get('day_of_year')];
  if (month !== undefined && ofMonth !== undefined) return date(year, month, ofMonth);
  if (ofYear === undefined) return 'none';
  return ofYear < 1 || ofYear > (isLeap(year) ? 366 : 365) ? undefined : dayOf(year, 1, 1) + ofYear - 1;
}

/** A day for a time alone, or for a month or week alone; a time without any day is one of 1970-01-01. */
function inventedDay(fields: Fields, weeks: Weeks, timed: boolean): number | undefined {
  const [year, month, weekYear] = [yearOf(fields), fields.get('month'), fields.get('week_year')];
  if (!timed && year !== undefined) return date(year, month ?? 1, 1);
  // java.time would tell the week from a year and a day of the week, and fails
  if (fields.has('day_of_week') && fields.has('year')) return undefined;
  if (weekYear !== undefined) return firstDayOf(weekYear, fields.get('week'), weeks);
  if (month !== undefined) return date(year ?? EPOCH_YEAR, month, fields.get('day_of_month') ?? 1);
  return timed ? 0 : undefined;
}

/**
 * The local time that resolved fields mean, with what is missing filled in; undefined: they mean none
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/time/DateFormatters.java from).
 */
export function toLocal({ day, nano, fields }: Resolved, zone: Zone | undefined, weeks: Weeks): Local | undefined {
  const known = day ?? dayOfFields(fields);
  const found = known === 'none' ? inventedDay(fields, weeks, nano !== undefined) : known;
  if (found === undefined) return undefined;
  const seconds = fields.get('offset');
  const offset = seconds === undefined ? undefined : offsetZone(seconds);
  if (seconds !== undefined && offset === undefined) return undefined;
  return { day: found, nano: nano ?? 0, zone: zone ?? offset, explicit: offset ?? zone };
}
