import { isNumeric } from '../numbers.ts';
import { indexNumber } from '../index-number.ts';
import type { FieldType } from '../mapping.ts';
import { NumberToken, type Json } from '../../text/json.ts';

const DECIMALS = new Set<FieldType>(['double', 'float', 'half_float', 'scaled_float']);

/**
 * The number that a `null_value` stands for. Whether or not the field coerces the values of documents, its text may be a number, but
 * a whole number has no fraction (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/NumberFieldMapper.java,
 * class Builder). What is no such number stays as it is written.
 */
export function readNullValue(type: FieldType, written: Json): Json {
  if (typeof written !== 'string' || !isNumeric(type) || type === 'unsigned_long') return written;
  const number = indexNumber('double', written);
  const value = type === 'scaled_float' ? number : indexNumber(type, written);
  if (value === undefined || (!DECIMALS.has(type) && !Number.isInteger(number))) return written;
  if (Object.is(value, -0)) return new NumberToken('-0.0');
  return typeof value === 'bigint' ? new NumberToken(String(value)) : value;
}
