import { isJsonObject, jsonText, own, type Json, type JsonObject } from '../../text/json.ts';
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

const without = (body: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));

/** What JavaScript counts as true, which is how Kibana asks. */
const truthy = (value: Json | undefined): boolean => value !== undefined && Boolean(value);

/** The old form of a phrase: `{"match": {field: {"query": …, "type": "phrase"}}}`, beside or under `query`. */
function oldPhrase(filter: JsonObject): { readonly field: string; readonly body: JsonObject } | undefined {
  const query = own(filter, 'query');
  const match = own(filter, 'match') ?? (isJsonObject(query) ? own(query, 'match') : undefined);
  if (!isJsonObject(match)) return undefined;
  const [field] = Object.keys(match);
  const body = field === undefined ? undefined : own(match, field);
  return field !== undefined && isJsonObject(body) && own(body, 'type') === 'phrase' ? { field, body } : undefined;
}

/** The clause of one filter in today's form (kibana: kbn-es-query/src/es_query/migrate_filter.ts). */
function migrated(filter: JsonObject, dataView: DataView | undefined): JsonObject {
  const phrase = oldPhrase(filter);
  if (phrase !== undefined) {
    const { field, body } = phrase;
    const value = converted(own(body, 'query') ?? null, field, dataView?.field(field)?.type);
    return { match_phrase: { [field]: { ...without(body, ['type']), query: value } } };
  }
  const query = own(filter, 'query');
  return isJsonObject(query) ? query : without(filter, ['meta', '$state', 'query']);
}

/** kibana: filters/build_filters/get_converted_value_for_field.ts */
function converted(value: Json, field: string, type: string | undefined): Json {
  if (type === 'boolean' && typeof value !== 'boolean') {
    if (value === 1 || value === 'true') return true;
    if (value === 0 || value === 'false') return false;
    throw new QueryFailure(`a filter compares the boolean field ${field} with ${jsonText(value)}`, {
      why: 'Kibana refuses to convert the filter, and the rule fails',
      help: 'write true or false',
    });
  }
  if (type === 'number' && typeof value !== 'number') {
    const number = Number(value);
    return Number.isNaN(number) ? null : number;
  }
  return value;
}

/** The one field that an exists, phrase, phrases or range filter is about (kibana: build_filters/get_filter_field.ts). */
function fieldOf(clause: JsonObject, meta: JsonObject): string | undefined {
  const name = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
  const first = (body: Json | undefined): string | undefined => (isJsonObject(body) ? Object.keys(body)[0] : undefined);
  const exists = own(clause, 'exists');
  if (exists !== undefined) return isJsonObject(exists) ? name(own(exists, 'field')) : undefined;
  if (own(clause, 'match_phrase') !== undefined) return name(own(meta, 'field')) ?? first(own(clause, 'match_phrase'));
  if (own(meta, 'type') === 'phrases') return name(own(meta, 'key'));
  if (own(clause, 'range') !== undefined) return name(own(meta, 'field')) ?? first(own(clause, 'range'));
  return undefined;
}

/** kibana: es_query/from_nested_filter.ts */
function nested(
  clause: JsonObject,
  meta: JsonObject,
  dataView: DataView | undefined,
  config: FilterConfig,
): JsonObject {
  const name = fieldOf(clause, meta);
  const path = name === undefined ? undefined : dataView?.field(name)?.nestedPath;
  if (path === undefined) return clause;
  return {
    nested: {
      path,
      query: clause,
      ...(config.nestedIgnoreUnmapped === undefined ? {} : { ignore_unmapped: config.nestedIgnoreUnmapped }),
    },
  };
}

/** kibana: es_query/filter_matches_index.ts; the data view of a rule has no id that a custom filter could name. */
function inIndex(meta: JsonObject, dataView: DataView | undefined): boolean {
  const key = own(meta, 'key');
  if (!truthy(key) || dataView === undefined) return true;
  if (own(meta, 'type') === 'custom') return own(meta, 'index') === dataView.id;
  return typeof key === 'string' && dataView.field(key) !== undefined;
}

/** kibana: es_query/from_combined_filter.ts. Whatever is not AND is OR. */
function combined(meta: JsonObject, dataView: DataView | undefined, config: FilterConfig): JsonObject {
  const params = own(meta, 'params');
  if (!Array.isArray(params))
    throw new QueryFailure('a combined filter of the rule has no list of filters', {
      why: 'Kibana cannot convert it, and the rule fails',
      help: 'put the filters into meta.params',
    });
  const whole = (list: readonly Json[]): JsonObject => {
    const { filter, mustNot } = filterClauses(list, dataView, config);
    return { bool: { must: [], filter: [...filter], should: [], must_not: [...mustNot] } };
  };
  const filters = params as readonly Json[];
  if (own(meta, 'relation') === 'AND') return whole(filters);
  return { bool: { should: filters.map((one) => whole([one])), minimum_should_match: 1 } };
}

/**
 * Kibana filters as Query DSL: disabled ones dropped, negated ones apart, combined ones expanded, single nested fields
 * wrapped (kibana: es_query/from_filters.ts). Throws a QueryFailure for what Kibana cannot convert.
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
    if (truthy(own(meta, 'disabled'))) continue;
    if (config.ignoreFilterIfFieldNotInIndex === true && !inIndex(meta, dataView)) continue;
    const clause =
      own(meta, 'type') === 'combined'
        ? combined(meta, dataView, config)
        : nested(migrated(one, dataView), meta, dataView, config);
    const written = own(meta, 'negate');
    const negate = written === undefined ? false : written;
    if (typeof negate !== 'boolean')
      throw new QueryFailure(`meta.negate of a filter is ${jsonText(negate)}`, {
        why: 'Kibana takes such a filter neither as a condition nor as an exception: it does nothing',
        help: 'write true or false, without quotes',
      });
    (negate ? mustNot : filter).push(clause);
  }
  return { filter, mustNot };
}
