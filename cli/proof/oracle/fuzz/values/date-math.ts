import type { Random } from '../random.ts';

/** Expressions of date math that are wrong, or special. */
const FIXED: readonly string[] = [
  'now', 'now-1d', 'now/d', 'now-1d/d', 'now+1M', 'now-100y', 'now/w', 'now-7d/d', '2024-01-15||/x', 'now-', 'now+1', '2024-01-15||', 'now-2d/d+3h', '2024-01-15||+2147483647d',
  '2024-01-15||/2d', '2024-01-15||/D', '2024-01-15||+1Y', '2024-01-15||+d', 'now+1d||/d', '2024||/y', '2024-01-15T10||/m',
]; // prettier-ignore

/** Places from which a few units lead to the instants of `DATES_OF_UNITS`. */
const ANCHORS: readonly string[] = [
  '2024-01-15', '2024-01-17', '2024-01-14', '2024-01-31', '2024-02-29', '2024-01-15T10:20:30Z', '2024-01-15T10:20:30.123Z', '2024-01-15T00:00:00+01:00', '2023-12-31T23:59:59.999Z', '2024',
]; // prettier-ignore
const UNITS = Array.from('yMwdhHms');

/** Steps over months to one that is shorter, near instants of `DATES_OF_UNITS`. */
const INTO_SHORTER: readonly string[] = [
  '2024-01-31||+1M', '2023-12-31||+2M', '2024-03-31||-1M', '2024-05-31||-3M', '2023-01-31||+13M', '2024-01-30||+1M', '2024-03-31||-1M/d', '2023-12-31T23:59:59.999Z||+2M',
]; // prettier-ignore

/** First and last instants of years, months, weeks, days, hours and minutes, as documents hold them. */
export const DATES_OF_UNITS: readonly string[] = [
  '2024-01-01', '2023-12-31T23:59:59.999Z', '2024-01-14', '2024-01-14T23:59:59.999Z', '2024-01-15', '2024-01-15T23:59:59.999Z', '2024-01-16', '2024-01-21', '2024-01-21T23:59:59.999Z', '2024-01-22',
  '2024-01-31', '2024-01-31T23:59:59.999Z', '2024-02-01', '2024-02-29T23:59:59.999Z', '2024-03-01', '2024-12-31T23:59:59.999Z', '2025-01-01', '2024-01-15T10:00:00Z', '2024-01-15T10:59:59.999Z',
  '2024-01-15T11:00:00Z', '2024-01-15T10:20:00Z', '2024-01-15T10:20:59.999Z', '2024-01-15T10:20:30.999Z', '2024-01-15T10:20:31Z', '2024-01-13', '2024-01-18', '2024-01-08',
]; // prettier-ignore

/** The same as a date_nanos tells them apart. */
export const NANOS_OF_UNITS: readonly string[] = [
  '2024-01-15T10:20:30.999999999Z', '2024-01-15T10:20:30.999999Z', '2024-01-15T23:59:59.999999999Z', '2024-01-15T10:59:59.999999999Z', '2024-01-31T23:59:59.999999999Z', '2024-01-15T10:20:30.123000001Z',
]; // prettier-ignore

/** An expression of date math: steps and rounding from an anchor whose surroundings documents hold. */
export const dateMath = (random: Random): string =>
  random.weighted<string>([
    [3, () => random.pick(FIXED)],
    [1, () => random.pick(INTO_SHORTER)],
    [6, () => `${random.usual(ANCHORS)}||${Array.from({ length: random.int(1, 2) }, () => step(random)).join('')}`],
  ]);

const step = (random: Random): string =>
  random.chance(0.6)
    ? `/${random.pick(UNITS)}`
    : `${random.pick(['+', '-'])}${random.pick(['', '1', '2', '12'])}${random.pick(UNITS)}`;
