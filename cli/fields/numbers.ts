import { NumberToken, type Json } from '../text/json.ts';
import type { FieldType } from './mapping.ts';

/** A number as a field holds it: whole numbers of 64 bits are bigint where a double could not tell them apart. */
export type FieldNumber = number | bigint;

export type NumericType =
  | 'long' | 'integer' | 'short' | 'byte' | 'unsigned_long' | 'double' | 'float' | 'half_float' | 'scaled_float'; // prettier-ignore

const WHOLE: Readonly<Partial<Record<FieldType, { readonly min: bigint; readonly max: bigint }>>> = {
  long: { min: -(2n ** 63n), max: 2n ** 63n - 1n },
  integer: { min: -(2n ** 31n), max: 2n ** 31n - 1n },
  short: { min: -(2n ** 15n), max: 2n ** 15n - 1n },
  byte: { min: -128n, max: 127n },
  unsigned_long: { min: 0n, max: 2n ** 64n - 1n },
};

const NUMERIC = new Set<FieldType>([
  'long', 'integer', 'short', 'byte', 'unsigned_long', 'double', 'float', 'half_float', 'scaled_float',
]); // prettier-ignore

export const isNumeric = (type: FieldType): type is NumericType => NUMERIC.has(type);
export const isWhole = (type: FieldType): boolean => WHOLE[type] !== undefined;

/** Smallest and largest value of a whole type. */
export const limitsOf = (type: FieldType): { readonly min: bigint; readonly max: bigint } | undefined => WHOLE[type];

/** A bigint as a number where nothing is lost, so that values compare with `===`. */
export const compact = (value: bigint): FieldNumber =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;

const DECIMAL = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,9}))?$/;
/** Beyond this many digits no field holds a number. */
const MAX_EXPONENT = 400;

/** A decimal text, exactly: whole part and whether a fraction other than zero follows. */
export interface Decimal {
  readonly whole: bigint;
  readonly fraction: boolean;
  readonly negative: boolean;
  readonly value: number;
}

/** A number, or a text as Java's parseDouble reads it; undefined for anything else, and for what no double can hold. */
export function parseDecimal(input: string | number | bigint): Decimal | undefined {
  if (typeof input === 'bigint') return { whole: input, fraction: false, negative: input < 0n, value: Number(input) };
  if (typeof input === 'number') {
    if (!Number.isFinite(input)) return undefined;
    return {
      whole: BigInt(Math.trunc(input)),
      fraction: !Number.isInteger(input),
      negative: input < 0,
      value: input,
    };
  }
  const text = input.trim();
  const found = DECIMAL.exec(text);
  const value = Number(text);
  if (found === null || !Number.isFinite(value)) return undefined;
  const [before = '', after = ''] = (found[2] ?? '').split('.');
  const negative = found[1] === '-';
  const exponent = Number(found[3] ?? 0);
  const digits = before + after;
  const places = before.length + exponent;
  if (/^0*$/.test(digits)) return { whole: 0n, fraction: false, negative, value };
  // A positive exponent past the limit would be infinite, a negative one leaves only a fraction
  const whole = places <= 0 ? 0n : BigInt(digits.slice(0, places).padEnd(Math.min(places, MAX_EXPONENT), '0'));
  const fraction = /[1-9]/.test(places <= 0 ? digits : digits.slice(places));
  return { whole: negative ? -whole : whole, fraction, negative, value };
}

/** Nearest value of half precision (11 bits of significand), ties to even; from 65520 on it is infinite. */
export function toHalf(value: number): number {
  const single = Math.fround(value);
  if (!Number.isFinite(single) || single === 0) return single;
  const magnitude = Math.abs(single);
  if (magnitude >= 65520) return Math.sign(single) * Infinity;
  const step = 2 ** (Math.max(Math.floor(Math.log2(magnitude)), -14) - 10);
  const scaled = magnitude / step;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  return Math.sign(single) * rounded * step;
}

/** Rounding half up, as Java's Math.round does for `scaled_float`. */
export function roundHalfUp(value: number): number {
  const floor = Math.floor(value);
  return value - floor >= 0.5 ? floor + 1 : floor;
}

/** A double in the precision of the field. */
export function inPrecision(type: NumericType, value: number, scalingFactor = 1): number {
  if (type === 'float') return Math.fround(value);
  if (type === 'half_float') return toHalf(value);
  if (type === 'scaled_float') return roundHalfUp(value * scalingFactor) / scalingFactor;
  return value;
}

/**
 * What a numeric field indexes for a value of a document: strings are parsed, fractions of whole types cut off toward
 * zero (`coerce`, on by default). Undefined: malformed, the field refuses the value
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/NumberFieldMapper.java,
 * libs/x-content/.../AbstractXContentParser.java).
 */
export function indexNumber(
  type: NumericType,
  written: Json,
  options: { readonly scalingFactor?: number | undefined; readonly coerce?: boolean | undefined } = {},
): FieldNumber | undefined {
  const coerce = options.coerce !== false;
  if (typeof written === 'string' && (!coerce || written === '')) return undefined;
  const value = written instanceof NumberToken ? written.token : written;
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const limits = WHOLE[type];
  // Only 64-bit types read text as an exact decimal, which has no room for spaces
  if ((type === 'long' || type === 'unsigned_long') && typeof value === 'string' && value !== value.trim())
    return undefined;
  const decimal = parseDecimal(value);
  if (decimal === undefined) return undefined;
  if (limits === undefined) {
    const held = inPrecision(type, decimal.value, options.scalingFactor);
    return Number.isFinite(held) ? held : undefined;
  }
  if (!coerce && decimal.fraction) return undefined;
  const outside = decimal.whole < limits.min || decimal.whole > limits.max;
  // An integer is compared with its limits before its fraction is cut off
  const above = type === 'integer' && (decimal.value > 2147483647 || decimal.value < -2147483648);
  return outside || above ? undefined : compact(decimal.whole);
}

/** Order of two field numbers, exact across number and bigint. */
export const compareNumbers = (a: FieldNumber, b: FieldNumber): number => (a < b ? -1 : a > b ? 1 : 0);
