import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { refusals } from '../fields/documents/index.ts';
import { readable } from '../fields/documents/readable.ts';
import { compileReader } from '../fields/values/indexed.ts';
import type { JsonObject } from '../text/json.ts';
import { docValuesOf, shownDocValues } from './doc-values.ts';
import { list, text } from './json.ts';

/**
 * Types of whose rows none has doc values, although documents were taken: their doc values were not to be had, and say nothing.
 * One value that a server stores and cannot show, such as a number before 1677 in a date_nanos, fails the search for all of them
 * (elasticsearch:server/src/main/java/org/elasticsearch/common/time/DateUtils.java toInstant).
 */
export function withoutDocValues(rows: readonly JsonObject[]): ReadonlySet<string> {
  const types = new Set(rows.map((row) => text(row['type'])));
  for (const row of rows) if (list(row['doc_values']).length > 0) types.delete(text(row['type']));
  return types;
}

/** The version whose answers the vectors of a real server hold. */
export const SERVER = '9.2.0';

/**
 * One value of a field of a type, and what the index makes of it: `{type, value, outcome, doc_values}`. Undefined: ours is
 * the same, else what differs. `unasked`: types whose doc values are not compared.
 */
export function indexingRow(row: JsonObject, unasked: ReadonlySet<string>): string | undefined {
  const mapping = mappingFromElasticsearch({ properties: { f: { type: text(row['type']) } } }, undefined, {
    stack: SERVER,
  });
  const field = mapping.field('f');
  const value = row['value'];
  if (field === undefined || value === undefined) return 'no type or no value';
  const document = readable({ f: value });
  const refused = refusals(document, mapping).find(({ effect }) => effect === 'rejected');
  if ((refused !== undefined) !== (row['outcome'] === 'refused'))
    return refused === undefined ? 'taken' : `refused: ${refused.why}`;
  if (refused !== undefined || row['doc_values'] === undefined || unasked.has(text(row['type']))) return undefined;
  const ours = shownDocValues(docValuesOf(field, compileReader(field)(document)));
  const theirs = shownDocValues(list(row['doc_values']));
  return ours === theirs ? undefined : `doc values ${ours}`;
}
