import { dayOf } from '../calendar.ts';
import { SECONDS_PER_DAY, type Instant } from '../instant.ts';
import type { Zone } from './zone.ts';

/** Days in which the calendar and the days of the week repeat. */
const CYCLE = 146_097;
/** Rules that are fixed today repeat in every cycle from here on. */
const REPEATS_FROM = dayOf(2400, 1, 1);
/** No region had a rule before, only its local mean time. */
const FIRST_DAY = dayOf(1800, 1, 1);

const formatIn = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

/** A region of the tz database, whose rules the host's Intl has. */
export function regionZone(name: string): Zone {
  // Made when first needed: the host takes some milliseconds
  let format: Intl.DateTimeFormat | undefined;
  const offsetAt = ({ day, nano }: Instant): number => {
    const known = day < REPEATS_FROM ? Math.max(day, FIRST_DAY) : REPEATS_FROM + ((day - REPEATS_FROM) % CYCLE);
    const second = Math.floor(nano / 1e9);
    format ??= formatIn(name);
    const parts = new Map(
      format.formatToParts((known * SECONDS_PER_DAY + second) * 1000).map(({ type, value }) => [type, value]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type) ?? 0);
    const ofDay = (part('hour') * 60 + part('minute')) * 60 + part('second');
    return (dayOf(part('year'), part('month'), part('day')) - known) * SECONDS_PER_DAY + ofDay - second;
  };
  return { offsetAt };
}
