import { NANOS_PER_DAY } from '../instant.ts';
import { inRange, type TemporalField } from './field.ts';
import { agree, take, Unresolved, type Fields, type Style } from './resolve-date.ts';

/** A time of day, and the days beyond it: 24:00 is midnight of the next day. */
export interface TimeOfDay {
  readonly nano: number;
  readonly days: number;
}

const HOUR = 3_600_000_000_000;
const MINUTE = 60_000_000_000;
const SECOND = 1_000_000_000;

/** Hours of other kinds become hours of the day (java: Parsed.resolveTimeFields). */
function resolveHours(fields: Fields, style: Style): void {
  for (const [clock, plain, top] of [
    ['clock_hour', 'hour', 24],
    ['clock_hour_of_half', 'hour_of_half', 12],
  ] as const) {
    const value = fields.get(clock);
    if (value === undefined) continue;
    fields.delete(clock);
    if (!inRange(clock, value) && !(value === 0 && style === 'smart') && style !== 'lenient') throw new Unresolved();
    agree(fields, plain, value === top ? 0 : value);
  }
  if (fields.has('half_day') && fields.has('hour_of_half'))
    agree(fields, 'hour', take(fields, 'half_day', style) * 12 + take(fields, 'hour_of_half', style));
}

function resolveCounts(fields: Fields, style: Style): void {
  const counts: readonly (readonly [field: TemporalField, nanos: number])[] = [
    ['nano_of_day', 1],
    ['milli_of_day', 1_000_000],
  ];
  for (const [field, nanos] of counts) {
    if (!fields.has(field)) continue;
    const value = take(fields, field, style) * nanos;
    agree(fields, 'hour', Math.floor(value / HOUR));
    agree(fields, 'minute', Math.floor(value / MINUTE) % 60);
    agree(fields, 'second', Math.floor(value / SECOND) % 60);
    // A count of milliseconds says nothing of what is below them
    const old = fields.get('nano');
    const below = value % SECOND;
    if (field === 'milli_of_day' && old !== undefined) agree(fields, 'nano', below + (old % 1_000_000));
    else agree(fields, 'nano', below);
  }
}

export function timeOf(hour: number, minute: number, second: number, nano: number, style: Style): TimeOfDay {
  const total = hour * HOUR + minute * MINUTE + second * SECOND + nano;
  if (style === 'lenient') {
    const days = Math.floor(total / NANOS_PER_DAY);
    return { nano: total - days * NANOS_PER_DAY, days };
  }
  if (!inRange('minute', minute) || !inRange('nano', nano)) throw new Unresolved();
  if (style === 'smart' && total === NANOS_PER_DAY && hour === 24) return { nano: 0, days: 1 };
  if (!inRange('hour', hour) || !inRange('second', second)) throw new Unresolved();
  return { nano: total, days: 0 };
}

/** The time of day where all of it is there. */
export function resolveWholeTime(fields: Fields, style: Style): TimeOfDay | undefined {
  resolveHours(fields, style);
  resolveCounts(fields, style);
  const nano = fields.get('nano');
  if (nano !== undefined && style !== 'lenient' && !inRange('nano', nano)) throw new Unresolved();
  if (!fields.has('hour') || !fields.has('minute') || !fields.has('second') || nano === undefined) return undefined;
  return partial(fields, style);
}

/** The parts of a time that stand there do not follow each other: they are ignored, and not even their range counts. */
export const GAP = 'gap';

/** A time with its last parts missing, which are 0; a part between may not be missing (java: Parsed.resolveTimeLenient). */
export function resolvePartialTime(fields: Fields, style: Style): TimeOfDay | typeof GAP | undefined {
  const some = fields.has('hour') || fields.has('minute') || fields.has('second') || fields.has('nano');
  if (!some && style !== 'strict' && fields.has('half_day'))
    // Nothing but a half of the day is its middle
    return timeOf(take(fields, 'half_day', style) * 12 + 6, 0, 0, 0, style);
  if (!fields.has('hour')) return undefined;
  const [minute, second, nano] = [fields.has('minute'), fields.has('second'), fields.has('nano')];
  if ((!minute && (second || nano)) || (minute && !second && nano)) return GAP;
  return partial(fields, style);
}

function partial(fields: Fields, style: Style): TimeOfDay {
  const part = (field: TemporalField): number => fields.get(field) ?? 0;
  const time = timeOf(part('hour'), part('minute'), part('second'), part('nano'), style);
  for (const field of ['hour', 'minute', 'second', 'nano'] as const) fields.delete(field);
  return time;
}
