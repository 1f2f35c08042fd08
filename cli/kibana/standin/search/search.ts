import { parseDocumentDate, resolveDate } from '../../../fields/dates/index.ts';
import type { Event } from '../../../fields/event.ts';
import type { Mapping } from '../../../fields/mapping.ts';
import { compileGetter } from '../../../fields/values/getter.ts';
import { parseDsl } from '../../../query/dsl/parse.ts';
import { eventQuery } from '../../../query/event-query.ts';
import { elements, isJsonObject, jsonText, own, type Json, type JsonObject } from '../../../text/json.ts';
import { KnownError } from '../../../text/known-error.ts';
import { SearchError } from './search-error.ts';

/** What Elasticsearch sorts by where a document has no date: its largest instant. */
const LAST = 9_223_372_036_854_775_807n;

interface Order {
  readonly field: string;
  readonly isDate: boolean;
}

const ordersOf = (sort: Json | undefined, mapping: Mapping): readonly Order[] =>
  elements(sort).map((one): Order => {
    const [field] = isJsonObject(one) ? Object.keys(one) : [];
    if (field === undefined) throw new SearchError(400, 'x_content_parse_exception', '[sort] has to name a field');
    return { field, isDate: mapping.field(field)?.type.startsWith('date') ?? true };
  });

type Place = bigint | string;

const nanos = (at: bigint): string => {
  const seconds = new Date(Number(at / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(at % 1_000_000_000n).padStart(9, '0')}Z`;
};

function placeOf(event: Event, { field, isDate }: Order): Place {
  const [value] = compileGetter(field)(event.source).filter((one) => one !== null);
  if (!isDate) return typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return (value === undefined ? undefined : parseDocumentDate(value)) ?? LAST;
}

const shown = (place: Place): Json => (typeof place === 'string' ? place : nanos(place));

/** A place as `search_after` names it. */
const written = (value: Json, { isDate }: Order): Place =>
  isDate && typeof value === 'string' ? resolveDate(value, { now: 0, roundUp: false }) : jsonText(value);

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
  const rest = after.length === 0 ? found : found.filter((one) => isAfter(one, after, orders));
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
        ...(orders.length === 0
          ? {}
          : { sort: [...places.map(shown), ...(pointInTime === undefined ? [] : [event.ordinal])] }),
      })),
    },
    ...(isJsonObject(aggregation) ? { aggregations: byIndex(matching, aggregation) } : {}),
  };
}

function isAfter({ event, places }: Found, after: readonly Json[], orders: readonly Order[]): boolean {
  const order = compare(places, orders.map((one, at) => written(after[at] ?? '', one)));
  const [tie] = after.slice(orders.length);
  return order > 0 || (order === 0 && typeof tie === 'number' && event.ordinal > tie);
} // prettier-ignore

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
