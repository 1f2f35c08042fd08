import { isJsonObject, jsonText, own, type Json, type JsonObject } from '../../text/json.ts';
import { toDsl } from '../dsl/print.ts';
import { QueryFailure } from '../failure.ts';
import type { DataView } from '../kql/data-view.ts';
import { kqlToQuery, type KqlConfig } from '../kql/lower.ts';
import { parseKql } from '../kql/parse.ts';
import { filterClauses, type FilterConfig } from './kibana-filter.ts';

export interface EsQueryConfig extends KqlConfig, FilterConfig {
  /** Default false here; the detection engine sets true. */
  readonly allowLeadingWildcards?: boolean;
  readonly queryStringOptions?: JsonObject;
}

export interface QueryText {
  readonly query: Json;
  readonly language: string;
}

/**
 * The whole query that Kibana sends for query texts and filters (kibana: es_query/build_es_query.ts). Throws a QueryFailure
 * for KQL that does not parse and filters that cannot be converted.
 */
export function buildEsQuery(
  dataView: DataView | undefined,
  queries: readonly QueryText[],
  filters: readonly Json[],
  config: EsQueryConfig = {},
): Json {
  const kuery = queries
    .filter((one) => one.language === 'kuery')
    .map(({ query }) => {
      const parsed = parseKql(jsonText(query), { allowLeadingWildcards: config.allowLeadingWildcards ?? false });
      const [fault] = parsed.diagnostics;
      if (parsed.ast === undefined)
        throw new QueryFailure(fault?.message ?? 'the query does not parse', { span: fault?.span });
      return toDsl(kqlToQuery(parsed.ast, dataView, config));
    });
  const lucene = queries.filter((one) => one.language === 'lucene').map(({ query }) => luceneClause(query, config));
  const clauses = filterClauses(filters, dataView, config);
  const kept = (list: readonly Json[]): Json[] => list.filter((clause) => !isPlainMatchAll(clause));
  const inMust = config.filtersInMustClause === true;
  return {
    bool: {
      must: [...(inMust ? kept(kuery) : []), ...kept(lucene)],
      filter: [...(inMust ? [] : kept(kuery)), ...kept(clauses.filter)],
      should: [],
      must_not: [...clauses.mustNot],
    },
  };
}

const isPlainMatchAll = (clause: Json): boolean => JSON.stringify(clause) === '{"match_all":{}}';

/** kibana: es_query/from_lucene.ts, lucene_string_to_dsl.ts, decorate_query.ts */
function luceneClause(query: Json, config: EsQueryConfig): Json {
  const zone = config.dateFormatTZ === undefined ? {} : { time_zone: config.dateFormatTZ };
  if (isJsonObject(query)) {
    const inner = own(query, 'query_string');
    if (!isJsonObject(inner) || own(inner, 'query') === undefined) return query;
    return { ...query, query_string: { ...zone, ...inner, ...config.queryStringOptions } };
  }
  const text = jsonText(query);
  if (text.trim() === '') return { match_all: {} };
  return {
    query_string: {
      query: text,
      ...zone,
      ...config.queryStringOptions,
    },
  };
}
