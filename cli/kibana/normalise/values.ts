import { parseCidr, parseIp } from '../../fields/ip.ts';

const RANGES: Readonly<Record<string, string>> = {
  date_range: ',',
  double_range: '-',
  float_range: '-',
  integer_range: '-',
  ip_range: '-',
  long_range: '-',
};

/** Both ends of a range, which Kibana parts at the last mark that has something before and behind it; one end alone is both. */
function endsOf(value: string, mark: string): readonly [low: string, high: string] {
  const at = value.lastIndexOf(mark, value.length - 2);
  return at < 1 ? [value, value] : [value.slice(0, at).trim(), value.slice(at + 1).trim()];
}

/**
 * A value of a value list as Kibana gives it back, so that a value that was sent and the same one read back are equal: a
 * single end becomes a range, a point is written as latitude and longitude
 * (kibana:x-pack/solutions/security/plugins/lists/server/services/utils/transform_list_item_to_elastic_query.ts,
 * find_source_value.ts).
 */
export function canonicalValue(type: string, written: string): string {
  const value = written.trim();
  const mark = RANGES[type];
  if (mark !== undefined) {
    if (type === 'ip_range' && value.includes('/')) return value;
    return endsOf(value, mark).join(mark);
  }
  const comma = value.lastIndexOf(',', value.length - 2);
  if (comma < 1) return value;
  const [latitude, longitude] = [value.slice(0, comma).trim(), value.slice(comma + 1).trim()];
  if (type === 'geo_point') return `${latitude},${longitude}`;
  return type === 'geo_shape' || type === 'shape' ? `POINT (${longitude} ${latitude})` : value;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Bounds of the whole numbers. */
const WHOLE: Readonly<Record<string, number>> = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31, long: 2 ** 63 };
const FRACTIONS = ['double', 'float', 'half_float'];

/** Bytes of one term (lucene: IndexWriter.MAX_TERM_LENGTH). */
const LONGEST = 32_766;

function numberFault(type: string, value: string): string | undefined {
  if (!NUMBER.test(value)) return 'is no number';
  const bound = WHOLE[type];
  const number = Number(value);
  return bound !== undefined && (number < -bound || number >= bound) ? `does not fit into ${type}` : undefined;
}

function rangeFault(type: string, value: string): string | undefined {
  const of = type.replace('_range', '');
  if (of === 'date') return undefined;
  if (of === 'ip' && value.includes('/'))
    return parseCidr(value) === undefined ? 'is no block of addresses' : undefined;
  const [low, high] = endsOf(value, '-');
  if (of === 'ip') {
    const [from, to] = [parseIp(low), parseIp(high)];
    if (from === undefined || to === undefined) return 'is neither an address, nor a block, nor a range low-high';
    return from > to ? 'ends before it begins' : undefined;
  }
  // The mark of a range is also the sign: "-5" would be read back as "-5--5", which is no range to Kibana.
  const fault = numberFault(of, low) ?? numberFault(of, high);
  if (fault !== undefined) return `${fault}, or has a negative end, which Kibana cannot read`;
  return Number(low) > Number(high) ? 'ends before it begins' : undefined;
}

/**
 * Why Kibana would not keep a value in a list of this type. An import drops such a value without a word, and what it was to
 * except is not excepted (kibana:x-pack/solutions/security/plugins/lists/server/services/items/create_list_items_bulk.ts).
 * Dates and shapes are not looked at.
 */
export function valueFault(type: string, written: string): string | undefined {
  const value = canonicalValue(type, written);
  if (RANGES[type] !== undefined) return rangeFault(type, value);
  if (type === 'ip') return parseIp(value) === undefined ? 'is no IP address' : undefined;
  if (WHOLE[type] !== undefined || FRACTIONS.includes(type)) return numberFault(type, value);
  if (type === 'boolean') return value === 'true' || value === 'false' ? undefined : 'is neither true nor false';
  if (type === 'keyword' && Buffer.byteLength(value) > LONGEST) return 'is longer than 32,766 bytes';
  return undefined;
}
