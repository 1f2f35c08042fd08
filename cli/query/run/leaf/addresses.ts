import { parseIp, parseIpOrCidr } from '../../../fields/ip.ts';
import type { Field } from '../../../fields/mapping.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { between, rangeOf, unreadable, type Placed, type ValueTest } from './value-test.ts';

/** One address; undefined where a constant is none, as no number is one. */
export const parseAddress = (value: Scalar): bigint | undefined =>
  typeof value === 'string' ? parseIp(value) : undefined;

/** One address, or all of a block such as `10.0.0.0/8`. */
export function addressEquality(field: Field, value: Scalar, clause: Placed): ValueTest {
  const block = typeof value === 'string' ? parseIpOrCidr(value) : undefined;
  if (block === undefined)
    throw unreadable(value, field, clause, 'write an address such as 10.0.0.1 or a block such as 10.0.0.0/8');
  return between(block.low, block.high);
}

export const addressRange = (field: Field, clause: Range): ValueTest =>
  rangeOf(clause, (value) => {
    const address = parseAddress(value);
    if (address === undefined) throw unreadable(value, field, clause, 'the ends of a range are addresses');
    return address;
  });
