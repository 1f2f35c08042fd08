import { DateError, resolveDate } from '../../../fields/dates/index.ts';
import type { Field } from '../../../fields/mapping.ts';
import type { FieldNumber } from '../../../fields/numbers.ts';
import { NumberToken } from '../../../text/json.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { QueryFailure } from '../../failure.ts';
import type { RunContext } from '../context.ts';
import { between, rangeOf, type Placed, type ValueTest } from './value-test.ts';

const textOf = (value: Exclude<Scalar, null>): string | number | bigint =>
  typeof value === 'boolean' ? String(value) : value instanceof NumberToken ? value.value : value;

/** All instants that a date, however coarse, stands for. */
export function dateEquality(
  field: Field,
  value: Exclude<Scalar, null>,
  clause: Placed,
  context: RunContext,
  timeZone?: string,
): ValueTest {
  const text = textOf(value);
  return between(
    dateBound(field, text, false, clause, context, timeZone),
    dateBound(field, text, true, clause, context, timeZone),
  );
}

export const dateRange = (field: Field, clause: Range, context: RunContext): ValueTest =>
  rangeOf(clause, (value, roundUp) =>
    dateBound(field, textOf(value), roundUp, clause, context, clause.timeZone, clause.format),
  );

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
