import type { Field } from '../../fields/mapping.ts';
import { formatIp } from '../../fields/ip.ts';
import { compileReader, type IndexedValue } from '../../fields/values/indexed.ts';
import type { JsonObject } from '../../text/json.ts';
import type { ScriptValue } from '../algebra/query.ts';
import { compareTerms } from './leaf/terms.ts';

const order = (a: IndexedValue, b: IndexedValue): number =>
  typeof a === 'string' && typeof b === 'string' ? compareTerms(a, b) : a < b ? -1 : a > b ? 1 : 0;

/** ISO text in UTC, as a script sees a date that it turns into text. */
const isoDate = (value: IndexedValue, type: Field['type']): string =>
  new Date(type === 'date_nanos' ? Number(BigInt(value) / 1_000_000n) : Number(value)).toISOString();

function toScript(value: IndexedValue, field: Field): ScriptValue {
  if (field.type === 'ip') return typeof value === 'bigint' ? formatIp(value) : null;
  if (field.type === 'date' || field.type === 'date_nanos') return isoDate(value, field.type);
  return value;
}

/**
 * Reads a field as scripts do, from doc values: keywords sorted and without duplicates, numbers sorted with duplicates;
 * addresses and dates as text. Empty when the document has no value.
 */
export function compileDocValues(field: Field, prefix = ''): (source: JsonObject) => readonly ScriptValue[] {
  const read = compileReader(field, prefix);
  const distinct =
    field.type === 'keyword' || field.type === 'wildcard' || field.type === 'ip' || field.type === 'version';
  return (source) => {
    const values = read(source);
    if (values.length < 2) return values.map((value) => toScript(value, field));
    const sorted = [...(distinct ? new Set(values) : values)].sort(order);
    return sorted.map((value) => toScript(value, field));
  };
}
