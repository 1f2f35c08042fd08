import type { TemporalField } from './field.ts';
import type { Grammar, Part } from './grammar.ts';
import type { Sign } from './numbers.ts';
import type { Style } from './resolve-date.ts';
import { ISO_WEEKS } from './weeks.ts';

/*
 * The named formats that Elasticsearch builds of parts of java.time, as release 9.2 does
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/time/DateFormatters.java). They differ in small things, such as
 * which of them want exactly two digits or refuse a sign; where that is odd it is Elasticsearch's.
 */

const number = (field: TemporalField, min: number, max = min, sign: Sign = 'none'): Part => ({
  kind: 'number',
  field,
  min,
  max,
  sign,
});
const year = (min: number, max: number, sign: Sign): Part => number('year', min, max, sign);
const fraction = (max: number): Part => ({ kind: 'fraction', min: 1, max, point: true });
const group = (...parts: readonly Part[]): Part => ({ kind: 'group', parts });
const optional = (...parts: readonly Part[]): Part => ({ kind: 'optional', parts });

const ZONE: Part = { kind: 'zone', named: false };
const OFFSET: Part = { kind: 'offset', pattern: '+HHmm', none: 'Z' };
const COLON_OFFSET: Part = { kind: 'offset', pattern: '+HH:MM', none: 'Z' };

const [H, M, S] = [number('hour', 2), number('minute', 2), number('second', 2)];
const [h, m, s] = [number('hour', 1, 2), number('minute', 1, 2), number('second', 1, 2)];

const BASIC_TIME = group(H, M, S, fraction(9));
const BASIC_TIME_NO_MILLIS = group(H, M, S);
const BASIC_DATE = group(year(4, 4, 'minus'), number('month', 2), number('day_of_month', 2));
const STRICT_TIME = group(H, ':', M, ':', S, fraction(9));
const STRICT_SECOND = group(H, ':', M, ':', S);
const TIME = group(h, ':', m, ':', s, fraction(9));
const SECOND = group(h, ':', m, ':', s);
const MINUTE = group(h, ':', m);
const DATE = group(
  year(1, 9, 'minus'),
  optional('-', number('month', 1, 2), optional('-', number('day_of_month', 1, 2))),
);
const STRICT_DATE = group(year(4, 19, 'exceeds'), '-', number('month', 2), '-', number('day_of_month', 2));
const ORDINAL_DATE = group(year(4, 10, 'exceeds'), '-', number('day_of_year', 1, 3));
const STRICT_ORDINAL_DATE = group(year(4, 4, 'exceeds'), '-', number('day_of_year', 3));

const isoWeek = (min: number, max: number, sign: Sign, weekMin: number, weekSign: 'none' = 'none'): readonly Part[] => [
  number('iso_week_year', min, max, sign),
  'W',
  number('iso_week', weekMin, 2, weekSign),
  number('day_of_week', 1, 19, 'minus'),
];
const BASIC_WEEK = isoWeek(1, 19, 'minus', 1);
const STRICT_BASIC_WEEK = isoWeek(4, 4, 'none', 1);
const STRICT_BASIC_WEEK_NO_MILLIS = isoWeek(4, 10, 'minus', 2);
const weekDate = (weekMin: number): Part =>
  group(number('iso_week_year', 4, 10, 'exceeds'), '-W', number('iso_week', weekMin, 2), '-', number('day_of_week', 1));
const [WEEK_DATE, STRICT_WEEK_DATE] = [weekDate(1), weekDate(2)];

const weekYear = (strict: boolean): Part =>
  number('week_year', strict ? 4 : 1, strict ? 10 : 19, strict ? 'exceeds' : 'minus');
const weekYearWeek = (strict: boolean): readonly Part[] => [
  weekYear(strict),
  '-W',
  strict ? number('week', 2) : number('week', 1, 19, 'minus'),
];
const WEEKDAY: readonly Part[] = ['-', number('weekday', 1, 19, 'minus')];

type Made = readonly Grammar[];
const one = (style: Style, ...parts: readonly Part[]): Made => [{ parts, style }];
/** A zone or an offset with a colon, or an offset without one. */
const zoned = (...parts: readonly Part[]): Made => [
  ...one('strict', ...parts, ZONE),
  ...one('strict', ...parts, OFFSET),
];
const offset = (...parts: readonly Part[]): Made => [
  ...one('strict', ...parts, COLON_OFFSET),
  ...one('strict', ...parts, OFFSET),
];
const isoWeeks = (made: Made): Made => made.map((grammar) => ({ ...grammar, weeks: ISO_WEEKS }));
const anyCase = (made: Made): Made => made.map((grammar) => ({ ...grammar, ignoreCase: true }));

const TO_MINUTE = [DATE, 'T', MINUTE] as const;

export const NAMED: Readonly<Record<string, Made>> = {
  basic_date: one('strict', year(1, 4, 'minus'), number('month', 1, 2), number('day_of_month', 1, 2)).map(
    (grammar) => ({ ...grammar, inUtc: true }),
  ),
  basic_date_time: zoned(BASIC_DATE, 'T', BASIC_TIME),
  basic_date_time_no_millis: zoned(BASIC_DATE, 'T', BASIC_TIME_NO_MILLIS),
  basic_ordinal_date: one('smart', year(4, 19, 'exceeds'), number('day_of_year', 3)),
  basic_ordinal_date_time: zoned(
    group(number('year_of_era', 4, 19, 'exceeds'), number('day_of_year', 3)),
    'T',
    BASIC_TIME,
  ),
  basic_ordinal_date_time_no_millis: zoned(
    group(year(4, 19, 'exceeds'), number('day_of_year', 3)),
    'T',
    BASIC_TIME_NO_MILLIS,
  ),
  basic_time: zoned(BASIC_TIME),
  basic_time_no_millis: zoned(BASIC_TIME_NO_MILLIS),
  basic_t_time: [...one('strict', 'T', BASIC_TIME, ZONE), ...one('smart', 'T', BASIC_TIME, OFFSET)],
  basic_t_time_no_millis: zoned('T', BASIC_TIME_NO_MILLIS),
  basic_week_date: one('strict', ...BASIC_WEEK),
  basic_week_date_time: zoned(...BASIC_WEEK, 'T', BASIC_TIME),
  basic_week_date_time_no_millis: zoned(...BASIC_WEEK, 'T', BASIC_TIME_NO_MILLIS),
  date: one('strict', DATE),
  date_hour: one('strict', DATE, 'T', h),
  date_hour_minute: one('strict', ...TO_MINUTE),
  date_hour_minute_second: one('strict', DATE, 'T', SECOND),
  date_hour_minute_second_fraction: one('strict', DATE, 'T', TIME),
  date_hour_minute_second_millis: one('strict', DATE, 'T', SECOND, fraction(3)),
  date_optional_time: one(
    'strict',
    DATE,
    optional(
      'T',
      optional(
        h,
        optional(
          ':',
          m,
          optional(':', s),
          optional(fraction(9)),
          optional(',', { kind: 'fraction', min: 1, max: 9, point: false }),
          optional(ZONE),
          optional(OFFSET),
        ),
      ),
    ),
  ),
  date_time: offset(...TO_MINUTE, optional(':', s, fraction(9))),
  date_time_no_millis: [
    ...offset(...TO_MINUTE, optional(':', s)),
    ...one('strict', ...TO_MINUTE, optional(':', s), optional(ZONE)),
    ...one('strict', ...TO_MINUTE, optional(':', s), optional(OFFSET)),
  ],
  hour: one('strict', h),
  hour_minute: one('strict', MINUTE),
  hour_minute_second: one('strict', SECOND),
  hour_minute_second_fraction: one('strict', TIME),
  hour_minute_second_millis: one('strict', SECOND, fraction(3)),
  ordinal_date: one('strict', ORDINAL_DATE),
  ordinal_date_time: zoned(ORDINAL_DATE, 'T', MINUTE, optional(':', s, fraction(9))),
  ordinal_date_time_no_millis: zoned(ORDINAL_DATE, 'T', SECOND),
  time: zoned(TIME),
  time_no_millis: zoned(SECOND),
  t_time: zoned('T', TIME),
  t_time_no_millis: zoned('T', SECOND),
  week_date: one('strict', WEEK_DATE),
  week_date_time: zoned(WEEK_DATE, 'T', TIME),
  week_date_time_no_millis: zoned(WEEK_DATE, 'T', SECOND),
  weekyear: isoWeeks(one('strict', weekYear(false))),
  weekyear_week: isoWeeks(one('strict', ...weekYearWeek(false))),
  weekyear_week_day: isoWeeks(one('strict', ...weekYearWeek(false), ...WEEKDAY)),
  year: one('strict', year(1, 19, 'minus')),
  year_month: one('strict', year(1, 19, 'minus'), '-', number('month', 1, 19, 'minus')),
  year_month_day: one(
    'strict',
    year(1, 19, 'minus'),
    '-',
    number('month', 1, 19, 'minus'),
    '-',
    number('day_of_month', 1, 19, 'minus'),
  ),
  strict_basic_week_date: one('strict', ...STRICT_BASIC_WEEK),
  strict_basic_week_date_time: zoned(...STRICT_BASIC_WEEK, 'T', BASIC_TIME),
  strict_basic_week_date_time_no_millis: zoned(...STRICT_BASIC_WEEK_NO_MILLIS, 'T', BASIC_TIME_NO_MILLIS),
  strict_date: one('lenient', year(4, 10, 'exceeds'), '-', number('month', 2), '-', number('day_of_month', 2)),
  strict_date_hour: one('smart', STRICT_DATE, 'T', H),
  strict_date_hour_minute: one('smart', STRICT_DATE, 'T', H, ':', M),
  strict_hour: one('smart', H),
  strict_hour_minute: one('smart', H, ':', M),
  strict_hour_minute_second: one('strict', STRICT_SECOND),
  strict_hour_minute_second_fraction: one('strict', STRICT_TIME),
  strict_hour_minute_second_millis: one('strict', STRICT_TIME),
  strict_ordinal_date: anyCase(one('strict', STRICT_ORDINAL_DATE)),
  strict_ordinal_date_time: zoned(STRICT_ORDINAL_DATE, 'T', H, ':', M, optional(':', S, fraction(9))),
  strict_ordinal_date_time_no_millis: zoned(STRICT_ORDINAL_DATE, 'T', STRICT_SECOND),
  strict_time: zoned(STRICT_TIME),
  strict_time_no_millis: zoned(STRICT_SECOND),
  strict_t_time: zoned('T', STRICT_TIME),
  strict_t_time_no_millis: zoned('T', STRICT_SECOND),
  strict_week_date: anyCase(one('strict', STRICT_WEEK_DATE)),
  strict_week_date_time: anyCase(zoned(STRICT_WEEK_DATE, 'T', STRICT_TIME)),
  strict_week_date_time_no_millis: anyCase(zoned(STRICT_WEEK_DATE, 'T', STRICT_SECOND)),
  strict_weekyear: isoWeeks(one('strict', weekYear(true))),
  strict_weekyear_week: isoWeeks(one('strict', ...weekYearWeek(true))),
  strict_weekyear_week_day: isoWeeks(one('strict', ...weekYearWeek(true), ...WEEKDAY)),
  strict_year_month_day: one(
    'strict',
    year(4, 4, 'exceeds'),
    optional('-', number('month', 2), optional('-', number('day_of_month', 2))),
  ),
};
