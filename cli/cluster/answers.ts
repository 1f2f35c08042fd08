import { elements, isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import type { Cluster, SearchRequest } from './client.ts';
import { unexpected } from './errors.ts';

/** The JSON object that a request answers. Throws a RemoteError. */
export async function objectOf(cluster: Cluster, request: SearchRequest): Promise<JsonObject> {
  const { body } = await cluster.request(request);
  if (isJsonObject(body)) return body;
  throw unexpected(cluster.host, request.path, 'a JSON object');
}

/** One document that a search gives. */
export interface Hit {
  readonly index: string;
  readonly id: string;
  readonly source: JsonObject;
  /** Values of the sort, for the next page. */
  readonly sort: readonly Json[];
}

export interface SearchPage {
  /** All documents that the query matches. */
  readonly total: number;
  readonly hits: readonly Hit[];
  readonly body: JsonObject;
}

/** The hits of a search. A search that only some shards answered is an error: what follows would stand on part of the data. */
export async function searchPage(cluster: Cluster, request: SearchRequest): Promise<SearchPage> {
  const body = await objectOf(cluster, request);
  const strange = (): Error => unexpected(cluster.host, request.path, 'the hits of a search, whole');
  const outer = own(body, 'hits');
  const shards = own(body, '_shards');
  if (!isJsonObject(outer) || own(body, 'timed_out') === true) throw strange();
  if (isJsonObject(shards) && Number(own(shards, 'failed') ?? 0) > 0) throw strange();
  const total = own(outer, 'total');
  const count = isJsonObject(total) ? own(total, 'value') : total;
  const hits = elements(own(outer, 'hits')).map((one): Hit => {
    const [index, id, source] = isJsonObject(one) ? [own(one, '_index'), own(one, '_id'), own(one, '_source')] : [];
    if (!isJsonObject(one) || typeof index !== 'string' || typeof id !== 'string') throw strange();
    return { index, id, source: isJsonObject(source) ? source : {}, sort: elements(own(one, 'sort')) };
  });
  if (typeof count !== 'number' || !Array.isArray(own(outer, 'hits'))) throw strange();
  return { total: count, hits, body };
}
