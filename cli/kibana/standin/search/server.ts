import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEFAULT_STACK } from '../../../fields/tables/ecs.ts';
import { mappingFromElasticsearch } from '../../../fields/elasticsearch-mapping.ts';
import type { Event } from '../../../fields/event.ts';
import type { Mapping } from '../../../fields/mapping.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { bodyOf } from '../body.ts';
import type { Fault } from '../server.ts';
import { boundedJson } from '../values.ts';
import type { World } from '../world.ts';
import { dataStreamOf, indexBody, indicesOf, mappingOf } from './mappings.ts';
import { SearchError } from './search-error.ts';
import { search } from './search.ts';

const MAX_BODY = 10 * 1024 * 1024;

/** The Elasticsearch behind a stand-in. */
export interface SearchStandIn {
  /** Such as `http://127.0.0.1:9200`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface SearchStandInOptions {
  readonly world: World;
  /** Loopback port; 0, the standard, takes a free one. */
  readonly port?: number;
  /** Can be changed while the server runs. */
  fault?: Fault;
}

/**
 * Starts what dac needs of an Elasticsearch over the events and preview alerts of a world: searches with a point in time,
 * mappings and field caps. Any credentials are taken, none at all are refused.
 */
export async function startSearch(options: SearchStandInOptions): Promise<SearchStandIn> {
  const server = createServer((request, response) => {
    response.on('error', () => response.destroy());
    if (options.fault?.(request, response) === true) return;
    void answer(request, options.world).then(({ status, body }) => send(response, status, body));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function send(response: ServerResponse, status: number, body: Json): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
  response.end(JSON.stringify(body));
}

interface Answer {
  readonly status: number;
  readonly body: Json;
}

async function answer(request: IncomingMessage, world: World): Promise<Answer> {
  try {
    const raw = await bodyOf(request, MAX_BODY);
    if (request.headers.authorization === undefined)
      throw new SearchError(401, 'security_exception', 'missing authentication credentials for REST request');
    const written: Json = raw.length === 0 ? {} : boundedJson(raw.toString('utf8'));
    const url = new URL(`http://standin${request.url ?? '/'}`);
    const body = isJsonObject(written) ? written : {};
    return { status: 200, body: route(request.method ?? 'GET', decodeURIComponent(url.pathname), body, world) };
  } catch (error) {
    const known = error instanceof SearchError ? error : new SearchError(400, 'parse_exception', String(error));
    const cause = { type: known.type, reason: known.message };
    return { status: known.status, body: { error: { root_cause: [cause], ...cause }, status: known.status } };
  }
}

/** Mapping of the alerts of previews, as far as they are asked for. */
const PREVIEW_MAPPING = mappingFromElasticsearch({
  properties: {
    '@timestamp': { type: 'date' },
    'kibana.alert.uuid': { type: 'keyword' },
    'kibana.alert.rule.uuid': { type: 'keyword' },
  },
});
const PREVIEW = /^\.preview\.alerts-security\.alerts-(.+)$/;

interface Documents {
  readonly documents: readonly Event[];
  readonly mapping: Mapping;
}

function documentsOf(patterns: readonly string[], world: World): Documents {
  const [, space] = PREVIEW.exec(patterns[0] ?? '') ?? [];
  if (space !== undefined) {
    const alerts = world.spaces.get(space)?.previewAlerts ?? [];
    if (alerts.length === 0)
      throw new SearchError(404, 'index_not_found_exception', `no such index [${patterns[0] ?? ''}]`);
    return { documents: alerts, mapping: PREVIEW_MAPPING };
  }
  const indices = indicesOf(world.events, patterns);
  return {
    documents: world.events.filter((event) => indices.includes(event.index)),
    mapping: mappingOf(world.events, indices),
  };
}

const POINT_IN_TIME = /^pit:/;

function route(method: string, path: string, body: JsonObject, world: World): Json {
  const [, first = '', last = ''] = path.split('/');
  const now = Date.parse(world.now());
  if (path === '/')
    return { name: 'standin', cluster_name: 'dac-standin', version: { number: `${DEFAULT_STACK}.0` }, tagline: 'You Know, for Search' };
  const patterns = first.split(',');
  if (method === 'POST' && path === '/_search') {
    const pit = own(body, 'pit');
    const id = isJsonObject(pit) ? own(pit, 'id') : undefined;
    if (typeof id !== 'string' || !POINT_IN_TIME.test(id))
      throw new SearchError(404, 'search_context_missing_exception', 'No search context found');
    const { documents, mapping } = documentsOf(id.replace(POINT_IN_TIME, '').split(','), world);
    return search(documents, body, mapping, now);
  }
  if (method === 'DELETE' && path === '/_pit') return { succeeded: true, num_freed: 1 };
  if (method === 'POST' && last === '_pit') return { id: `pit:${first}` };
  if (method === 'POST' && last === '_search') {
    const { documents, mapping } = documentsOf(patterns, world);
    return search(documents, body, mapping, now);
  }
  if (method === 'POST' && last === '_refresh') {
    documentsOf(patterns, world);
    return { _shards: { total: 1, successful: 1, failed: 0 } };
  }
  if (method === 'GET' && path === '/_resolve/index/*') return resolved(world);
  if (method === 'POST' && last === '_field_caps') return fieldCaps(world, patterns);
  if (method === 'GET' && last === '')
    return Object.fromEntries(indicesOf(world.events, patterns).map((index) => [index, indexBody(world.events, index)]));
  throw new SearchError(400, 'illegal_argument_exception', `the stand-in has no ${method} ${path}`);
} // prettier-ignore

/** Names that a search can give; a backing index stands under its data stream. */
function resolved(world: World): JsonObject {
  const streams = new Map<string, string[]>();
  const indices: Json[] = [];
  for (const name of indicesOf(world.events, ['*', '.*'])) {
    const stream = dataStreamOf(name);
    if (stream === name) indices.push({ name, attributes: ['open'] });
    else {
      streams.set(stream, [...(streams.get(stream) ?? []), name]);
      indices.push({ name, attributes: ['hidden', 'open'], data_stream: stream });
    }
  }
  const data_streams = [...streams].map(([name, backing]) => ({ name, backing_indices: backing, timestamp_field: '@timestamp' }));
  return { indices, aliases: [], data_streams };
} // prettier-ignore

function fieldCaps(world: World, patterns: readonly string[]): JsonObject {
  const indices = indicesOf(world.events, patterns);
  const fields = Object.create(null) as Record<string, Record<string, Json>>;
  for (const index of indices) {
    const mapping = mappingOf(world.events, [index]);
    for (const name of mapping.names()) {
      const type = mapping.field(name)?.typeName ?? 'object';
      (fields[name] ??= {})[type] = { type, metadata_field: false, searchable: true, aggregatable: type !== 'text' };
    }
  }
  return { indices: [...indices], fields };
}
