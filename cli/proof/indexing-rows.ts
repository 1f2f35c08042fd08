import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { formatIp } from '../fields/ip.ts';
import type { Field } from '../fields/mapping.ts';
import { compileReader, type IndexedValue } from '../fields/values/indexed.ts';
import { refusals } from '../fields/documents/index.ts';
import { NumberToken, type Json, type JsonObject } from '../text/json.ts';
import { canonical, list, text } from './json.ts';

/**
 * One value of a field of a type, and what the index makes of it: `{type, value, outcome, doc_values}`. Undefined: ours is
 * the same, else what differs.
 */
export function indexingRow(row: JsonObject): string | undefined {
  const mapping = mappingFromElasticsearch({ properties: { f: { type: text(row['type']) } } });
  const field = mapping.field('f');
  const value = row['value'];
  if (field === undefined || value === undefined) return 'no type or no value';
  const refused = refusals({ f: value }, mapping).find(({ effect }) => effect === 'rejected');
  if ((refused !== undefined) !== (row['outcome'] === 'refused'))
    return refused === undefined ? 'taken' : `refused: ${refused.why}`;
  if (refused !== undefined || row['doc_values'] === undefined) return undefined;
  const ours = shown(docValues(field, compileReader(field)({ f: value })));
  const theirs = shown(list(row['doc_values']));
  return ours === theirs ? undefined : `doc values ${ours}`;
}

/** Doc values as `docvalue_fields` shows them: dates in epoch milliseconds as text, addresses in their short form. */
function docValues(field: Field, values: readonly IndexedValue[]): readonly Json[] {
  const each = values.map((value): Json => {
    if (field.type === 'ip' && typeof value === 'bigint') return formatIp(value);
    if (field.type === 'date') return String(value);
    return typeof value === 'bigint' ? new NumberToken(String(value)) : value;
  });
  // A sorted set keeps each term once; numbers keep their duplicates
  return field.type === 'keyword' || field.type === 'ip' ? [...new Set(each)] : each;
}

const shown = (values: readonly Json[]): string =>
  values
    .map((value) => (value instanceof NumberToken ? numberText(value) : Object.is(value, -0) ? '-0' : canonical(value)))
    .sort()
    .join(' ');

const numberText = (token: NumberToken): string =>
  token.whole && !Object.is(token.value, -0) ? token.token : Object.is(token.value, -0) ? '-0' : String(token.value);
