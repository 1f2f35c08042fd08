import { formatIp } from '../fields/ip.ts';
import type { Field } from '../fields/mapping.ts';
import type { IndexedValue } from '../fields/values/indexed.ts';
import { NumberToken, type Json } from '../text/json.ts';
import { canonical } from './json.ts';

/**
 * Doc values as `docvalue_fields` shows them: dates in epoch milliseconds as text, those of date_nanos with their fraction,
 * addresses in their short form, each term of a sorted set once.
 */
export function docValuesOf(field: Field, values: readonly IndexedValue[]): readonly Json[] {
  const each = values.map((value): Json => {
    if (field.type === 'ip' && typeof value === 'bigint') return formatIp(value);
    if (field.type === 'date') return String(value);
    if (field.type === 'date_nanos' && typeof value === 'bigint') return nanosText(value);
    return typeof value === 'bigint' ? new NumberToken(String(value)) : value;
  });
  return field.type === 'keyword' || field.type === 'flattened' || field.type === 'ip' ? [...new Set(each)] : each;
}

const nanosText = (nanos: bigint): string => {
  const fraction = String(nanos % 1_000_000n).padStart(6, '0').replace(/0+$/, ''); // prettier-ignore
  return `${nanos / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
};

/** Doc values in one line, sorted; whole numbers by their digits, minus zero apart from zero. */
export const shownDocValues = (values: readonly Json[]): string =>
  values
    .map((value) => (value instanceof NumberToken ? numberText(value) : Object.is(value, -0) ? '-0' : canonical(value)))
    .sort()
    .join(' ');

const numberText = (token: NumberToken): string =>
  Object.is(token.value, -0) ? '-0' : token.whole ? token.token : String(token.value);
