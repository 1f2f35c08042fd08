import type { StackDifferences } from './stack-differences.ts';
import { parseDecimal } from './java-numbers/parse-decimal.ts';

/** IP addresses as Elasticsearch's `ip` field holds them: 128 bits, IPv4 as `::ffff:a.b.c.d`. */

const V4_PREFIX = 0xffffn << 32n;

/** Dotted IPv4 as an unsigned 32-bit number; undefined if it is not exactly four decimal octets. */
function parseIpv4(text: string): number | undefined {
  let value = 0;
  let octets = 0;
  let digits = 0;
  let octet = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : DOT;
    if (code === DOT) {
      if (digits === 0 || octets === 4 || octet > 255) return undefined;
      value = value * 256 + (octet & 255);
      octets++;
      digits = 0;
      octet = 0;
    } else if (code >= 48 && code <= 57) {
      // A leading zero is refused, which some tools read as octal. Many digits overflow, as an int of Java does
      if (digits > 0 && octet === 0) return undefined;
      octet = (octet * 10 + (code - 48)) | 0;
      digits++;
    } else return undefined;
  }
  return octets === 4 ? value : undefined;
}

const DOT = 46;
const COLON = 58;

/**
 * Groups of hexadecimal digits, as many of them as one likes in a group: they overflow like an int of Java. `shifted`: the bytes
 * of the text do not start at zero, which Elasticsearch overlooks: two colons in front count as a group of their own.
 */
function parseIpv6(text: string, shifted: boolean): bigint | undefined {
  const { length } = text;
  if (length < 2 || (text.startsWith(':') && text.charCodeAt(1) !== COLON)) return undefined;
  if (text.endsWith(':') && text.charCodeAt(length - 2) !== COLON) return undefined;
  const groups: number[] = [];
  let gap = -1;
  let start = shifted ? -1 : 0;
  let group = 0;
  for (let i = 0; i <= length; i++) {
    const code = i < length ? text.charCodeAt(i) : COLON;
    if (code !== COLON) {
      const digit = hexDigit(code);
      if (digit < 0) return undefined;
      group = (group * 16 + digit) | 0;
    } else if (i === length && start >= i) break;
    else {
      if (start === i) {
        if (gap >= 0 && (i !== 1 || shifted)) return undefined;
        gap = groups.length;
      } else {
        if (group > 0xffff || groups.length === 8) return undefined;
        groups.push(group & 0xffff);
        group = 0;
      }
      start = i + 1;
    }
  }
  if (gap < 0 ? groups.length !== 8 : groups.length >= 8) return undefined;
  if (gap >= 0) groups.splice(gap, 0, ...Array.from({ length: 8 - groups.length }, () => 0));
  let value = 0n;
  for (const one of groups) value = (value << 16n) | BigInt(one);
  return value;
}

const hexDigit = (code: number): number =>
  code >= 48 && code <= 57
    ? code - 48
    : code >= 97 && code <= 102
      ? code - 87
      : code >= 65 && code <= 70
        ? code - 55
        : -1;

/**
 * An address of a query as 128 bits; undefined if the text is none. A zone (`%eth0`) is cut off
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/network/InetAddresses.java forString).
 */
export function parseIp(text: string): bigint | undefined {
  const zone = text.indexOf('%');
  if (zone >= 0) return zone === text.length - 1 ? undefined : parse(text.slice(0, zone), false);
  return parse(text, false);
}

/** An address of a document, which some releases read otherwise than one of a query. */
export function parseDocumentIp(text: string, differences: StackDifferences | undefined): bigint | undefined {
  if (differences === undefined) return parseIp(text);
  const { zones, shiftedColons } = differences;
  const zone = text.indexOf('%');
  if (zone < 0) return parse(text, shiftedColons);
  if (zones === 'none' || zone === text.length - 1) return undefined;
  const address = text.slice(0, zone);
  return zones === 'ipv6' && !address.includes(':') ? undefined : parse(address, shiftedColons);
}

function parse(text: string, shifted: boolean): bigint | undefined {
  const colon = text.lastIndexOf(':');
  if (colon < 0) {
    const v4 = parseIpv4(text);
    return v4 === undefined ? undefined : V4_PREFIX | BigInt(v4);
  }
  const dot = text.indexOf('.');
  if (dot < 0) return parseIpv6(text, shifted);
  const v4 = dot < colon ? undefined : parseIpv4(text.slice(colon + 1));
  if (v4 === undefined) return undefined;
  const quad = `${(v4 >>> 16).toString(16)}:${(v4 & 0xffff).toString(16)}`;
  return parseIpv6(text.slice(0, colon + 1) + quad, shifted);
}

/** Both ends of a block, included. */
export interface IpBlock {
  readonly low: bigint;
  readonly high: bigint;
}

const ALL = (1n << 128n) - 1n;

/**
 * `address/length`; host bits are ignored, and the length is read as Java reads an int. An IPv4 block covers mapped addresses
 * only, also with length 0. A block of a mapped address (`::ffff:10.0.0.0/104`) is refused, as its length could be meant either
 * way (elasticsearch:server/src/main/java/org/elasticsearch/common/network/InetAddresses.java parseCidr).
 */
export function parseCidr(text: string): IpBlock | undefined {
  // Java's split leaves out empty parts at the end
  const [written = '', suffix = '', ...more] = text.replace(/\/+$/, '').split('/');
  if (more.length > 0 || !/^[+-]?\p{Nd}+$/u.test(suffix)) return undefined;
  const address = parseIp(written);
  const bits = parseDecimal(suffix)?.whole;
  if (address === undefined || bits === undefined || bits < 0n) return undefined;
  const v4 = !written.includes(':');
  if (!v4 && address >> 32n === 0xffffn) return undefined;
  if (bits > (v4 ? 32n : 128n)) return undefined;
  const hosts = (1n << ((v4 ? 32n : 128n) - bits)) - 1n;
  const low = address & (ALL ^ hosts);
  return { low, high: low | hosts };
}

/** An address or a block. */
export function parseIpOrCidr(text: string): IpBlock | undefined {
  if (text.includes('/')) return parseCidr(text);
  const address = parseIp(text);
  return address === undefined ? undefined : { low: address, high: address };
}

/** Canonical text: dotted for IPv4 and mapped addresses, the shortest form of RFC 5952 for the others. */
export function formatIp(value: bigint): string {
  if (value >> 32n === 0xffffn) {
    const low = Number(value & 0xffffffffn);
    return [low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255].join('.');
  }
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let j = i;
    while (j < 8 && groups[j] === 0) j++;
    if (j - i > best.length) best = { start: i, length: j - i };
  }
  const text = groups.map((group) => group.toString(16));
  if (best.start < 0) return text.join(':');
  return `${text.slice(0, best.start).join(':')}::${text.slice(best.start + best.length).join(':')}`;
}
