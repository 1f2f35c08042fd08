import { doubleText } from '../../fields/java-numbers/double-text.ts';
import type { Literal } from './ast.ts';
import type { Span } from '../../text/span.ts';

/**
 * A value while a query is folded or a script runs. Whole numbers are bigint, decimals are number: Java's arithmetic
 * depends on which of them an operand is. Whether a whole number is an int or a long is known from the expression
 * (`isInt` in types.ts).
 */
export type EqlValue = string | bigint | number | boolean | null;

export function valueOf(literal: Literal): EqlValue {
  if (literal.type === 'integer') return BigInt(Number(literal.value));
  return literal.value;
}

const INT_MAX = 2147483647n;

export const fitsInt = (value: bigint): boolean => value >= -INT_MAX - 1n && value <= INT_MAX;

/** A value as a literal. `long`: a whole number that fits an int is a long all the same. */
export function literalOf(value: EqlValue, span: Span, long = false): Literal {
  if (value === null) return { kind: 'literal', type: 'null', value, span };
  if (typeof value === 'string') return { kind: 'literal', type: 'string', value, span };
  if (typeof value === 'boolean') return { kind: 'literal', type: 'boolean', value, span };
  if (typeof value === 'number') return { kind: 'literal', type: 'double', value, span };
  if (!long && fitsInt(value)) return { kind: 'literal', type: 'integer', value: Number(value), span };
  return { kind: 'literal', type: 'long', value, span };
}

/** Text form as Java's String.valueOf gives it. */
export const textOf = (value: Exclude<EqlValue, null>): string =>
  typeof value === 'number' ? doubleText(value) : String(value);

/** Java's Double.compare: NaN is equal to itself and above all others, -0.0 is below 0.0. */
function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  const rank = (value: number): number => (Number.isNaN(value) ? 2 : Object.is(value, -0) ? 0 : 1);
  return a === b || Number.isNaN(a) || Number.isNaN(b) ? Math.sign(rank(a) - rank(b)) : 0;
}

/**
 * Order of two values, or null where they cannot be compared: a null, or values of other types. A whole number beside a
 * decimal is compared as a double (elasticsearch: x-pack/plugin/ql/.../operator/comparison/Comparisons.java).
 */
export function compareValues(a: EqlValue, b: EqlValue): number | null {
  if (a === null || b === null) return null;
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  const numeric = (value: EqlValue): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
  if (numeric(a) && numeric(b)) return compareDoubles(Number(a), Number(b));
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return null;
}

/** `==` inside a script: null in, null out; values of other types are not comparable. */
export function equalValues(a: EqlValue, b: EqlValue): boolean | null {
  const order = compareValues(a, b);
  return order === null ? null : order === 0;
}
