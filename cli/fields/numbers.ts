import type { FieldType } from './mapping.ts';

/** A number as a field holds it: whole numbers of 64 bits are bigint where a double could not tell them apart. */
export type FieldNumber = number | bigint;

export type NumericType =
  | 'long' | 'integer' | 'short' | 'byte' | 'unsigned_long' | 'double' | 'float' | 'half_float' | 'scaled_float'; // prettier-ignore

export interface Limits {
  readonly min: bigint;
  readonly max: bigint;
}

const WHOLE: Readonly<Partial<Record<FieldType, Limits>>> = {
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
export const limitsOf = (type: FieldType): Limits | undefined => WHOLE[type];

/** A bigint as a number where nothing is lost, so that values compare with `===`. */
export const compact = (value: bigint): FieldNumber =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;

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

const LONG = 2 ** 63;

/** Rounding half up to a long, as Java's Math.round does for `scaled_float`. */
export function roundHalfUp(value: number): number {
  const floor = Math.floor(value);
  const rounded = value - floor >= 0.5 ? floor + 1 : floor;
  return Math.min(Math.max(rounded, -LONG), LONG);
}

/** Order of two field numbers, exact across number and bigint; -0.0 comes before 0.0, as in the index. */
export function compareNumbers(a: FieldNumber, b: FieldNumber): number {
  if (a === 0 && b === 0) return Object.is(a, b) ? 0 : Object.is(a, -0) ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
