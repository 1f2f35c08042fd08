import type { Literal } from './ast.ts';
import type { Span } from '../../text/span.ts';

/**
 * A value while a query is folded or a script runs. Whole numbers are bigint, decimals are number: Java's arithmetic
 * depends on which of them an operand is.
 */
export type EqlValue = string | bigint | number | boolean | null;

export function valueOf(literal: Literal): EqlValue {
  if (literal.type === 'integer') return BigInt(Number(literal.value));
  return literal.value;
}

const INT_MAX = 2147483647n;

export function literalOf(value: EqlValue, span: Span): Literal {
  if (value === null) return { kind: 'literal', type: 'null', value, span };
  if (typeof value === 'string') return { kind: 'literal', type: 'string', value, span };
  if (typeof value === 'boolean') return { kind: 'literal', type: 'boolean', value, span };
  if (typeof value === 'number') return { kind: 'literal', type: 'double', value, span };
  if (value >= -INT_MAX - 1n && value <= INT_MAX)
    return { kind: 'literal', type: 'integer', value: Number(value), span };
  return { kind: 'literal', type: 'long', value, span };
}

/** Text form as Java's String.valueOf gives it: `42.5`, `1.0`, `true`. */
export function textOf(value: Exclude<EqlValue, null>): string {
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return value.toFixed(1);
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) return String(value);
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** Order of two values, or null where they cannot be compared: a null, or other types (elasticsearch: Comparisons.java). */
export function compareValues(a: EqlValue, b: EqlValue): number | null {
  if (a === null || b === null) return null;
  const numeric = (value: EqlValue): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
  if (numeric(a) && numeric(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return null;
}

/** `==` inside a script: null in, null out; values of other types are not comparable. */
export function equalValues(a: EqlValue, b: EqlValue): boolean | null {
  const order = compareValues(a, b);
  return order === null ? null : order === 0;
}
