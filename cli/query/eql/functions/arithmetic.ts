import { QueryFailure } from '../../failure.ts';
import type { EqlValue } from '../value.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

function exact(value: bigint): bigint {
  if (value < MIN || value > MAX)
    throw new QueryFailure('the arithmetic overflows 64 bits', {
      why: 'Elasticsearch fails the search instead of not matching',
      help: 'use a decimal operand, such as 1.0, to compute with doubles',
    });
  return value;
}

/**
 * Java arithmetic: null in, null out; two whole numbers give a whole number, division truncates toward zero and the
 * remainder has the sign of the dividend; a decimal makes all of it decimal (elasticsearch: ql Arithmetics.java).
 */
export function calculate(operator: ArithmeticOperator, a: EqlValue, b: EqlValue): EqlValue {
  if (a === null || b === null) return null;
  if (!isNumber(a) || !isNumber(b))
    throw new QueryFailure(`"${operator}" needs numbers`, { why: 'Elasticsearch fails the search' });
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if ((operator === '/' || operator === '%') && b === 0n)
      throw new QueryFailure('division by zero', { why: 'Elasticsearch fails the search instead of not matching' });
    switch (operator) {
      case '+':
        return exact(a + b);
      case '-':
        return exact(a - b);
      case '*':
        return exact(a * b);
      case '/':
        return exact(a / b);
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

export function negate(value: EqlValue): EqlValue {
  if (value === null) return null;
  if (typeof value === 'bigint') return exact(-value);
  if (typeof value === 'number') return -value;
  throw new QueryFailure('a sign needs a number', { why: 'Elasticsearch fails the search' });
}
