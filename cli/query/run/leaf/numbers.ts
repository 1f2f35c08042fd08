import type { Field } from '../../../fields/mapping.ts';
import { compareNumbers, isNumeric, isWhole, limitsOf, type NumericType } from '../../../fields/numbers.ts';
import { boundNumber, equalNumber, type Asked, type Bound, type Failure, type Nothing, type Place } from '../../../fields/query-numbers.ts'; // prettier-ignore
import { NumberToken } from '../../../text/json.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { scalarText } from '../../algebra/scalar-text.ts';
import { QueryFailure } from '../../failure.ts';
import { article, unreadable, type Placed, type ValueTest } from './value-test.ts';

/** A field of a numeric type. */
export type NumericField = Field & { readonly type: NumericType };

export const isNumericField = (field: Field): field is NumericField => isNumeric(field.type);

const NEVER: ValueTest = () => false;

/** What a constant of a query is to Java; undefined for a null. A boolean is its text, which is no number. */
export function askedNumber(value: Scalar): Asked | undefined {
  if (value === null) return undefined;
  if (value instanceof NumberToken) return value.value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function fail(failure: Failure, value: Scalar, field: NumericField, clause: Placed, help: string): never {
  if (failure === 'unreadable') throw unreadable(value, field, clause, help);
  // Those of short and byte are checked as integers
  const limits = limitsOf(field.type === 'short' || field.type === 'byte' ? 'integer' : field.type);
  throw new QueryFailure(`${scalarText(value)} is out of range for ${article(field.typeName)}`, {
    span: clause.span,
    why: `${field.name} holds ${limits === undefined ? 'no number of this size' : `whole numbers from ${limits.min} to ${limits.max}`}; Elasticsearch refuses the search`,
  });
}

/** One value of `term`, `match` and the like; in `terms` a number beyond the type is refused. */
export function numberEquality(field: NumericField, value: Scalar, clause: Placed, place: Place = 'term'): ValueTest {
  const asked = askedNumber(value) ?? 'null';
  // Without an index a list becomes a term for each of its members (MappedFieldType.termsQuery)
  const equal = equalNumber(field.type, asked, field.indexed === false ? 'term' : place, field.scalingFactor);
  if (equal === 'nothing') return NEVER;
  if (typeof equal === 'string') return fail(equal, value, field, clause, 'write a number');
  const { is } = equal;
  if (field.type === 'scaled_float') {
    const factor = field.scalingFactor ?? 1;
    return (actual) => typeof actual === 'number' && Math.round(actual * factor) === is;
  }
  return is === 0 ? (actual) => Object.is(actual, is) : (actual) => actual === is;
}

/** Ranges on numbers. */
export function numberRange(field: NumericField, clause: Range): ValueTest {
  const lower = bound(field, clause, clause.gte === undefined ? clause.gt : clause.gte, 'lower');
  // Above the last value of all there is nothing, whatever the other end is (NumberFieldMapper.java LONG.rangeQuery)
  if (lower === 'nothing') return NEVER;
  const upper = bound(field, clause, clause.lte === undefined ? clause.lt : clause.lte, 'upper');
  if (upper === 'nothing') return NEVER;
  if (field.type !== 'scaled_float') return isWhole(field.type) ? between(lower, upper) : betweenDecimals(lower, upper);
  const factor = field.scalingFactor ?? 1;
  const test = between(lower, upper);
  return (actual) => typeof actual === 'number' && test(Math.round(actual * factor));
}

function bound(
  field: NumericField,
  clause: Range,
  value: Scalar | undefined,
  side: 'lower' | 'upper',
): Bound | Nothing | undefined {
  const asked = value === undefined ? undefined : askedNumber(value);
  if (value === undefined || asked === undefined) return undefined;
  const open = (side === 'lower' ? clause.gte : clause.lte) === undefined;
  const found = boundNumber(field.type, asked, side, open, field.scalingFactor);
  if (found === 'unreadable' || found === 'out-of-range')
    return fail(found, value, field, clause, 'the ends of a range are numbers');
  return found;
}

/** The order of the index: -0.0 comes before 0.0, and NaN after everything. */
function betweenDecimals(lower: Bound | undefined, upper: Bound | undefined): ValueTest {
  if (lower !== undefined && Number.isNaN(lower.at)) return NEVER;
  if (upper !== undefined && Number.isNaN(upper.at)) return betweenDecimals(lower, undefined);
  if (lower?.at !== 0 && upper?.at !== 0) return between(lower, upper);
  return (actual) => {
    if (typeof actual !== 'number') return false;
    const above = lower === undefined ? 1 : compareNumbers(actual, lower.at);
    const below = upper === undefined ? -1 : compareNumbers(actual, upper.at);
    return (lower?.open === true ? above > 0 : above >= 0) && (upper?.open === true ? below < 0 : below <= 0);
  };
}

function between(lower: Bound | undefined, upper: Bound | undefined): ValueTest {
  const [low, high] = [lower?.at ?? -Infinity, upper?.at ?? Infinity];
  const [lowOpen, highOpen] = [lower?.open === true, upper?.open === true];
  return (actual) =>
    (typeof actual === 'number' || typeof actual === 'bigint') &&
    (lowOpen ? actual > low : actual >= low) &&
    (highOpen ? actual < high : actual <= high);
}
