import { mappingFromElasticsearch } from '../../fields/elasticsearch-mapping.ts';
import { dataViewFromMapping } from '../../query/kql/data-view.ts';
import { kqlToQuery } from '../../query/kql/lower.ts';
import { parseKql } from '../../query/kql/parse.ts';
import { compilePredicate } from '../../query/run/predicate.ts';
import { jsonText, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { RouteError } from './route.ts';

/** How saved objects are found: their mapping, and the document that each is searched as. */
export interface Searchable {
  readonly mapping: Json;
  document(one: JsonObject): JsonObject;
}

/** The objects that a KQL filter fits, by the same engine that runs rules; throws 400 for one that cannot be run. */
export function filtered(
  objects: readonly JsonObject[],
  kql: string,
  searchable: Searchable,
  now: string,
): readonly JsonObject[] {
  if (kql.trim() === '') return objects;
  const { ast, diagnostics } = parseKql(kql);
  if (ast === undefined) throw new RouteError(400, diagnostics[0]?.message ?? 'the filter does not parse');
  try {
    const mapping = mappingFromElasticsearch(searchable.mapping);
    const query = kqlToQuery(ast, dataViewFromMapping(mapping), {});
    const test = compilePredicate(query, { mapping, now: Date.parse(now) });
    return objects.filter((one, ordinal) =>
      test({ index: '.kibana', id: '', source: searchable.document(one), ordinal }),
    );
  } catch (error) {
    if (error instanceof KnownError) throw new RouteError(400, error.message);
    throw error;
  }
}

/** Order of two members: numbers and texts as such, absent ones last. */
function compare(a: Json | undefined, b: Json | undefined): number {
  if (a === b) return 0;
  if (a === undefined || a === null) return 1;
  if (b === undefined || b === null) return -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [jsonText(a).toLowerCase(), jsonText(b).toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The objects in order of a member; equal ones stay as they were. */
export function sorted(
  objects: readonly JsonObject[],
  member: (one: JsonObject) => Json | undefined,
  order: string | null,
): readonly JsonObject[] {
  const sign = order === 'desc' ? -1 : 1;
  return [...objects].sort((a, b) => sign * compare(member(a), member(b)));
}
