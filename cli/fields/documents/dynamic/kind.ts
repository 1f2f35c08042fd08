import { NumberToken, type Json } from '../../../text/json.ts';
import { parseDocumentDate } from '../../dates/index.ts';
import type { IndexOptions } from '../../mapping.ts';
import { parseDouble } from '../../java-numbers/parse-double.ts';

/** Kinds of values as dynamic mapping tells them apart (elasticsearch: DynamicTemplate.java, enum XContentFieldType). */
export type Kind = 'object' | 'string' | 'long' | 'double' | 'boolean' | 'date';

export interface Seen {
  readonly kind: Kind;
  /** Of a date: how it is written, unless as usual. */
  readonly format?: string;
}

/** The formats in which texts are looked for (elasticsearch: RootObjectMapper.java, Defaults.DYNAMIC_DATE_TIME_FORMATTERS). */
const SLASHES = 'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis';

/** White space and signs as Java's Long.parseLong takes them: none, and one. */
const WHOLE = /^[+-]?\p{Nd}+$/u;

/**
 * What kind of value this is: a text may be a date, and a number if the mapping says so; pure numbers are never dates
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/DynamicFieldsBuilder.java createDynamicFieldFromValue).
 */
export function kindOf(value: Json, options: IndexOptions): Seen {
  if (typeof value === 'boolean') return { kind: 'boolean' };
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'long' : 'double' };
  if (value instanceof NumberToken) return { kind: value.whole ? 'long' : 'double' };
  const text = typeof value === 'string' ? value : '';
  const [long, double] = [WHOLE.test(text) && fitsLong(text), parseDouble(text) !== undefined];
  if (options.numericDetection === true && (long || double)) return { kind: long ? 'long' : 'double' };
  if (long || double || options.dateDetection === false) return { kind: 'string' };
  return dateOf(text, options) ?? { kind: 'string' };
}

/** Digits of any script count. */
function fitsLong(text: string): boolean {
  const digits = text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  const number = BigInt(digits.replace(/^\+/, ''));
  return number >= -(2n ** 63n) && number < 2n ** 63n;
}

/** Decimal digits stand in rows of ten, each of which begins with its zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 48;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

function dateOf(text: string, { dynamicDateFormats }: IndexOptions): Seen | undefined {
  if (dynamicDateFormats !== undefined) {
    const format = dynamicDateFormats.find((one) => parseDocumentDate(text, one) !== undefined);
    return format === undefined ? undefined : { kind: 'date', format };
  }
  if (parseDocumentDate(text, 'strict_date_optional_time') !== undefined) return { kind: 'date' };
  return parseDocumentDate(text, SLASHES) === undefined ? undefined : { kind: 'date', format: SLASHES };
}
