import { QueryFailure } from '../../failure.ts';
import type { EqlValue } from '../value.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** Width of a whole number: Java's int or long. Two ints give an int, and overflow as one. */
export type Width = 32 | 64;

const LONG_MAX = 2n ** 63n - 1n;
const isUnsigned = (value: bigint): boolean => value > LONG_MAX;

/** With an operand beyond a long the result is an unsigned_long, or overflows (Arithmetics.java asUnsignedLong). */
function exact(value: bigint, width: Width, ...operands: readonly bigint[]): bigint {
  const unsigned = operands.some(isUnsigned);
  if ((unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(width, value)) !== value)
    throw new QueryFailure(`the arithmetic overflows ${width} bits`, {
      why: 'Elasticsearch fails the search instead of not matching',
      help:
        width === 32
          ? 'two numbers below 2147483648 are computed with 32 bits; use a decimal operand, such as 1.0'
          : 'use a decimal operand, such as 1.0, to compute with doubles',
    });
  return value;
}

/**
 * Java arithmetic: null in, null out; two whole numbers give a whole number, division truncates toward zero and the
 * remainder has the sign of the dividend; a decimal makes all of it decimal. Sums and products that overflow throw;
 * division wraps (elasticsearch: x-pack/plugin/ql/.../operator/arithmetic/Arithmetics.java).
 */
export function calculate(operator: ArithmeticOperator, a: EqlValue, b: EqlValue, width: Width): EqlValue {
  if (a === null || b === null) return null;
  if (!isNumber(a) || !isNumber(b))
    throw new QueryFailure(`"${operator}" needs numbers`, { why: 'Elasticsearch fails the search' });
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if ((operator === '/' || operator === '%') && b === 0n)
      throw new QueryFailure('division by zero', { why: 'Elasticsearch fails the search instead of not matching' });
    switch (operator) {
      case '+':
        return exact(a + b, width, a, b);
      case '-':
        return exact(a - b, width, a, b);
      case '*':
        return exact(a * b, width, a, b);
      case '/':
        return isUnsigned(a) || isUnsigned(b) ? exact(a / b, width, a, b) : BigInt.asIntN(width, a / b);
      case '%':
        return a % b;
    }
  }
  const [x, y] = [Number(a), Number(b)];
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
  }
}

const isNumber = (value: EqlValue): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

export function negate(value: EqlValue, width: Width): EqlValue {
  if (value === null) return null;
  // A literal is read with its sign: one below the least long is a double
  if (typeof value === 'bigint')
    return value > LONG_MAX + 1n ? -Number(value) : exact(-value, value > LONG_MAX ? 64 : width);
  if (typeof value === 'number') return -value;
  throw new QueryFailure('a sign needs a number', { why: 'Elasticsearch fails the search' });
}
