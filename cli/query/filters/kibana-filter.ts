import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { QueryFailure } from '../failure.ts';
import type { DataView } from '../kql/data-view.ts';

export interface FilterConfig {
  readonly ignoreFilterIfFieldNotInIndex?: boolean;
  readonly nestedIgnoreUnmapped?: boolean;
}

/** The clauses of a list of Kibana filters, as Query DSL. */
export interface FilterClauses {
  readonly filter: readonly Json[];
  readonly mustNot: readonly Json[];
}

const metaOf = (filter: JsonObject): JsonObject => {
  const meta = own(filter, 'meta');
  return isJsonObject(meta) ? meta : {};
};

const isMatchAll = (clause: Json): boolean => {
  const inner = isJsonObject(clause) ? own(clause, 'match_all') : undefined;
  return isJsonObject(inner) && Object.keys(inner).length === 0 && Object.keys(clause as JsonObject).length === 1;
};

const LEGACY = ['exists', 'range', 'match_all', 'bool', 'missing', 'script', 'geo_bounding_box', 'geo_polygon', 'query_string', 'terms', 'term', 'wildcard', 'prefix', 'match_phrase', 'nested', 'regexp', 'ids']; // prettier-ignore

/** `match` of type phrase becomes `match_phrase`, its value in the type of the field (kibana: es_query/migrate_filter.ts). */
function migratePhrase(query: JsonObject, dataView: DataView | undefined): JsonObject {
  const match = own(query, 'match');
  if (!isJsonObject(match)) return query;
  const field = Object.keys(match)[0];
  const body = field === undefined ? undefined : own(match, field);
  if (field === undefined || !isJsonObject(body) || own(body, 'type') !== 'phrase') return query;
  const rest = Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'type' && key !== 'query'));
  return {
    match_phrase: {
      [field]: { query: converted(own(body, 'query') ?? null, dataView?.field(field, undefined)?.type), ...rest },
    },
  };
}

function converted(value: Json, type: string | undefined): Json {
  if (typeof value !== 'string') return value;
  if (type === 'number' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
  if (type === 'boolean') {
    if (value !== 'true' && value !== 'false')
      throw new QueryFailure(`a filter compares a boolean field with ${JSON.stringify(value)}`, {
        help: 'write true or false',
      });
    return value === 'true';
  }
  return value;
}

/** The clause of one filter, without `meta` and `$state`. */
function clauseOf(filter: JsonObject, dataView: DataView | undefined): JsonObject {
  const query = own(filter, 'query');
  const entries = Object.entries(filter).filter(([key]) => key !== 'meta' && key !== '$state');
  const raw = isJsonObject(query)
    ? query
    : Object.fromEntries(entries.filter(([key]) => key === 'match' || LEGACY.includes(key)));
  if (!isJsonObject(query) && Object.keys(raw).length === 0) {
    const unknown = entries.map(([key]) => key);
    if (unknown.length > 0)
      throw new QueryFailure(`a filter of the rule has no query but ${unknown.join(', ')}`, {
        why: 'Elasticsearch refuses a clause that it does not know',
        help: 'a filter is { meta = …, query = … }',
      });
  }
  return migratePhrase(raw, dataView);
}

/** The one field that an exists, phrase or range filter is about. */
function fieldOf(clause: JsonObject): string | undefined {
  const exists = own(clause, 'exists');
  if (isJsonObject(exists)) {
    const field = own(exists, 'field');
    return typeof field === 'string' ? field : undefined;
  }
  for (const kind of ['match_phrase', 'match', 'range']) {
    const body = own(clause, kind);
    if (isJsonObject(body)) return Object.keys(body)[0];
  }
  return undefined;
}

/** kibana: es_query/handle_nested_filter.ts */
function nested(clause: JsonObject, dataView: DataView | undefined, config: FilterConfig): JsonObject {
  const name = fieldOf(clause);
  const path = name === undefined ? undefined : dataView?.field(name, undefined)?.nestedPath;
  if (path === undefined) return clause;
  return {
    nested: {
      path,
      query: clause,
      ...(config.nestedIgnoreUnmapped === undefined ? {} : { ignore_unmapped: config.nestedIgnoreUnmapped }),
    },
  };
}

function inIndex(filter: JsonObject, dataView: DataView | undefined): boolean {
  const meta = metaOf(filter);
  const key = own(meta, 'key');
  if (typeof key !== 'string' || key === '' || dataView === undefined) return true;
  return dataView.field(key, undefined) !== undefined;
}

/** kibana: es_query/from_combined_filter.ts */
function combined(meta: JsonObject, dataView: DataView | undefined, config: FilterConfig): JsonObject {
  const params = own(meta, 'params');
  const filters = Array.isArray(params) ? (params as readonly Json[]) : [];
  const whole = (list: readonly Json[]): JsonObject => {
    const { filter, mustNot } = filterClauses(list, dataView, config);
    return { bool: { must: [], filter: [...filter], should: [], must_not: [...mustNot] } };
  };
  if (own(meta, 'relation') === 'OR')
    return { bool: { should: filters.map((one) => whole([one])), minimum_should_match: 1 } };
  return whole(filters);
}

/**
 * Kibana filters as Query DSL: disabled ones dropped, negated ones apart, combined ones expanded, single nested fields
 * wrapped. `match_all` is dropped from what has to match (kibana: es_query/from_filters.ts, build_es_query.ts).
 */
export function filterClauses(
  filters: readonly Json[],
  dataView: DataView | undefined,
  config: FilterConfig,
): FilterClauses {
  const filter: Json[] = [];
  const mustNot: Json[] = [];
  for (const one of filters) {
    if (one === null) continue;
    if (!isJsonObject(one)) throw new QueryFailure('a filter of the rule is not a table');
    const meta = metaOf(one);
    if (own(meta, 'disabled') === true) continue;
    if (config.ignoreFilterIfFieldNotInIndex === true && !inIndex(one, dataView)) continue;
    const clause =
      own(meta, 'type') === 'combined'
        ? combined(meta, dataView, config)
        : nested(clauseOf(one, dataView), dataView, config);
    if (own(meta, 'negate') === true) mustNot.push(clause);
    else if (!isMatchAll(clause)) filter.push(clause);
  }
  return { filter, mustNot };
}
