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

export function booleanRange(field: Field, clause: Range): ValueTest {
  const test = rangeOf(clause, (value) => Number(truth(field, value, clause)));
  return (actual) => test(actual === true ? 1 : 0);
}
