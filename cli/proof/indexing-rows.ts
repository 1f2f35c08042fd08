import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { refusals } from '../fields/documents/index.ts';
import { readable } from '../fields/documents/readable.ts';
import { compileReader } from '../fields/values/indexed.ts';
import type { JsonObject } from '../text/json.ts';
import { docValuesOf, shownDocValues } from './doc-values.ts';
import { list, text } from './json.ts';

/**
 * One value of a field of a type, and what the index makes of it: `{type, value, outcome, doc_values}`. Undefined: ours is
 * the same, else what differs.
 */
export function indexingRow(row: JsonObject): string | undefined {
  const mapping = mappingFromElasticsearch({ properties: { f: { type: text(row['type']) } } });
  const field = mapping.field('f');
  const value = row['value'];
  if (field === undefined || value === undefined) return 'no type or no value';
  const document = readable({ f: value });
  const refused = refusals(document, mapping).find(({ effect }) => effect === 'rejected');
  if ((refused !== undefined) !== (row['outcome'] === 'refused'))
    return refused === undefined ? 'taken' : `refused: ${refused.why}`;
  if (refused !== undefined || row['doc_values'] === undefined) return undefined;
  const ours = shownDocValues(docValuesOf(field, compileReader(field)(document)));
  const theirs = shownDocValues(list(row['doc_values']));
  return ours === theirs ? undefined : `doc values ${ours}`;
}
