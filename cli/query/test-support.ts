import { mappingFromElasticsearch } from '../fields/elasticsearch-mapping.ts';
import { KnownError } from '../text/known-error.ts';
import type { Json, JsonObject } from '../text/json.ts';
import type { Query } from './algebra/query.ts';
import { parseDsl } from './dsl/parse.ts';
import { dataViewFromMapping } from './kql/data-view.ts';
import { kqlToQuery } from './kql/lower.ts';
import { parseKql } from './kql/parse.ts';
import { compilePredicate } from './run/predicate.ts';

/** For tests: a small index, and which of its documents a query matches. */
export interface Index {
  /** Body of `properties`. */
  readonly properties: JsonObject;
  readonly settings?: Json;
  readonly docs: Readonly<Record<string, JsonObject>>;
}

const NOW = Date.parse('2024-01-17T13:45:30Z');

/** Names of the documents that match, or `fails: …` with the reason why the search is refused. */
export function search(index: Index, query: Query): string {
  try {
    const mapping = mappingFromElasticsearch({ properties: index.properties }, index.settings);
    const test = compilePredicate(query, { mapping, now: NOW });
    return Object.entries(index.docs)
      .filter(([id, source], ordinal) => test({ id, index: 'test', source, ordinal }))
      .map(([id]) => id)
      .join(' ');
  } catch (error) {
    if (error instanceof KnownError) return `fails: ${error.message}`;
    throw error;
  }
}

const guarded = (make: () => Query, index: Index): string => {
  let query: Query;
  try {
    query = make();
  } catch (error) {
    if (error instanceof KnownError) return `fails: ${error.message}`;
    throw error;
  }
  return search(index, query);
};

export const searchDsl = (index: Index, dsl: Json): string => guarded(() => parseDsl(dsl), index);

/** As a rule's Lucene query is sent, unless `parameters` say otherwise. */
export const searchLucene = (index: Index, query: string, parameters: JsonObject = {}): string =>
  guarded(() => parseDsl({ query_string: { query, analyze_wildcard: true, time_zone: 'Zulu', ...parameters } }), index);

/** As a rule's KQL query is converted. */
export const searchKql = (index: Index, text: string): string =>
  guarded(() => {
    const { ast, diagnostics } = parseKql(text);
    if (ast === undefined) throw new KnownError(diagnostics[0]?.message ?? 'does not parse');
    const mapping = mappingFromElasticsearch({ properties: index.properties }, index.settings);
    return kqlToQuery(ast, dataViewFromMapping(mapping), { dateFormatTZ: 'Zulu' });
  }, index);
