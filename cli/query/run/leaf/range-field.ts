import { parseIp } from '../../../fields/ip.ts';
import type { Field } from '../../../fields/mapping.ts';
import { compareNumbers, parseDecimal, type FieldNumber } from '../../../fields/numbers.ts';
import { compileRanges } from '../../../fields/values/parts.ts';
import { pointOf } from '../../../fields/values/types/range-value.ts';
import type { JsonObject } from '../../../text/json.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { QueryFailure } from '../../failure.ts';
import type { RunContext, Test } from '../context.ts';
import { dateBound } from './dates.ts';
import { unreadable, type Placed } from './value-test.ts';

export const isRangeField = (field: Field): boolean => pointOf(field.type) !== undefined;

/** An absent end is open towards that side; `…Open` leaves the end itself out. */
interface Interval {
  readonly low?: FieldNumber | undefined;
  readonly high?: FieldNumber | undefined;
  readonly lowOpen?: boolean;
  readonly highOpen?: boolean;
}

/** Reads one end of a range; throws a QueryFailure for a value of another type. */
type ReadEnd = (value: Scalar, roundUp: boolean) => FieldNumber;

function endReader(field: Field, clause: Placed, context: RunContext, zone?: string, format?: string): ReadEnd {
  const point = { ...field, type: pointOf(field.type) ?? 'long' };
  return (value, roundUp) => {
    if (value === null) throw new QueryFailure('a term cannot be null', { span: clause.span });
    const text = typeof value === 'boolean' ? String(value) : value;
    if (point.type === 'date') return dateBound(point, text, roundUp, clause, context, zone, format);
    if (point.type === 'ip') {
      const address = typeof value === 'string' ? parseIp(value) : undefined;
      return address ?? fail(value, 'write one address: a range is not compared with a block');
    }
    const decimal = typeof value === 'boolean' ? undefined : parseDecimal(value);
    if (decimal === undefined) return fail(value, 'write a number');
    if (point.type === 'double' || point.type === 'float') return decimal.value;
    return decimal.fraction ? fail(value, 'write a whole number') : decimal.whole;
  };
  function fail(value: Scalar, help: string): never {
    throw unreadable(value, field, clause, help);
  }
}

type Bounds = Pick<Range, 'gt' | 'gte' | 'lt' | 'lte'>;

/** Both ends as they are written; the lower one is rounded up where it is left out, as in searches on dates. */
function intervalOf({ gt, gte, lt, lte }: Bounds, read: ReadEnd): Interval {
  const low = gte ?? gt ?? null;
  const high = lte ?? lt ?? null;
  const lowOpen = (gte ?? null) === null;
  const highOpen = (lte ?? null) === null;
  return {
    ...(low === null ? {} : { low: read(low, lowOpen), lowOpen }),
    ...(high === null ? {} : { high: read(high, !highOpen), highOpen }),
  };
}

/** Whole numbers, dates and addresses have a next one, so that their ranges can be closed. */
function closed(interval: Interval, discrete: boolean): Interval {
  if (!discrete) return interval;
  const step = (value: FieldNumber | undefined, by: 1 | -1): FieldNumber | undefined =>
    typeof value === 'bigint' ? value + BigInt(by) : value === undefined ? undefined : value + by;
  return {
    low: interval.lowOpen === true ? step(interval.low, 1) : interval.low,
    high: interval.highOpen === true ? step(interval.high, -1) : interval.high,
  };
}

/** Whether a lower end lies at or below an upper one. */
function reaches(low: Interval, high: Interval): boolean {
  if (low.low === undefined || high.high === undefined) return true;
  const order = compareNumbers(low.low, high.high);
  return order < 0 || (order === 0 && low.lowOpen !== true && high.highOpen !== true);
}

function within(inner: Interval, outer: Interval): boolean {
  if (outer.low !== undefined) {
    if (inner.low === undefined) return false;
    const order = compareNumbers(inner.low, outer.low);
    if (order < 0 || (order === 0 && outer.lowOpen === true && inner.lowOpen !== true)) return false;
  }
  if (outer.high !== undefined) {
    if (inner.high === undefined) return false;
    const order = compareNumbers(inner.high, outer.high);
    if (order > 0 || (order === 0 && outer.highOpen === true && inner.highOpen !== true)) return false;
  }
  return true;
}

/** Whether a value, as a range of one, or a range of the search meets a range of the document. */
export type RangeFieldClause =
  | (Placed & { readonly kind: 'values'; readonly values: readonly Scalar[] })
  | (Placed & { readonly kind: 'range'; readonly range: Range });

/**
 * A clause on a field that holds ranges. A value meets every range that it lies in; a range of the search meets those that it
 * overlaps, or with `relation` those that it holds (`within`) or that hold it (`contains`)
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/RangeFieldMapper.java).
 */
export function rangeFieldTest(field: Field, prefix: string, clause: RangeFieldClause, context: RunContext): Test {
  const discrete = field.type !== 'double_range' && field.type !== 'float_range';
  const { timeZone, format, relation = 'intersects' } = clause.kind === 'range' ? clause.range : {};
  const read = endReader(field, clause, context, timeZone, format);
  const asked = (
    clause.kind === 'range'
      ? [intervalOf(clause.range, read)]
      : clause.values.map((value) => intervalOf({ gte: value, lte: value }, read))
  ).map((one) => closed(one, discrete));
  const meets = (range: Interval): boolean =>
    asked.some((one) =>
      relation === 'within'
        ? within(range, one)
        : relation === 'contains'
          ? within(one, range)
          : reaches(range, one) && reaches(one, range),
    );
  const ranges = compileRanges(field, prefix);
  return (source: JsonObject) => ranges(source).some(meets);
}
