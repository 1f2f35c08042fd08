import type { Json } from '../text/json.ts';
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

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;

/** A decimal text, exactly: whole part and whether a fraction other than zero follows. Undefined: not a number. */
export interface Decimal {
  readonly whole: bigint;
  readonly fraction: boolean;
  readonly negative: boolean;
  readonly value: number;
}

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
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  const plain = /^([+-]?)(\d*)\.?(\d*)$/.exec(text);
  if (plain === null) {
    if (!Number.isFinite(value)) return undefined;
    return { whole: BigInt(Math.trunc(value)), fraction: !Number.isInteger(value), negative: value < 0, value };
  }
  const whole = BigInt(plain[2] === '' ? '0' : (plain[2] ?? '0'));
  return {
    whole: plain[1] === '-' ? -whole : whole,
    fraction: /[1-9]/.test(plain[3] ?? ''),
    negative: plain[1] === '-',
    value,
  };
}

/** Nearest value of half precision (11 bits of significand), ties to even. */
export function toHalf(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return Math.sign(value) * Infinity;
  const exponent = Math.max(Math.floor(Math.log2(magnitude)), -14);
  const step = 2 ** (exponent - 10);
  const scaled = magnitude / step;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  return Math.sign(value) * rounded * step;
}

/** Rounding half up, as Java's Math.round does for `scaled_float`. */
export const roundHalfUp = (value: number): number => Math.floor(value + 0.5);

/** A double in the precision of the field. */
export function inPrecision(type: NumericType, value: number, scalingFactor = 1): number {
  if (type === 'float') return Math.fround(value);
  if (type === 'half_float') return toHalf(value);
  if (type === 'scaled_float') return roundHalfUp(value * scalingFactor) / scalingFactor;
  return value;
}

/**
 * What a numeric field indexes for a value of a document: strings are parsed, fractions of whole types cut off toward
 * zero (`coerce`, on by default). Undefined: malformed, the field refuses the document
 * (elasticsearch: server/.../index/mapper/NumberFieldMapper.java).
 */
export function indexNumber(type: NumericType, value: Json, scalingFactor?: number): FieldNumber | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  if (value === '') return undefined;
  const decimal = parseDecimal(value);
  if (decimal === undefined) return undefined;
  const limits = WHOLE[type];
  if (limits === undefined) return inPrecision(type, decimal.value, scalingFactor);
  return decimal.whole < limits.min || decimal.whole > limits.max ? undefined : compact(decimal.whole);
}

/** Order of two field numbers, exact across number and bigint. */
export const compareNumbers = (a: FieldNumber, b: FieldNumber): number => (a < b ? -1 : a > b ? 1 : 0);
