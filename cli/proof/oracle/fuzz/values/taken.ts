import type { Json } from '../../../../text/json.ts';
import { DATES_OF_UNITS, NANOS_OF_UNITS } from './date-math.ts';
import { DATES_BY_FORMAT } from './dates.ts';
import { num } from './num.ts';

/** Values that most types of their family take. */
const TAKEN: Readonly<Record<string, readonly Json[]>> = {
  boolean: [true, false, 'true', 'false', ''],
  ip: ['10.0.0.1', '10.0.0.0', '10.255.255.255', '9.0.0.1', '192.168.0.5', '::1', '::', 'fe80::1', '2001:db8::1', '::ffff:10.0.0.1', '0.0.0.0'],
  date: ['2024', '2024-01', '2024-01-15', '2024-01-15T10', '2024-01-15T10:20:30Z', '2024-01-15T10:20:30.123Z', '2024-01-15T10:20:30+01:00', '2024-02-29', '1969-12-31', 1705314030000, '1705314030000', -1, 0, ...DATES_OF_UNITS],
  date_nanos: ['2024-01-15', '2024-01-15T10:20:30Z', '2024-01-15T10:20:30.123456789Z', '2024-01-15T10:20:30.123456Z', '1970-01-01', 1705314030000, '1705314030000', '2024-01-15T10:20:30', '2024-01-15T10', '2024-01-15T23:59:59', ...NANOS_OF_UNITS, ...DATES_OF_UNITS.slice(0, 4)],
  long: ['0', '5', '-1', '9007199254740993', '9223372036854775807', '-9223372036854775808', '80', '443', '1.5', '1e2', '-0'].map(num),
  double: ['0', '-0.0', '1.5', '-1.5', '0.1', '1e300', '1e-7', '5', '16777217', '0.0'].map(num),
  half_float: ['0', '-0.0', '0.1', '1.5', '2049', '65504', '127.9', '5', '-1.5'].map(num),
  byte: ['0', '1', '5', '-1', '127', '-128', '1.5'].map(num),
  binary: ['U29tZQ==', 'YQ==', ''],
  geo_point: ['41.12,-71.34', 'drm3btev3e86', { lat: 41.12, lon: -71.34 }, [-71.34, 41.12]],
}; // prettier-ignore
const LIKE: Readonly<Record<string, string>> = { integer: 'long', short: 'byte', float: 'double' };

/** Values that a type takes, with its format of dates: documents hold them, and queries ask for them. Undefined: there is no list. */
export const takenValues = (type: string, format?: string): readonly Json[] | undefined =>
  (format === undefined ? undefined : DATES_BY_FORMAT[format]) ?? TAKEN[LIKE[type] ?? type];
