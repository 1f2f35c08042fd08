import type { Field } from '../../../fields/mapping.ts';
import { inPrecision, isNumeric, limitsOf, parseDecimal, roundHalfUp } from '../../../fields/numbers.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { QueryFailure } from '../../failure.ts';
import { article, unreadable, type Placed, type ValueTest } from './value-test.ts';

export function numberEquality(field: Field, value: Scalar, clause: Placed): ValueTest {
  const decimal = typeof value === 'boolean' || value === null ? undefined : parseDecimal(value);
  if (decimal === undefined) throw unreadable(value, field, clause, 'write a number');
  const limits = limitsOf(field.type);
  if (limits !== undefined) {
    // A fraction, or a number that the type cannot hold, equals nothing (NumberFieldMapper.NumberType.termQuery).
    if (decimal.fraction || decimal.whole < limits.min || decimal.whole > limits.max) return () => false;
    const wanted = decimal.whole;
    const small = Number(wanted);
    if (Number.isSafeInteger(small)) return (actual) => actual === small;
    return (actual) => typeof actual === 'bigint' && actual === wanted;
  }
  const wanted = isNumeric(field.type) ? inPrecision(field.type, decimal.value, field.scalingFactor) : decimal.value;
  return (actual) => actual === wanted;
}

/**
 * Ranges on numbers. On whole types a fractional lower bound rounds up if positive and is cut off if negative, an upper
 * bound the other way round, and exclusiveness is dropped for it; a bound beyond the type's range is refused, where short
 * and byte have the limits of integer (elasticsearch: NumberFieldMapper.java rangeQuery).
 */
export function numberRange(field: Field, clause: Range): ValueTest {
  const { type } = field;
  const parse = (value: Scalar | undefined): ReturnType<typeof parseDecimal> => {
    if (value === undefined || value === null) return undefined;
    const decimal = typeof value === 'boolean' ? undefined : parseDecimal(value);
    if (decimal === undefined) throw unreadable(value, field, clause, 'the ends of a range are numbers');
    return decimal;
  };
  const low = parse(clause.gte ?? clause.gt);
  const high = parse(clause.lte ?? clause.lt);
  const lowOpen = clause.gte === undefined && clause.gt !== undefined;
  const highOpen = clause.lte === undefined && clause.lt !== undefined;
  const limits = limitsOf(type);
  if (limits === undefined) {
    const factor = field.scalingFactor ?? 1;
    if (type === 'scaled_float') {
      const scaledLow =
        low === undefined
          ? undefined
          : Math.ceil(low.value * factor) + (lowOpen && Number.isInteger(low.value * factor) ? 1 : 0);
      const scaledHigh =
        high === undefined
          ? undefined
          : Math.floor(high.value * factor) - (highOpen && Number.isInteger(high.value * factor) ? 1 : 0);
      return (actual) => {
        if (typeof actual !== 'number') return false;
        const scaled = roundHalfUp(actual * factor);
        return (scaledLow === undefined || scaled >= scaledLow) && (scaledHigh === undefined || scaled <= scaledHigh);
      };
    }
    const precise = (value: number): number => (isNumeric(type) ? inPrecision(type, value) : value);
    const a = low === undefined ? undefined : precise(low.value);
    const b = high === undefined ? undefined : precise(high.value);
    return (actual) =>
      typeof actual === 'number' &&
      (a === undefined || (lowOpen ? actual > a : actual >= a)) &&
      (b === undefined || (highOpen ? actual < b : actual <= b));
  }
  const checked = type === 'short' || type === 'byte' ? (limitsOf('integer') ?? limits) : limits;
  for (const [decimal, written] of [
    [low, clause.gte ?? clause.gt],
    [high, clause.lte ?? clause.lt],
  ] as const)
    if (
      decimal !== undefined &&
      type !== 'unsigned_long' &&
      (decimal.whole < checked.min || decimal.whole > checked.max)
    )
      throw new QueryFailure(`${String(written)} is out of range for ${article(field.typeName)}`, {
        span: clause.span,
        why: `${field.name} holds whole numbers from ${checked.min} to ${checked.max}; Elasticsearch refuses the search`,
      });
  const from =
    low === undefined
      ? undefined
      : low.fraction
        ? low.negative
          ? low.whole
          : low.whole + 1n
        : low.whole + (lowOpen ? 1n : 0n);
  const to =
    high === undefined
      ? undefined
      : high.fraction
        ? high.negative
          ? high.whole - 1n
          : high.whole
        : high.whole - (highOpen ? 1n : 0n);
  return (actual) =>
    (typeof actual === 'number' || typeof actual === 'bigint') &&
    (from === undefined || actual >= from) &&
    (to === undefined || actual <= to);
}
