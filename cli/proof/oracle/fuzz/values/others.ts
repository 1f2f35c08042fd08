import type { Json } from '../../../../text/json.ts';
import { num } from './num.ts';

export const ADDRESSES: readonly string[] = [
  '10.0.0.1', '10.0.0.0', '10.255.255.255', '9.0.0.1', '192.168.0.5', '127.0.0.1', '0.0.0.0', '255.255.255.255', '::1', '::', 'fe80::1', 'fe80::1%eth0', '2001:db8::1', '2001:DB8:0:0::1',
  '2001:0db8:0000:0000:0000:0000:0000:0001', '::ffff:10.0.0.1', '::FFFF:10.0.0.1', '::10.0.0.1', '::2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '010.0.0.1', '10.0.0', '10.0.0.256', '10.0.0.1 ', '00001::', 'g::1', '', '1', 'x',
  '1:2:3:4:5:6:7:8', '1::2::3', '::ffff:0:0', '64:ff9b::10.0.0.1',
]; // prettier-ignore

export const BLOCKS: readonly string[] = [
  '10.0.0.0/8', '10.0.0.1/24', '0.0.0.0/0', '::/0', '2001:db8::/32', '10.0.0.0/33', '10.0.0.0/', '/8', '::ffff:10.0.0.0/104', '10.0.0.1/32', 'fe80::/10', '::1/128', '10.0.0.0/08',
]; // prettier-ignore

export const BOOLEANS: readonly Json[] = [true, false, 'true', 'false', '', 'True', 'yes', '0', 1, 0, 'TRUE', ' true'];

export const POINTS: readonly Json[] = [
  '41.12,-71.34', 'drm3btev3e86', 'x', '91,0', '0,181', '41.12', '', 'POINT (-71.34 41.12)', 'POINT (1)', 'nope!', { lat: 41.12, lon: -71.34 }, { lat: '41', lon: '1' }, { lat: 91, lon: 1 }, { lat: 1 },
  { lat: 'x', lon: 1 }, [-71.34, 41.12], [[-71.34, 41.12], [1, 2]], [200, 1], ['41.12,-71.34', '1,1'], 5, { type: 'Point', coordinates: [1, 2] }, true, {},
]; // prettier-ignore

export const BASE64: readonly Json[] = [
  'U29tZQ==',
  'U29tZQ',
  'not base64!!',
  '',
  5,
  true,
  'YQ==',
  ['YQ==', 'Yg=='],
  { a: 1 },
  'ab cd',
];

/** Ends of ranges, by the type of the range. */
export const RANGE_ENDS: Readonly<Record<string, readonly Json[]>> = {
  integer_range: [...['0', '1', '2', '3', '4', '5', '1.5', '-1.5', '2147483647', '-2147483648', '2147483648', '1e2'].map(num), '5', '1.9', 'x', '', null],
  long_range: [...['0', '1', '2', '3', '5', '1.5', '9223372036854775807', '-9223372036854775808', '9223372036854775808', '9007199254740993'].map(num), '5', 'x', null],
  float_range: [...['0', '-0', '0.1', '1', '1.5', '16777217', '1e39', '3'].map(num), '1.5', 'NaN', 'x', null],
  double_range: [...['0', '-0.0', '0.1', '1', '1.5', '1e308', '1e400', '3'].map(num), '1.5', 'Infinity', 'x', null],
  ip_range: ['10.0.0.0', '10.0.0.1', '10.0.0.9', '10.255.255.255', '::1', '::', '2001:db8::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'x', null, 5],
  date_range: ['2024', '2024-01', '2024-01-15', '2024-01-15T10:20:30Z', '2024-01-16', 'now', 'x', ...['1704067200000', '1705314030000', '1.7e12', '2024'].map(num), null],
}; // prettier-ignore
