import { DateError, resolveDate } from '../../../fields/dates/index.ts';
import { parseIp, parseIpOrCidr, type IpBlock } from '../../../fields/ip.ts';
import type { Field } from '../../../fields/mapping.ts';
import {
  compareNumbers,
  inPrecision,
  isNumeric,
  limitsOf,
  parseDecimal,
  roundHalfUp,
  type FieldNumber,
} from '../../../fields/numbers.ts';
import type { IndexedValue } from '../../../fields/values/indexed.ts';
import { compareVersions } from '../../../fields/version.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { QueryFailure, Unsupported } from '../../failure.ts';
import type { RunContext } from '../context.ts';

/** The part of a clause that errors need. */
export interface Placed {
  readonly span?: { readonly start: number; readonly end: number };
}

export type ValueTest = (value: IndexedValue) => boolean;

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

/** A value that the field's type cannot read: the search fails on every shard that has the field. */
export function unreadable(value: Scalar, field: Field, clause: Placed, help?: string): QueryFailure {
  return new QueryFailure(
    `${JSON.stringify(value === null ? null : String(value))} is not ${article(field.typeName)}`,
    {
      span: clause.span,
      why: `${field.name} is of type ${field.typeName}; Elasticsearch refuses the search`,
      ...(help === undefined ? {} : { help }),
    },
  );
}

/** Types on which patterns make no sense. */
export const noPattern = (what: string, field: Field, clause: Placed): QueryFailure =>
  new QueryFailure(`${what} cannot be used on ${field.name}, which is ${article(field.typeName)}`, {
    span: clause.span,
    why: 'patterns work on keyword, text and wildcard fields; Elasticsearch refuses the search',
    help: field.type === 'ip' ? 'use a block such as 10.0.0.0/8' : 'use a comparison or a range',
  });

/** One value of `term`, `terms`, `match` and `match_phrase` on a type that is not text. */
export function equalityTest(
  field: Field,
  value: Scalar,
  clause: Placed,
  context: RunContext,
  timeZone?: string,
): ValueTest {
  if (value === null)
    throw new QueryFailure('a term cannot be null', { span: clause.span, why: 'Elasticsearch refuses a null value' });
  const { type } = field;
  if (isNumeric(type)) return numberEquality(field, value, clause);
  switch (type) {
    case 'boolean': {
      if (value !== true && value !== false && value !== 'true' && value !== 'false')
        throw unreadable(value, field, clause, 'a boolean is true or false');
      const wanted = value === true || value === 'true';
      return (actual) => actual === wanted;
    }
    case 'ip': {
      const block = typeof value === 'string' ? parseIpOrCidr(value) : undefined;
      if (block === undefined)
        throw unreadable(value, field, clause, 'write an address such as 10.0.0.1 or a block such as 10.0.0.0/8');
      return inBlock(block);
    }
    case 'date':
    case 'date_nanos': {
      const text = typeof value === 'boolean' ? String(value) : value;
      return between(
        dateBound(field, text, false, clause, context, timeZone),
        dateBound(field, text, true, clause, context, timeZone),
      );
    }
    case 'version': {
      const wanted = String(value);
      return (actual) => actual === wanted;
    }
    default:
      return noValues(field, clause);
  }
}

/** Types that hold no single values: shapes are refused as Elasticsearch does, types that are not run by name. */
function noValues(field: Field, clause: Placed): never {
  if (field.type === 'unsupported')
    throw new Unsupported(`a comparison with ${field.name}, which is ${article(field.typeName)},`, {
      span: clause.span,
    });
  throw new QueryFailure(`${field.name} is ${article(field.typeName)}, which is compared with no value`, {
    span: clause.span,
    why: 'Elasticsearch refuses the search',
  });
}

const inBlock =
  ({ low, high }: IpBlock): ValueTest =>
  (actual) =>
    typeof actual === 'bigint' && actual >= low && actual <= high;

const between =
  (low: FieldNumber, high: FieldNumber): ValueTest =>
  (actual) =>
    (typeof actual === 'number' || typeof actual === 'bigint') && actual >= low && actual <= high;

export function dateBound(
  field: Field,
  value: string | number | bigint,
  roundUp: boolean,
  clause: Placed,
  context: RunContext,
  timeZone?: string,
  format?: string,
): FieldNumber {
  try {
    const nanos = resolveDate(value, { now: context.now, roundUp, timeZone, format: format ?? field.format });
    if (field.type === 'date_nanos') return nanos;
    const below = ((nanos % 1_000_000n) + 1_000_000n) % 1_000_000n;
    return Number((nanos - below) / 1_000_000n);
  } catch (error) {
    if (!(error instanceof DateError)) throw error;
    throw new QueryFailure(error.message, {
      span: clause.span,
      why: error.why ?? `${field.name} is a date; Elasticsearch refuses the search`,
      ...(error.help === undefined ? {} : { help: error.help }),
    });
  }
}

function numberEquality(field: Field, value: Scalar, clause: Placed): ValueTest {
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

/** A range on a type that is not text. */
export function rangeTest(field: Field, clause: Range, context: RunContext): ValueTest {
  const { type } = field;
  if (isNumeric(type)) return numberRange(field, clause);
  switch (type) {
    case 'date':
    case 'date_nanos': {
      const bound = (value: Scalar | undefined, roundUp: boolean): FieldNumber | undefined =>
        value === undefined || value === null
          ? undefined
          : dateBound(
              field,
              typeof value === 'boolean' ? String(value) : value,
              roundUp,
              clause,
              context,
              clause.timeZone,
              clause.format,
            );
      return within(
        bound(clause.gt, true),
        bound(clause.gte, false),
        bound(clause.lt, false),
        bound(clause.lte, true),
        compareNumbers,
      );
    }
    case 'ip': {
      const bound = (value: Scalar | undefined): bigint | undefined => {
        if (value === undefined || value === null) return undefined;
        const address = typeof value === 'string' ? parseIp(value) : undefined;
        if (address === undefined) throw unreadable(value, field, clause, 'the ends of a range are addresses');
        return address;
      };
      return within(bound(clause.gt), bound(clause.gte), bound(clause.lt), bound(clause.lte), compareNumbers);
    }
    case 'boolean': {
      const bound = (value: Scalar | undefined): number | undefined => {
        if (value === undefined || value === null) return undefined;
        if (value === true || value === 'true') return 1;
        if (value === false || value === 'false') return 0;
        throw unreadable(value, field, clause, 'a boolean is true or false');
      };
      const test = within(bound(clause.gt), bound(clause.gte), bound(clause.lt), bound(clause.lte), compareNumbers);
      return (actual) => test(actual === true ? 1 : 0);
    }
    case 'version': {
      const bound = (value: Scalar | undefined): string | undefined =>
        value === undefined || value === null ? undefined : String(value);
      const [gt, gte, lt, lte] = [bound(clause.gt), bound(clause.gte), bound(clause.lt), bound(clause.lte)];
      return (actual) =>
        typeof actual === 'string' &&
        (gt === undefined || compareVersions(actual, gt) > 0) &&
        (gte === undefined || compareVersions(actual, gte) >= 0) &&
        (lt === undefined || compareVersions(actual, lt) < 0) &&
        (lte === undefined || compareVersions(actual, lte) <= 0);
    }
    default:
      return noValues(field, clause);
  }
}

function within(
  gt: FieldNumber | undefined,
  gte: FieldNumber | undefined,
  lt: FieldNumber | undefined,
  lte: FieldNumber | undefined,
  compare: (a: FieldNumber, b: FieldNumber) => number,
): ValueTest {
  return (actual) =>
    (typeof actual === 'number' || typeof actual === 'bigint') &&
    (gt === undefined || compare(actual, gt) > 0) &&
    (gte === undefined || compare(actual, gte) >= 0) &&
    (lt === undefined || compare(actual, lt) < 0) &&
    (lte === undefined || compare(actual, lte) <= 0);
}

/**
 * Ranges on numbers. On whole types a fractional lower bound rounds up if positive and is cut off if negative, an upper
 * bound the other way round, and exclusiveness is dropped for it; a bound beyond the type's range is refused, where short
 * and byte have the limits of integer (elasticsearch: NumberFieldMapper.java rangeQuery).
 */
function numberRange(field: Field, clause: Range): ValueTest {
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
