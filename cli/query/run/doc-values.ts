import type { Field } from '../../fields/mapping.ts';
import { formatIp } from '../../fields/ip.ts';
import { compileReader, type IndexedValue, type Place } from '../../fields/values/indexed.ts';
import type { JsonObject } from '../../text/json.ts';
import type { Span } from '../../text/span.ts';
import type { ScriptValue } from '../algebra/query.ts';
import { QueryFailure, Unsupported } from '../failure.ts';
import { compareTerms } from './leaf/terms.ts';

const order = (a: IndexedValue, b: IndexedValue): number =>
  typeof a === 'string' && typeof b === 'string' ? compareTerms(a, b) : a < b ? -1 : a > b ? 1 : 0;

/**
 * A date as Java's ZonedDateTime prints it in UTC, which is what a script gets to see as text: seconds and fractions are
 * left out when they are zero, fractions come in threes of digits.
 */
function dateText(value: IndexedValue, type: Field['type']): string {
  const nanos = type === 'date_nanos' ? BigInt(value) : BigInt(value) * 1_000_000n;
  const below = ((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const minutes = new Date(Number((nanos - below) / 1_000_000n)).toISOString();
  const seconds = minutes.slice(16, 19);
  const fraction =
    below === 0n
      ? ''
      : `.${String(below)
          .padStart(9, '0')
          .replace(/(?:000){1,2}$/, '')}`;
  return `${minutes.slice(0, 16)}${seconds === ':00' && fraction === '' ? '' : seconds}${fraction}Z`;
}

function toScript(value: IndexedValue, field: Field): ScriptValue {
  if (field.type === 'ip') return typeof value === 'bigint' ? formatIp(value) : null;
  if (field.type === 'date' || field.type === 'date_nanos') return dateText(value, field.type);
  return value;
}

/**
 * Throws where a script or a sort reads a field that has no doc values: Elasticsearch fails the search then
 * (elasticsearch: MappedFieldType.java failIfNoDocValues, TextFieldMapper.java fielddataBuilder).
 */
export function checkDocValues(field: Field, span?: Span): void {
  const { name, type, typeName, docValues, refusal } = field;
  const isText = type === 'text' || type === 'match_only_text';
  if (type === 'unsupported' || (type === 'text' && field.fielddata === true))
    throw new Unsupported(`a script that reads ${name} (${typeName})`, {
      span,
      ...(refusal === undefined ? {} : { why: refusal }),
    });
  if (docValues === false || isText || (type === 'binary' && docValues !== true))
    throw new QueryFailure(`a script reads ${name}, which has no doc values`, {
      span,
      why: 'Elasticsearch loads its values from there, and fails the search',
    });
}

/**
 * Reads a field as scripts do, from doc values: keywords sorted and without duplicates, numbers sorted with duplicates;
 * addresses and dates as text; a constant_keyword gives its constant for every document. Empty when the document has no
 * value.
 */
export function compileDocValues(
  field: Field,
  prefix = '',
): (source: JsonObject, place?: Place) => readonly ScriptValue[] {
  const read = compileReader(field, prefix);
  const distinct =
    field.type === 'keyword' || field.type === 'wildcard' || field.type === 'ip' || field.type === 'version';
  return (source, place) => {
    const values = read(source, place);
    if (values.length < 2) return values.map((value) => toScript(value, field));
    const sorted = [...(distinct ? new Set(values) : values)].sort(order);
    return sorted.map((value) => toScript(value, field));
  };
}
