import { dateOf, dayOf, dayOfYear, plusMonths, weekdayOf } from './calendar.ts';
import { DateError } from './date-error.ts';
import { MAX_DAY, MIN_DAY, NANOS_PER_MILLI, NANOS_PER_SECOND, plusSeconds, type Instant } from './instant.ts';
import { atInstant, atLocal, toInstant, type Zone, type Zoned } from './zones/zone.ts';

/** Counts are Java ints. */
const MAX_COUNT = 2_147_483_647;
/** Units of a fixed length, in seconds: they move the instant. Others move the date on the calendar of the zone. */
const SECONDS: Readonly<Record<string, number>> = { h: 3600, H: 3600, m: 60, s: 1 };

const checked = (at: Zoned): Zoned => {
  if (at.local.day < MIN_DAY || at.local.day > MAX_DAY)
    throw new DateError('the date math leads beyond the calendar', {
      why: 'java.time has the years up to 999999999',
    });
  return at;
};

/** The local time changed; of a time that comes twice the offset stays (java: ZonedDateTime.resolveLocal). */
const withLocal = (at: Zoned, local: Instant): Zoned => checked(atLocal(local, at.zone, at.offset));

function plus(at: Zoned, count: number, unit: string): Zoned {
  const seconds = SECONDS[unit];
  if (seconds !== undefined) return checked(atInstant(plusSeconds(toInstant(at), count * seconds), at.zone));
  const { day, nano } = at.local;
  if (unit === 'd' || unit === 'w') return withLocal(at, { day: day + count * (unit === 'w' ? 7 : 1), nano });
  return withLocal(at, { day: plusMonths(day, count * (unit === 'y' ? 12 : 1)), nano });
}

function startOf(at: Zoned, unit: string): Zoned {
  const { day, nano } = at.local;
  const size = SECONDS[unit];
  if (size === undefined) {
    const first = firstDay(day, unit);
    return withLocal(withLocal(at, { day: first, nano }), { day: first, nano: 0 });
  }
  // Minute, second and fraction are cut off one by one, each on the clock of the zone
  let cut = at;
  for (const one of [3600, 60, 1].filter((seconds) => seconds <= size).map((seconds) => seconds * NANOS_PER_SECOND)) {
    const above = cut.local.nano % one;
    const kept = one === NANOS_PER_SECOND ? 0 : above % (one / 60);
    cut = withLocal(cut, { day: cut.local.day, nano: cut.local.nano - above + kept });
  }
  return cut;
}

/** The day that a unit begins with; weeks begin on Monday. */
function firstDay(day: number, unit: string): number {
  if (unit === 'd') return day;
  if (unit === 'w') return day - weekdayOf(day) + 1;
  return unit === 'y' ? day - dayOfYear(day) + 1 : dayOf(dateOf(day).year, dateOf(day).month, 1);
}

const minusMilli = (at: Zoned): Zoned => {
  const instant = toInstant(at);
  const nano = instant.nano - NANOS_PER_MILLI;
  return atInstant(
    nano < 0 ? plusSeconds({ day: instant.day, nano: nano + NANOS_PER_SECOND }, -1) : { day: instant.day, nano },
    at.zone,
  );
};

/**
 * Applies date math such as `+1M/d` from left to right. Rounding up leads to the last millisecond of the unit
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/time/JavaDateMathParser.java parseMath).
 */
export function applyMath(start: Instant, math: string, roundUp: boolean, zone: Zone): Instant {
  let at = atInstant(start, zone);
  const step = /([+-])(\d*)([yMwdhHms])|\/(\d*)([yMwdhHms])/y;
  for (let i = 0; i < math.length; i = step.lastIndex) {
    step.lastIndex = i;
    const found = step.exec(math);
    const digits = found?.[2] ?? found?.[4] ?? '';
    const count = digits === '' ? 1 : Number(digits);
    if (found === null || count > MAX_COUNT || (found[1] === undefined && count !== 1))
      throw new DateError(`"${math.slice(i, i + 12)}" is not date math`, {
        help: 'write +1d, -2h or /d; the units are y M w d h H m s',
      });
    const unit = found[3] ?? found[5] ?? '';
    if (found[1] !== undefined) at = plus(at, found[1] === '-' ? -count : count, unit);
    else if (!roundUp) at = startOf(at, unit);
    else at = minusMilli(plus(startOf(at, unit), 1, unit));
  }
  return toInstant(at);
}
