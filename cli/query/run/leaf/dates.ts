import { DateError, DEFAULT_NANOS_FORMAT, isNanos, resolveInstant } from '../../../fields/dates/index.ts';
import { toMillis, toNanos } from '../../../fields/dates/instant.ts';
import type { Field } from '../../../fields/mapping.ts';
import type { FieldNumber } from '../../../fields/numbers.ts';
import { NumberToken } from '../../../text/json.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { scalarText } from '../../algebra/scalar-text.ts';
import { QueryFailure } from '../../failure.ts';
import type { RunContext } from '../context.ts';
import { between, type Placed, type ValueTest } from './value-test.ts';

/**
 * A JSON number in a query is epoch milliseconds, whatever the format of the mapping; Java prints it first, so that one with
 * an exponent is none (elasticsearch: server/.../index/mapper/DateFieldMapper.java, the date math parser of isoTimeParser's
 * `EPOCH_MILLIS_PARSER`).
 */
const NUMBERS = 'epoch_millis';
const isNumber = (value: Scalar | undefined): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof NumberToken;

/** All instants that a date, however coarse, stands for. */
export function dateEquality(
  field: Field,
  value: Exclude<Scalar, null>,
  clause: Placed,
  context: RunContext,
  timeZone?: string,
): ValueTest {
  const format = isNumber(value) ? NUMBERS : undefined;
  const bound = (roundUp: boolean): FieldNumber =>
    dateBound(field, scalarText(value), roundUp, clause, context, timeZone, format);
  return between(bound(false), bound(true));
}

/** Above the last instant of all comes the first one, so that a range that leaves it out is open (DateFieldMapper.java dateRangeQuery). */
export function dateRange(field: Field, clause: Range, context: RunContext): ValueTest {
  const { from, to } = dateEnds(field, clause, context);
  return between(from === undefined || from > LAST ? -Infinity : from, to ?? Infinity);
}

const LAST = 2n ** 63n - 1n;

/** Without a format of its own, a range with a number at either end reads both ends as epoch milliseconds. */
function endReader(
  field: Field,
  clause: Range,
  context: RunContext,
): (value: Exclude<Scalar, null>, roundUp: boolean) => FieldNumber {
  const { gt, gte, lt, lte, timeZone } = clause;
  const format = clause.format ?? ([gt, gte, lt, lte].some(isNumber) ? NUMBERS : undefined);
  return (value, roundUp) => dateBound(field, scalarText(value), roundUp, clause, context, timeZone, format);
}

interface DateEnds {
  readonly from: FieldNumber | undefined;
  readonly to: FieldNumber | undefined;
}

/** The first and the last value that a range takes in; undefined: open. */
export function dateEnds(field: Field, clause: Range, context: RunContext): DateEnds {
  const end = endOf(field, clause, context);
  return { from: firstOf(clause, end), to: end(clause.lte, true, 0) ?? end(clause.lt, false, -1) };
}

/**
 * The same where a range without values need not be read to its end: behind the last instant of all the other bound is not looked at
 * (DateFieldMapper.java isFieldWithinQuery). Undefined: it has no values.
 */
export function datesWithin(field: Field, clause: Range, context: RunContext): DateEnds | undefined {
  const first = firstOf(clause, endOf(field, clause, context));
  return first !== undefined && first > LAST ? undefined : dateEnds(field, clause, context);
}

type End = (value: Scalar | undefined, roundUp: boolean, step: 0 | 1 | -1) => FieldNumber | undefined;

const firstOf = ({ gte, gt }: Range, end: End): FieldNumber | undefined => end(gte, false, 0) ?? end(gt, true, 1);

function endOf(field: Field, clause: Range, context: RunContext): End {
  const read = endReader(field, clause, context);
  return (value, roundUp, step) => {
    if (value === undefined || value === null) return undefined;
    const at = read(value, roundUp);
    return typeof at === 'bigint' ? at + BigInt(step) : at + step;
  };
}

/** One end as the field holds it: milliseconds of a date, nanoseconds of a date_nanos. */
export function dateBound(
  field: Field,
  text: string,
  roundUp: boolean,
  clause: Placed,
  context: RunContext,
  timeZone?: string,
  format?: string,
): FieldNumber {
  const nanos = field.type === 'date_nanos';
  try {
    const own = field.format ?? (nanos ? DEFAULT_NANOS_FORMAT : undefined);
    const at = resolveInstant(text, { now: context.now, roundUp, timeZone, format: format ?? own });
    const held = nanos ? toNanos(at) : toMillis(at);
    if (held !== undefined && (typeof held === 'number' || !nanos || isNanos(held))) return held;
    throw new DateError(`${text} is further from 1970 than ${field.name} can hold`, {
      help: nanos ? 'a date_nanos holds 1970 to 2262' : 'write an earlier date',
    });
  } catch (error) {
    if (!(error instanceof DateError)) throw error;
    throw new QueryFailure(error.message, {
      span: clause.span,
      why: error.why ?? `${field.name} is a date; Elasticsearch refuses the search`,
      ...(error.help === undefined ? {} : { help: error.help }),
    });
  }
}
