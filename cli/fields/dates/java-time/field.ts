/** Fields of java.time that a format can read (java: ChronoField, IsoFields, JulianFields, WeekFields). */
export type TemporalField =
  | 'era'
  | 'year'
  | 'year_of_era'
  | 'month'
  | 'day_of_month'
  | 'day_of_year'
  | 'day_of_week'
  | 'week_of_month_aligned'
  | 'quarter'
  | 'modified_julian_day'
  /** Weeks of ISO 8601. */
  | 'iso_week_year'
  | 'iso_week'
  /** Weeks as a locale counts them. */
  | 'week_year'
  | 'week'
  | 'week_of_month'
  | 'weekday'
  | 'half_day'
  | 'hour'
  | 'hour_of_half'
  | 'clock_hour'
  | 'clock_hour_of_half'
  | 'minute'
  | 'second'
  | 'nano'
  | 'nano_of_day'
  | 'milli_of_day'
  | 'offset';

const MAX_YEAR = 999_999_999;

/** Lowest and highest value. */
const RANGES: Readonly<Partial<Record<TemporalField, readonly [low: number, high: number]>>> = {
  era: [0, 1],
  year: [-MAX_YEAR, MAX_YEAR],
  year_of_era: [1, MAX_YEAR + 1],
  month: [1, 12],
  day_of_month: [1, 31],
  day_of_year: [1, 366],
  day_of_week: [1, 7],
  week_of_month_aligned: [1, 5],
  iso_week_year: [-MAX_YEAR, MAX_YEAR],
  iso_week: [1, 53],
  week_year: [-MAX_YEAR, MAX_YEAR],
  week: [1, 53],
  week_of_month: [0, 6],
  weekday: [1, 7],
  half_day: [0, 1],
  hour: [0, 23],
  hour_of_half: [0, 11],
  clock_hour: [1, 24],
  clock_hour_of_half: [1, 12],
  minute: [0, 59],
  second: [0, 59],
  nano: [0, 999_999_999],
  nano_of_day: [0, 86_399_999_999_999],
  milli_of_day: [0, 86_399_999],
};

export function inRange(field: TemporalField, value: number): boolean {
  const range = RANGES[field];
  return range === undefined || (value >= range[0] && value <= range[1]);
}

/** Fields whose range is checked even where nothing was made of them. */
export const TIME_FIELDS: readonly TemporalField[] = [
  'half_day', 'hour', 'hour_of_half', 'clock_hour', 'clock_hour_of_half', 'minute', 'second', 'nano', 'nano_of_day', 'milli_of_day',
]; // prettier-ignore
