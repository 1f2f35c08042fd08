import { parseDocumentDate } from '../../../fields/dates/index.ts';
import type { Event } from '../../../fields/event.ts';
import type { Mapping } from '../../../fields/mapping.ts';
import { compileGetter } from '../../../fields/values/getter.ts';
import { parseDsl } from '../../../query/dsl/parse.ts';
import { eventQuery } from '../../../query/event-query.ts';
import { elements, isJsonObject, jsonText, own, type Json, type JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { SearchError } from './search-error.ts';

interface Order {
  readonly field: string;
  readonly isDate: boolean;
}

/** The order of the shards, which breaks all ties within a point in time. */
const SHARD_DOC = '_shard_doc';

const ordersOf = (sort: Json | undefined, mapping: Mapping): readonly Order[] =>
  elements(sort).map((one): Order => {
    const [field] = isJsonObject(one) ? Object.keys(one) : [];
    if (field === undefined) throw new SearchError(400, 'x_content_parse_exception', '[sort] has to name a field');
    return { field, isDate: mapping.field(field)?.type === 'date' };
  });

/** Epoch milliseconds of a date, an ordinal, or the text of a keyword. */
type Place = number | string;

function placeOf(event: Event, { field, isDate }: Order): Place {
  if (field === SHARD_DOC) return event.ordinal;
  const [value] = compileGetter(field)(event.source).filter((one) => one !== null);
  if (!isDate) return jsonText(value ?? '');
  const at = value === undefined ? undefined : parseDocumentDate(value);
  return at === undefined ? Number.MAX_SAFE_INTEGER : Number(at / 1_000_000n);
}

function compare(a: readonly Place[], b: readonly Place[]): number {
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i] ?? '', b[i] ?? ''];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

interface Found {
  readonly event: Event;
  readonly places: readonly Place[];
}

/** The answer of `_search` over some documents: query, size, sort, search_after, and a terms aggregation over `_index`. */
export function search(documents: readonly Event[], body: JsonObject, mapping: Mapping, now: number): JsonObject {
  const pointInTime = own(body, 'pit');
  const orders = ordersOf(own(body, 'sort'), mapping);
  const matching = documents.filter(matcher(own(body, 'query'), mapping, now));
  const found = matching
    .map((event): Found => ({ event, places: orders.map((order) => placeOf(event, order)) }))
    .sort((a, b) => compare(a.places, b.places) || a.event.ordinal - b.event.ordinal);
  const after = elements(own(body, 'search_after'));
  const rest = after.length === 0 ? found : found.filter((one) => isAfter(one, after));
  const size = own(body, 'size');
  const aggregation = own(body, 'aggs');
  return {
    took: 1,
    timed_out: false,
    ...(isJsonObject(pointInTime) ? { pit_id: own(pointInTime, 'id') ?? null } : {}),
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: {
      total: { value: matching.length, relation: 'eq' },
      max_score: null,
      hits: rest.slice(0, typeof size === 'number' ? size : 10).map(({ event, places }) => ({
        _index: event.index,
        _id: event.id,
        _score: null,
        _source: event.source,
        ...(orders.length === 0 ? {} : { sort: places }),
      })),
    },
    ...(isJsonObject(aggregation) ? { aggregations: byIndex(matching, aggregation) } : {}),
  };
}

const isAfter = ({ places }: Found, after: readonly Json[]): boolean =>
  compare(
    places,
    after.map((one) => (typeof one === 'number' ? one : jsonText(one))),
  ) > 0;

function matcher(query: Json | undefined, mapping: Mapping, now: number): (event: Event) => boolean {
  if (query === undefined) return () => true;
  try {
    const compiled = eventQuery(parseDsl(query), { mapping, now });
    return (event) => compiled.test(event);
  } catch (error) {
    if (error instanceof KnownError) throw new SearchError(400, 'parsing_exception', error.message);
    throw error;
  }
}

function byIndex(documents: readonly Event[], aggregations: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(aggregations).map((name) => {
      const counts = new Map<string, number>();
      for (const { index } of documents) counts.set(index, (counts.get(index) ?? 0) + 1);
      return [name, { buckets: [...counts].map(([key, doc_count]) => ({ key, doc_count })) }];
    }),
  );
}
