import { dateParts, type DateParts } from './calendar.ts';

/** A point of a date from which on parts may be absent: `year` needs a year only. */
const UNITS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction'] as const;
type Unit = (typeof UNITS)[number];

export interface IsoShape {
  /** Parts up to this one have to be there. */
  readonly from: Unit;
  /** Parts after this one must not be there. */
  readonly to: Unit;
  readonly zone: 'optional' | 'required' | 'none';
  /** Lenient forms take parts of one digit and years of any length up to nine. */
  readonly strict: boolean;
  /** Digits of a fraction, at most. */
  readonly places: number;
}

const ZONE = '(Z|z|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?|[A-Za-z][A-Za-z0-9/._~+:-]*)';

/** A reader of ISO 8601 text of that shape (elasticsearch:server/src/main/java/org/elasticsearch/common/time/Iso8601Parser.java). */
export function isoFormat(shape: IsoShape): (text: string) => DateParts | undefined {
  const [from, to] = [UNITS.indexOf(shape.from), UNITS.indexOf(shape.to)];
  const two = shape.strict ? '(\\d{2})' : '(\\d{1,2})';
  const pieces = [
    shape.strict ? '(-?\\d{4})' : '([+-]?\\d{1,9})',
    `-${two}`,
    `-${two}`,
    `T${two}`,
    `:${two}`,
    `:${two}`,
    `[.,](\\d{1,${shape.places}})`,
  ];
  const zoned = shape.zone !== 'none' && to >= 3;
  const zone = zoned ? `${ZONE}${shape.zone === 'optional' ? '?' : ''}` : '';
  // A zone may stand after any part of the time, and "T" alone at the end of a date whose time is optional.
  let source = '';
  for (let at = to; at >= 0; at--) {
    const inner =
      at === 2 && to >= 3 && from <= 2 ? `(?:${source}|T)?` : at < to && at >= from ? `(?:${source})?` : source;
    const timed = zoned && at === 3 ? zone : '';
    source = `${pieces[at] ?? ''}${inner}${timed}`;
  }
  const pattern = new RegExp(`^${source}$`);
  return (text) => {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    const [year, month, day, hour, minute, second, fraction] = found.slice(1, 8);
    return dateParts(
      { year, month, day, hour, minute, second, fraction: to === 6 ? fraction : undefined },
      zoned ? found[to + 2] : undefined,
    );
  };
}

const shape = (from: Unit, to: Unit, zone: IsoShape['zone'], strict: boolean, places = 9): IsoShape => ({
  from,
  to,
  zone,
  strict,
  places,
});

/** Built-in formats that are shapes of ISO 8601, without `strict_` (elasticsearch: common/time/DateFormatters.java). */
const SHAPES: Readonly<Record<string, (strict: boolean) => IsoShape>> = {
  date_optional_time: (strict) => shape('year', 'fraction', 'optional', strict),
  date_optional_time_nanos: (strict) => shape('year', 'fraction', 'optional', strict),
  date_time: (strict) => shape('fraction', 'fraction', 'required', strict),
  date_time_no_millis: (strict) => shape('second', 'second', 'required', strict),
  date: (strict) => shape('day', 'day', 'none', strict),
  year: (strict) => shape('year', 'year', 'none', strict),
  year_month: (strict) => shape('month', 'month', 'none', strict),
  year_month_day: (strict) => shape('day', 'day', 'none', strict),
  date_hour: (strict) => shape('hour', 'hour', 'none', strict),
  date_hour_minute: (strict) => shape('minute', 'minute', 'none', strict),
  date_hour_minute_second: (strict) => shape('second', 'second', 'none', strict),
  date_hour_minute_second_millis: (strict) => shape('fraction', 'fraction', 'none', strict, 3),
  date_hour_minute_second_fraction: (strict) => shape('fraction', 'fraction', 'none', strict),
};

/** The shape of a built-in format; undefined if the name is no ISO one. */
export function isoShape(name: string): IsoShape | undefined {
  if (name === 'iso8601') return shape('year', 'fraction', 'optional', true);
  const strict = name.startsWith('strict_');
  const plain = strict ? name.slice(7) : name;
  return Object.hasOwn(SHAPES, plain) ? SHAPES[plain]?.(strict) : undefined;
}
