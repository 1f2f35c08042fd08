import type { Field } from '../../../fields/mapping.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { rangeOf, unreadable, type Placed, type ValueTest } from './value-test.ts';

function truth(field: Field, value: Scalar, clause: Placed): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw unreadable(value, field, clause, 'a boolean is true or false');
}

export function booleanEquality(field: Field, value: Scalar, clause: Placed): ValueTest {
  const wanted = truth(field, value, clause);
  return (actual) => actual === wanted;
}

/** False comes before true. */
export function booleanRange(field: Field, clause: Range): ValueTest {
  const read = (value: Scalar): number => Number(truth(field, value, clause));
  const test = field.indexed === false ? docValuesRange(clause, read) : rangeOf(clause, read);
  return (actual) => test(actual === true ? 1 : 0);
}

/**
 * Without an index doc values are searched, where `lt` keeps its end and opens the range below: Elasticsearch moves the wrong
 * end (elasticsearch:server/src/main/java/org/elasticsearch/index/mapper/BooleanFieldMapper.java rangeQuery).
 */
function docValuesRange({ gt, gte, lt, lte }: Range, read: (value: Scalar) => number): (actual: number) => boolean {
  const [lower, upper] = [gte ?? gt ?? null, lte ?? lt ?? null];
  let low = lower === null ? 0 : read(lower);
  if (lower !== null && gte === undefined) low = Math.max(1, low + 1);
  const high = upper === null ? 1 : read(upper);
  if (upper !== null && lte === undefined) low = Math.min(0, low - 1);
  return (actual) => actual >= low && actual <= high;
}
