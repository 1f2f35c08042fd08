/** IP addresses as Elasticsearch's `ip` field holds them: 128 bits, IPv4 as `::ffff:a.b.c.d`. */

const V4_PREFIX = 0xffffn << 32n;

/** Dotted IPv4 as an unsigned 32-bit number; undefined if it is not exactly four decimal octets. */
export function parseIpv4(text: string): number | undefined {
  let value = 0;
  let octets = 0;
  let digits = 0;
  let octet = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 46;
    if (code === 46) {
      if (digits === 0 || octets === 4) return undefined;
      value = value * 256 + octet;
      octets++;
      digits = 0;
      octet = 0;
    } else if (code >= 48 && code <= 57) {
      // elasticsearch:InetAddresses.parseOctet refuses a leading zero, which some tools read as octal
      if (digits > 0 && octet === 0) return undefined;
      octet = octet * 10 + (code - 48);
      digits++;
      if (octet > 255) return undefined;
    } else return undefined;
  }
  return octets === 4 ? value : undefined;
}

function parseIpv6(text: string): bigint | undefined {
  let head = text;
  let tail: number[] = [];
  const lastColon = text.lastIndexOf(':');
  if (text.includes('.')) {
    const v4 = parseIpv4(text.slice(lastColon + 1));
    if (v4 === undefined) return undefined;
    head = text.slice(0, lastColon + 1);
    tail = [v4 >>> 16, v4 & 0xffff];
    if (!head.endsWith('::')) head = head.slice(0, -1);
  }
  const halves = head.split('::');
  if (halves.length > 2) return undefined;
  const groups = (part: string): number[] | undefined => {
    if (part === '') return [];
    const found: number[] = [];
    for (const group of part.split(':')) {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      found.push(parseInt(group, 16));
    }
    return found;
  };
  const left = groups(halves[0] ?? '');
  const right = halves.length === 2 ? groups(halves[1] ?? '') : [];
  if (left === undefined || right === undefined) return undefined;
  const known = left.length + right.length + tail.length;
  if (halves.length === 2 ? known > 7 : known !== 8) return undefined;
  const all = [...left, ...Array.from({ length: 8 - known }, () => 0), ...right, ...tail];
  let value = 0n;
  for (const group of all) value = (value << 16n) | BigInt(group);
  return value;
}

/** An address as 128 bits; undefined if the text is none. Zone ids (`%eth0`) are refused, as the field refuses them. */
export function parseIp(text: string): bigint | undefined {
  if (!text.includes(':')) {
    const v4 = parseIpv4(text);
    return v4 === undefined ? undefined : V4_PREFIX | BigInt(v4);
  }
  return parseIpv6(text);
}

/** Both ends of a block, included. */
export interface IpBlock {
  readonly low: bigint;
  readonly high: bigint;
}

const ALL = (1n << 128n) - 1n;

/**
 * `address/length`; host bits are ignored. An IPv4 block covers mapped addresses only, also with length 0. A block of a
 * mapped address (`::ffff:10.0.0.0/104`) is refused, as its length could be meant either way
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/network/InetAddresses.java parseCidr).
 */
export function parseCidr(text: string): IpBlock | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const suffix = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(suffix)) return undefined;
  const address = parseIp(text.slice(0, slash));
  if (address === undefined) return undefined;
  const v4 = !text.slice(0, slash).includes(':');
  if (!v4 && address >> 32n === 0xffffn) return undefined;
  const length = Number(suffix) + (v4 ? 96 : 0);
  if (length > 128) return undefined;
  const hosts = (1n << BigInt(128 - length)) - 1n;
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
