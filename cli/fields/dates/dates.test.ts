import { describe, expect, it } from 'vitest';
import { DateError, indexDateNanos, parseDocumentDate, resolveDate } from './index.ts';
import { zoneOf } from './zones/zone-of.ts';

const NOW = Date.UTC(2024, 1, 29, 12, 34, 56, 789);

/** ISO text with nanoseconds of an instant. */
function shown(nanos: bigint | undefined): string | undefined {
  if (nanos === undefined) return undefined;
  const millis = nanos / 1_000_000n - (nanos % 1_000_000n < 0n ? 1n : 0n);
  const below = String(nanos - millis * 1_000_000n).padStart(6, '0');
  return `${new Date(Number(millis)).toISOString().slice(0, -1)}${below === '000000' ? '' : below}`;
}

const down = (text: string, more: { format?: string; timeZone?: string } = {}): string | undefined =>
  shown(resolveDate(text, { now: NOW, roundUp: false, ...more }));
const up = (text: string, more: { format?: string; timeZone?: string } = {}): string | undefined =>
  shown(resolveDate(text, { now: NOW, roundUp: true, ...more }));
const stored = (value: string | number, format?: string): string | undefined => shown(parseDocumentDate(value, format));

const fault = (text: string, more: { format?: string; timeZone?: string } = {}): string => {
  try {
    resolveDate(text, { now: NOW, roundUp: false, ...more });
  } catch (error) {
    if (error instanceof DateError) return error.message;
    throw error;
  }
  throw new Error(`${text} is a date`);
};

describe('dates in the default format', () => {
  it('fills what is missing: month and day with 01 both ways, the time with its ends', () => {
    const texts = ['2024', '2024-02', '2024-02-29', '2024-02-29T10', '2024-02-29T10:11', '2024-02-29T10:11:12'];
    expect(texts.map((text) => [down(text), up(text)])).toEqual([
      ['2024-01-01T00:00:00.000', '2024-01-01T23:59:59.999999999'],
      ['2024-02-01T00:00:00.000', '2024-02-01T23:59:59.999999999'],
      ['2024-02-29T00:00:00.000', '2024-02-29T23:59:59.999999999'],
      ['2024-02-29T10:00:00.000', '2024-02-29T10:59:59.999999999'],
      ['2024-02-29T10:11:00.000', '2024-02-29T10:11:59.999999999'],
      ['2024-02-29T10:11:12.000', '2024-02-29T10:11:12.999999999'],
    ]);
  });

  it('reads fractions to the nanosecond, with dot or comma, and offsets and regions', () => {
    expect(stored('2024-01-31T10:00:00.1Z')).toBe('2024-01-31T10:00:00.100');
    expect(stored('2024-01-31T10:00:00,123456789Z')).toBe('2024-01-31T10:00:00.123456789');
    expect(stored('2024-01-31T10:00:00+02:30')).toBe('2024-01-31T07:30:00.000');
    expect(stored('2024-01-31T10:00-0500')).toBe('2024-01-31T15:00:00.000');
    expect(stored('2024-01-31T10Europe/Berlin')).toBe('2024-01-31T09:00:00.000');
    expect(stored('2024-01-31T')).toBe('2024-01-31T00:00:00.000');
    expect(stored('-0001-01-01')).toBe('-000001-01-01T00:00:00.000');
  });

  it.each([
    '2024-1-31', '2023-02-29', '1900-02-29', '2024-00-10', '2024-13-01', '2024-01-32', '2024-01-31T24:00', '2024-01-31T23:60',
    '2024-01-31T23:59:60', '2024-01-31Z', '2024-01-31TZ', '2024-01-31 10:00:00', '2024-01-31T10:00:00.', '12024-01-31',
    '+12024-01-31', '2024-01-31T10:00:00.1234567890Z', '2024-01-31T10:00Nowhere/Land', '', ' 2024', 'abc',
  ])('refuses %j', (text) => {
    expect(stored(text)).toBeUndefined();
  }); // prettier-ignore

  it('knows leap days by the century rule', () => {
    expect([stored('2000-02-29'), stored('2024-02-29')]).toEqual([
      '2000-02-29T00:00:00.000',
      '2024-02-29T00:00:00.000',
    ]);
  });

  it('reads digits that are no year as epoch milliseconds, also negative and with a fraction', () => {
    expect(stored('20240131')).toBe('1970-01-01T05:37:20.131');
    expect(stored('-1')).toBe('1969-12-31T23:59:59.999');
    expect(stored('1700000000000.25')).toBe('2023-11-14T22:13:20.000250000');
    expect(stored('5.')).toBe('1970-01-01T00:00:00.005');
    expect(stored('1.1234567')).toBeUndefined();
  });

  it('reads a number of a document by its digits', () => {
    expect([stored(1_700_000_000_000), stored(2024), stored(NaN)]).toEqual([
      '2023-11-14T22:13:20.000',
      '2024-01-01T00:00:00.000',
      undefined,
    ]);
  });

  it('rounds a count up to the end of its unit', () => {
    expect(up('1700000000000')).toBe('2023-11-14T22:13:20.000999999');
    expect(up('1700000000', { format: 'epoch_second' })).toBe('2023-11-14T22:13:20.999999999');
    expect(up('1700000000.5', { format: 'epoch_second' })).toBe('2023-11-14T22:13:20.500');
  });
});

describe('date formats', () => {
  it('wants of the built-in ones what their names say', () => {
    const texts = ['2024-01-31', '2024-01-31T10:11:12', '2024-01-31T10:11:12Z', '2024-01-31T10:11:12.5Z', '2024-1-1'];
    const read = (format: string): string[] => texts.filter((text) => stored(text, format) !== undefined);
    expect(read('strict_date')).toEqual([texts[0]]);
    expect(read('date')).toEqual([texts[0], texts[4]]);
    // The fraction may be missing, as a server reads it
    expect(read('strict_date_time')).toEqual([texts[2], texts[3]]);
    expect(read('strict_date_time_no_millis')).toEqual([texts[2]]);
    expect(read('strict_date_hour_minute_second')).toEqual([texts[1]]);
    expect(read('date_optional_time')).toEqual(texts);
    expect(read('iso8601||epoch_millis')).toEqual(texts.slice(0, 4));
  });

  it('reads patterns of java.time, with quotes, optional parts, names of months and halves of days', () => {
    expect(stored('31/01/2024 10:11:12', 'dd/MM/yyyy HH:mm:ss')).toBe('2024-01-31T10:11:12.000');
    expect(stored("2024 o'clock 10", "yyyy 'o''clock' HH")).toBe('1970-01-01T10:00:00.000');
    expect(stored('20240131T101112.500Z', 'basic_date_time')).toBe('2024-01-31T10:11:12.500');
    expect(stored('1 Feb 2024 12:05 AM', 'd MMM uuuu h:mm a')).toBe('2024-02-01T00:05:00.000');
    expect(stored('2024-01-31 10:11', 'yyyy-MM-dd HH:mm[:ss][.SSS]')).toBe('2024-01-31T10:11:00.000');
    expect(stored('2024-01-31 10:11:12.5', 'yyyy-MM-dd HH:mm:ss.SSS')).toBeUndefined();
    expect(stored('24-01-31', 'yy-MM-dd')).toBe('2024-01-31T00:00:00.000');
    expect(stored('2024-01-31 10+01:00', 'yyyy-MM-dd HHXXX')).toBe('2024-01-31T09:00:00.000');
    expect(stored('12 Foo 2024', 'd MMM yyyy')).toBeUndefined();
  });

  it('reads times without a date, and years of weeks', () => {
    expect(stored('10:20', 'HH:mm')).toBe('1970-01-01T10:20:00.000');
    expect(stored('2024-W05', "YYYY-'W'ww")).toBe('2024-01-28T00:00:00.000');
  });

  it('names a format that it does not know', () => {
    expect(fault('2024', { format: "yyyy'" })).toContain("date format yyyy' cannot be used");
    expect(fault('2024', { format: 'no_such_format' })).toContain('date format no_such_format cannot be used');
  });

  it('holds in date_nanos 1970 to 2262, and the ends of 64 bits for numbers that an int does not hold', () => {
    const last = 2n ** 63n - 1n;
    expect(
      ['1969-12-31', '2263-01-01', -1, '-1', -1.5, '253402300800000'].map((value) => indexDateNanos(value)),
    ).toEqual(Array.from({ length: 6 }, () => undefined));
    expect([253402300800000, -62135596800000, -2147483649].map((value) => indexDateNanos(value))).toEqual([
      last,
      -last - 1n,
      -2147483649000000n,
    ]);
    expect(indexDateNanos(253402300800000, 'epoch_millis')).toBeUndefined();
    expect(indexDateNanos('1970-01-01T00:00:00.000000001Z')).toBe(1n);
    expect(indexDateNanos('2024-01-15T10:20')).toBeUndefined();
  });
});

describe('date math', () => {
  it('goes from left to right, clamps months to their last day, rounds to units', () => {
    expect(down('2024-01-31||+1M')).toBe('2024-02-29T00:00:00.000');
    expect(down('2024-01-31||+1M+1M')).toBe('2024-03-29T00:00:00.000');
    expect(down('2024-02-29||-1y')).toBe('2023-02-28T00:00:00.000');
    expect(down('2024-02-29||+1w-2d')).toBe('2024-03-05T00:00:00.000');
    expect(down('2024-01-31||-14M')).toBe('2022-11-30T00:00:00.000');
    expect(down('now-1d/d')).toBe('2024-02-28T00:00:00.000');
    expect(up('now-1d/d')).toBe('2024-02-28T23:59:59.999');
  });

  it('rounds up to the last millisecond of each unit, weeks from Monday', () => {
    expect(['s', 'm', 'h', 'H', 'd', 'w', 'M', 'y'].map((unit) => [down(`now/${unit}`), up(`now/${unit}`)])).toEqual([
      ['2024-02-29T12:34:56.000', '2024-02-29T12:34:56.999'],
      ['2024-02-29T12:34:00.000', '2024-02-29T12:34:59.999'],
      ['2024-02-29T12:00:00.000', '2024-02-29T12:59:59.999'],
      ['2024-02-29T12:00:00.000', '2024-02-29T12:59:59.999'],
      ['2024-02-29T00:00:00.000', '2024-02-29T23:59:59.999'],
      ['2024-02-26T00:00:00.000', '2024-03-03T23:59:59.999'],
      ['2024-02-01T00:00:00.000', '2024-02-29T23:59:59.999'],
      ['2024-01-01T00:00:00.000', '2024-12-31T23:59:59.999'],
    ]);
  });

  it('always rounds the anchor down', () => {
    expect(up('2024-02-29||+1h')).toBe('2024-02-29T01:00:00.000');
  });

  it('rounds before 1970 as well', () => {
    expect(down('1969-12-31T23:59:59.5||/s')).toBe('1969-12-31T23:59:59.000');
    expect(down('1965-03-03||/w')).toBe('1965-03-01T00:00:00.000');
  });

  it('says what it cannot read', () => {
    expect(fault('now-1x')).toBe('"-1x" is not date math');
    expect(fault('now+')).toBe('"+" is not date math');
    expect(fault('now/2d')).toBe('"/2d" is not date math');
    expect(fault('now+99999999999d')).toBe('"+99999999999" is not date math');
    expect(fault('now+2147483647y')).toBe('the date math leads beyond the calendar');
    expect(fault('yesterday')).toBe('"yesterday" is not a date');
    expect(fault('2024', { timeZone: 'Mars/Base' })).toBe('time zone Mars/Base is not known');
  });
});

describe('time zones', () => {
  const berlin = { timeZone: 'Europe/Berlin' };

  it('apply to dates without one, and to rounding', () => {
    expect(down('2024-07-01', berlin)).toBe('2024-06-30T22:00:00.000');
    expect(down('2024-07-01T00:00Z', berlin)).toBe('2024-07-01T00:00:00.000');
    expect(down('now/d', { timeZone: '+14:00' })).toBe('2024-02-29T10:00:00.000');
    expect(down('now', { timeZone: '-05:00' })).toBe('2024-02-29T12:34:56.789');
  });

  it('take the earlier of two equal clock times, and move on from one that is skipped, as java.time does', () => {
    expect(down('2024-10-27T02:30', berlin)).toBe('2024-10-27T00:30:00.000');
    expect(down('2024-03-31T02:30', berlin)).toBe('2024-03-31T01:30:00.000');
    expect(down('2024-11-03T01:30', { timeZone: 'America/New_York' })).toBe('2024-11-03T05:30:00.000');
  });

  it('count days on the calendar and hours on the clock', () => {
    expect(down('2024-03-30T12:00||+1d', berlin)).toBe('2024-03-31T10:00:00.000');
    expect(down('2024-03-30T12:00||+24h', berlin)).toBe('2024-03-31T11:00:00.000');
    expect(up('2024-03-31||/d', berlin)).toBe('2024-03-31T21:59:59.999');
  });

  it('have the names that Elasticsearch takes', () => {
    expect(['Z', 'Zulu', 'UTC+02', '+2', '-05:30', 'Europe/Berlin', '+19:00', 'CEST?'].map((name) => zoneOf(name) !== undefined)).toEqual([
      true, true, true, true, true, true, false, false,
    ]); // prettier-ignore
  });
});
