import type { Field } from '../../../fields/mapping.ts';
import { compareNumbers, type FieldNumber } from '../../../fields/numbers.ts';
import { pointNumber } from '../../../fields/query-numbers.ts';
import { compileRanges } from '../../../fields/values/parts.ts';
import { nextEnd, pointOf, wholeRange, type Interval } from '../../../fields/values/types/range-value.ts';
import type { JsonObject } from '../../../text/json.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { scalarText } from '../../algebra/scalar-text.ts';
import { QueryFailure } from '../../failure.ts';
import { never, type RunContext, type Test } from '../context.ts';
import { parseAddress } from './addresses.ts';
import { dateBound } from './dates.ts';
import { askedNumber } from './numbers.ts';
import { unreadable, type Placed } from './value-test.ts';

export const isRangeField = (field: Field): boolean => pointOf(field.type) !== undefined;

/** Whether a value, as a range of one, or a range of the search meets a range of the document. */
export type RangeFieldClause =
  | (Placed & { readonly kind: 'values'; readonly values: readonly Scalar[] })
  | (Placed & { readonly kind: 'range'; readonly range: Range });

/** Reads one end of a range; throws a QueryFailure for a value of another type. */
type ReadEnd = (value: Scalar, roundUp: boolean) => FieldNumber;

function endReader(field: Field, clause: Placed, context: RunContext, zone?: string, format?: string): ReadEnd {
  const type = pointOf(field.type);
  const refuse = (value: Scalar, help: string): never => {
    throw unreadable(value, field, clause, help);
  };
  switch (type) {
    case 'ip':
      return (value) => parseAddress(value) ?? refuse(value, 'write one address: a range is not compared with a block');
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return (value) => {
        const found = pointNumber(type, askedNumber(value) ?? 'null');
        if (found === 'fraction' || found === 'out-of-range')
          return refuse(value, `write a number that is ${NUMBERS[type]}`);
        return found === 'unreadable' ? refuse(value, 'write a number') : found;
      };
    default: {
      // Each end is read by itself, and a number by the format like a text, unlike on a date (RangeType.java DATE)
      const point: Field = { ...field, type: 'date' };
      return (value, roundUp) => dateBound(point, scalarText(value), roundUp, clause, context, zone, format);
    }
  }
}

const NUMBERS = {
  integer: 'whole, and from -2147483648 to 2147483647',
  long: 'whole, and of 64 bits',
  float: 'within what a float holds',
  double: 'within what a double holds',
};

/**
 * A clause on a field that holds ranges. A value meets every range that it lies in; a range of the search meets those that it
 * overlaps, or with `relation` those that it holds (`within`) or that hold it (`contains`)
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/RangeFieldMapper.java, RangeType.java).
 */
export function rangeFieldTest(field: Field, prefix: string, clause: RangeFieldClause, context: RunContext): Test {
  const { timeZone, format, relation = 'intersects' } = clause.kind === 'range' ? clause.range : {};
  // A range without ends asks whether there is one, whatever the relation (RangeQueryBuilder.doToQuery)
  const exists = clause.kind === 'range' && clause.range.fromQueryString !== true && isOpen(clause.range);
  if (field.indexed === false && !exists)
    throw new QueryFailure(`${field.name} cannot be searched`, {
      span: clause.span,
      why: 'its mapping has no index, and ranges are not searched by doc values; Elasticsearch refuses the search',
    });
  const read = endReader(field, clause, context, timeZone, format);
  const ranges = clause.kind === 'range' ? [clause.range] : clause.values.map((value) => ({ gte: value, lte: value }));
  const asked = exists ? [] : ranges.flatMap((range) => intervalOf(field, range, read, clause));
  if (!exists && asked.length === 0) return never;
  const meets = (range: Interval): boolean =>
    exists ||
    asked.some((one) =>
      relation === 'within'
        ? within(range, one)
        : relation === 'contains'
          ? within(one, range)
          : reaches(range, one) && reaches(one, range),
    );
  const held = compileRanges(field, prefix);
  return (source: JsonObject) => held(source).some(meets);
}

type Ends = Pick<Range, 'gt' | 'gte' | 'lt' | 'lte'>;

const isOpen = ({ gt, gte, lt, lte }: Ends): boolean => (gt ?? gte ?? lt ?? lte ?? null) === null;

const leftOut = (closed: unknown, open: unknown): boolean => (closed ?? null) === null && open !== undefined;

/** From the first to the last value that is asked for; none where no value lies between the ends. */
function intervalOf(field: Field, ends: Ends, read: ReadEnd, clause: Placed): readonly Interval[] {
  const [lower, upper] = [ends.gte ?? ends.gt ?? null, ends.lte ?? ends.lt ?? null];
  // An end that is null may be left out as well: of all values the last one then
  const [lowOpen, highOpen] = [leftOut(ends.gte, ends.gt), leftOut(ends.lte, ends.lt)];
  // The ends of a date are rounded up where a lower one is left out and an upper one is not
  const whole = wholeRange(field);
  const low = lower === null ? whole.low : read(lower, lowOpen);
  const high = upper === null ? whole.high : read(upper, !highOpen);
  if (lower !== null && upper !== null && compareNumbers(low, high) > 0)
    throw new QueryFailure(`the range from ${scalarText(lower)} to ${scalarText(upper)} is upside down`, {
      span: clause.span,
      why: `its lower end is above its upper end, which ${field.name} refuses, being ${field.typeName}; Elasticsearch refuses the search`,
    });
  const from = lowOpen ? nextEnd(field, low, 1) : low;
  const to = highOpen ? nextEnd(field, high, -1) : high;
  if (from === 'none' || to === 'none')
    throw new QueryFailure(`there is no address ${from === 'none' ? 'above' : 'below'} this one`, {
      span: clause.span,
      why: 'Elasticsearch refuses the search',
    });
  return compareNumbers(from, to) > 0 ? [] : [{ low: from, high: to }];
}

/** Whether a lower end lies at or below an upper one. */
const reaches = ({ low }: Interval, { high }: Interval): boolean => compareNumbers(low, high) <= 0;

const within = (inner: Interval, outer: Interval): boolean =>
  compareNumbers(inner.low, outer.low) >= 0 && compareNumbers(inner.high, outer.high) <= 0;
