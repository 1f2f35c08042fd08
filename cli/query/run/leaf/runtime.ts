import type { Field } from '../../../fields/mapping.ts';
import { compareNumbers } from '../../../fields/numbers.ts';
import { doubleOf, type Bound } from '../../../fields/query-numbers.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { scalarText } from '../../algebra/scalar-text.ts';
import { QueryFailure } from '../../failure.ts';
import type { RunContext } from '../context.ts';
import { dateBound, dateRange } from './dates.ts';
import { askedNumber, isNumericField, numberEquality } from './numbers.ts';
import { unreadable, type Placed, type ValueTest } from './value-test.ts';

/** What a comparison with one value needs to know of its clause. */
export interface EqualityClause extends Placed {
  readonly kind?: string;
  readonly caseInsensitive?: boolean;
}

/**
 * One value on a runtime field where it means something else than on a field with an index; undefined: it means the same
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/DateScriptFieldType.java, BooleanScriptFieldType.java,
 * LongScriptFieldType.java and DoubleScriptFieldType.java termQuery, termsQuery).
 */
export function runtimeEquality(
  field: Field,
  value: Exclude<Scalar, null>,
  clause: EqualityClause,
  context: RunContext,
): ValueTest | undefined {
  switch (field.type) {
    case 'date': {
      // The first instant alone of what a coarse date stands for; a number is read as the format reads its digits
      const instant = dateBound(field, scalarText(value), false, clause, context);
      return (actual) => actual === instant;
    }
    case 'boolean': {
      const text = scalarText(value);
      const wanted = truth(clause.caseInsensitive === true ? text.toLowerCase() : text, field, clause);
      return (actual) => actual === wanted;
    }
    case 'long':
      return isNumericField(field) ? numberEquality(field, value, clause, 'terms') : undefined;
    case 'double': {
      const wanted = double(value, field, clause);
      // A list goes by bits: the zeros differ, NaN is NaN
      return clause.kind === 'terms' ? (actual) => Object.is(actual, wanted) : (actual) => actual === wanted;
    }
    default:
      return undefined;
  }
}

/** A range on a runtime field where it means something else than on a field with an index (rangeQuery of the same). */
export function runtimeRange(field: Field, clause: Range, context: RunContext): ValueTest | undefined {
  switch (field.type) {
    case 'boolean':
      return booleanRange(field, clause);
    case 'double':
      return doubleRange(field, clause);
    case 'date': {
      const { gt, gte, lt, lte, ...rest } = clause;
      const ends = Object.entries({ gt, gte, lt, lte }).map(([end, value]) => [
        end,
        value === undefined || value === null ? value : scalarText(value),
      ]);
      return dateRange(field, { ...rest, ...(Object.fromEntries(ends) as Pick<Range, 'gt'>) }, context);
    }
    default:
      return undefined;
  }
}

/** Refuses a range on a runtime keyword with an open end that is left out. */
export function refuseOpenLeftOut(clause: Range): void {
  if (clause.gt !== null && clause.lt !== null) return;
  throw new QueryFailure(`an open end of a range on ${clause.field} has to be taken in`, {
    span: clause.span,
    why: 'Elasticsearch refuses it on a runtime keyword (StringScriptFieldRangeQuery.java)',
    help: clause.fromQueryString === true ? 'write [a TO *] or [* TO a]' : 'leave the end out',
  });
}

/** An absent end counts as false, so that an open range never holds true. */
function booleanRange(field: Field, { gt, gte, lt, lte, ...clause }: Range): ValueTest {
  const end = (value: Scalar | undefined): boolean =>
    value !== undefined && value !== null && truth(scalarText(value), field, clause);
  const [above, below] = [gte === undefined && gt !== undefined, lte === undefined && lt !== undefined];
  const low = Number(end(gte ?? gt)) + Number(above);
  const high = Number(end(lte ?? lt)) - Number(below);
  return (actual) => Number(actual) >= low && Number(actual) <= high;
}

/**
 * Ends are compared as Java's Double.compare does: -0.0 before 0.0, NaN after infinity. There is no next value after infinity or NaN,
 * so that they stay in a range that leaves out its ends.
 */
function doubleRange(field: Field, { gt, gte, lt, lte, ...clause }: Range): ValueTest {
  const end = (value: Scalar | undefined, open: boolean): Bound | undefined =>
    value === undefined || value === null ? undefined : { at: double(value, field, clause), open };
  const low = end(gte ?? gt, gte === undefined) ?? { at: -Infinity, open: false };
  const high = end(lte ?? lt, lte === undefined) ?? { at: Infinity, open: false };
  return (actual) => {
    if (typeof actual !== 'number') return false;
    const [above, below] = [compareDoubles(actual, Number(low.at)), compareDoubles(actual, Number(high.at))];
    return (
      (above > 0 || (above === 0 && (!low.open || !(actual < Infinity)))) &&
      (below < 0 || (below === 0 && (!high.open || !(actual > -Infinity))))
    );
  };
}

function compareDoubles(a: number, b: number): number {
  const order = Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return order !== 0 || Number.isNaN(a) ? order : compareNumbers(a, b);
}

function truth(text: string, field: Field, clause: Placed): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw unreadable(text, field, clause, 'a boolean is true or false');
}

function double(value: Exclude<Scalar, null>, field: Field, clause: Placed): number {
  const asked = doubleOf(askedNumber(value) ?? '');
  if (asked === undefined) throw unreadable(value, field, clause, 'write a number');
  return asked;
}
