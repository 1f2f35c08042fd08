import type { Event } from '../fields/event.ts';
import { elements, isJsonObject, own, type Json } from '../text/json.ts';
import { objectOf, searchPage, type SearchPage } from './answers.ts';
import type { Cluster } from './client.ts';
import { unexpected } from './errors.ts';

/** The events that a rule looks at. */
export interface SourceRequest {
  /** Index patterns, as the rule or its data view has them. */
  readonly patterns: readonly string[];
  /** Both ends included, epoch nanoseconds. */
  readonly from: bigint;
  readonly to: bigint;
  /** Fields that say when an event happened: the override, then the one for events without it. */
  readonly times: readonly string[];
}

/** What the indices hold in the time. */
export interface Survey {
  readonly events: number;
  /** Names of the indices that hold them, sorted. */
  readonly indices: readonly string[];
}

/** Indices that hold events, at most; a rule over more is looked at over a shorter time. */
const MOST_INDICES = 1000;
const PAGE = 1000;
const KEEP_ALIVE = '2m';

/** Indices that are gone, or closed, are left out as Kibana leaves them out. */
const LENIENT = { ignore_unavailable: 'true', allow_no_indices: 'true' };

export const pathOf = (patterns: readonly string[]): string => patterns.map(encodeURIComponent).join(',');

const instant = (nanos: bigint): string => new Date(Number(nanos / 1_000_000n)).toISOString();

/** Time fields as Kibana asks them: one that has the override is not rescued by `@timestamp`. */
function inTime({ from, to, times }: SourceRequest): Json {
  // A millisecond more at the end: what is searched is cut to the nanosecond by the windows of the runs.
  const range = (field: string): Json => ({
    range: { [field]: { gte: instant(from), lte: instant(to + 1_000_000n), format: 'strict_date_optional_time' } },
  });
  const [primary = '@timestamp', secondary] = times;
  if (secondary === undefined) return range(primary);
  const fallback: Json = {
    bool: { filter: [range(secondary)], must_not: [{ exists: { field: primary } }] },
  };
  return { bool: { should: [range(primary), fallback], minimum_should_match: 1 } };
}

/** How many events there are in the time, and in which indices. */
export async function surveyEvents(cluster: Cluster, request: SourceRequest): Promise<Survey> {
  const path = `/${pathOf(request.patterns)}/_search`;
  const page = await searchPage(cluster, {
    method: 'POST',
    path,
    query: LENIENT,
    body: {
      size: 0,
      track_total_hits: true,
      query: inTime(request),
      aggs: { indices: { terms: { field: '_index', size: MOST_INDICES } } },
    },
  });
  const aggregations = own(page.body, 'aggregations');
  const indices = isJsonObject(aggregations) ? own(aggregations, 'indices') : undefined;
  const buckets = isJsonObject(indices) ? own(indices, 'buckets') : undefined;
  const names = elements(buckets).map((one) => (isJsonObject(one) ? own(one, 'key') : undefined));
  // Without a single index there are no aggregations.
  if (!names.every((one) => typeof one === 'string') || (page.total > 0 && names.length === 0))
    throw unexpected(cluster.host, path, 'the names of indices');
  return { events: page.total, indices: names.sort() };
}

async function openPointInTime(cluster: Cluster, patterns: readonly string[]): Promise<string> {
  const path = `/${pathOf(patterns)}/_pit`;
  const body = await objectOf(cluster, {
    method: 'POST',
    path,
    query: { keep_alive: KEEP_ALIVE, ignore_unavailable: 'true' },
  });
  const id = own(body, 'id');
  if (typeof id !== 'string') throw unexpected(cluster.host, path, 'a point in time');
  return id;
}

/**
 * All events in the time, page after page, in the order of the shards, as they are at one point in time. Ordinals count on. The
 * point in time is closed at the end, also when the reader stops early.
 */
export async function* readEvents(cluster: Cluster, request: SourceRequest): AsyncGenerator<readonly Event[]> {
  let pit = await openPointInTime(cluster, request.patterns);
  let ordinal = 0;
  try {
    for (let after: readonly Json[] | undefined; ;) {
      const page: SearchPage = await searchPage(cluster, {
        method: 'POST',
        path: '/_search',
        body: {
          size: PAGE,
          track_total_hits: true,
          query: inTime(request),
          pit: { id: pit, keep_alive: KEEP_ALIVE },
          // The order of the shards, which no two events share and no missing date upsets. The engine puts events in order by
          // itself; where times are equal, this is also the order of Elasticsearch.
          sort: [{ _shard_doc: 'asc' }],
          ...(after === undefined ? {} : { search_after: after }),
        },
      });
      yield page.hits.map(({ index, id, source }) => ({ index, id, source, ordinal: ordinal++ }));
      const last = page.hits.at(-1);
      if (last === undefined || page.hits.length < PAGE) return;
      if (last.sort.length === 0) throw unexpected(cluster.host, '/_search', 'hits with the values of their order');
      after = last.sort;
      const next = own(page.body, 'pit_id');
      if (typeof next === 'string') pit = next;
    }
  } finally {
    // It ends by itself after two minutes: that it cannot be closed is no fault of the run.
    await cluster.request({ method: 'DELETE', path: '/_pit', body: { id: pit }, accept: [404] }).catch(() => undefined);
  }
}
