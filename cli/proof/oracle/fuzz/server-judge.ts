import type { Client } from '@elastic/elasticsearch';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import type { Answer, Judge, JudgedIndex } from './judge.ts';

const NDJSON = { headers: { 'content-type': 'application/x-ndjson', accept: 'application/json' } };
const JSON_TYPE = { headers: { 'content-type': 'application/json', accept: 'application/json' } };

/** Documents of an index, at most: a search asks for all of them. */
const MOST = 10_000;

let count = 0;

/** A server as a judge; each index has one shard and a name of its own, and is deleted when it is closed. */
export const serverJudge = (client: Client, prefix = 'fuzz'): Judge => ({
  async open(mapping, settings) {
    const name = `${prefix}-${process.pid}-${++count}`;
    const body = JSON.stringify({
      mappings: mapping,
      settings: { ...settings, number_of_shards: 1, number_of_replicas: 0, refresh_interval: -1 },
    });
    const answer = await ask(client, 'PUT', `/${name}`, body);
    const error = own(answer, 'error');
    return error === undefined ? indexOf(client, name) : { refused: reasonOf(error) };
  },
});

function indexOf(client: Client, name: string): JudgedIndex {
  return {
    async add(documents) {
      const lines = documents.flatMap((text, at) => [`{"index":{"_id":"${at}"}}`, text]);
      const answer = await ask(client, 'POST', `/${name}/_bulk?refresh=true`, `${lines.join('\n')}\n`, NDJSON);
      return elements(own(answer, 'items')).map((item) => {
        const done = isJsonObject(item) ? own(item, 'index') : undefined;
        const error = isJsonObject(done) ? own(done, 'error') : undefined;
        return error === undefined ? undefined : reasonOf(error);
      });
    },
    async search(queries) {
      if (queries.length === 0) return [];
      const lines = queries.flatMap((query) => ['{}', `{"size":${MOST},"_source":false,"query":${query}}`]);
      const answer = await ask(client, 'POST', `/${name}/_msearch`, `${lines.join('\n')}\n`, NDJSON);
      return elements(own(answer, 'responses')).map(answerOf);
    },
    async close() {
      await ask(client, 'DELETE', `/${name}`);
    },
  };
}

async function ask(
  client: Client,
  method: string,
  path: string,
  body?: string,
  options = JSON_TYPE,
): Promise<JsonObject> {
  const answer: unknown = await client.transport.request(
    { method, path: path.split('?')[0] ?? path, querystring: path.split('?')[1] ?? '', ...(body === undefined ? {} : { body }) },
    { ...options, ignore: [400, 404, 413, 500] },
  ); // prettier-ignore
  return isJsonObject(answer) ? answer : {};
}

function answerOf(response: Json): Answer {
  if (!isJsonObject(response)) return { fails: 'no answer' };
  const error = own(response, 'error');
  if (error !== undefined) return { fails: reasonOf(error) };
  const shards = own(response, '_shards');
  const failures = isJsonObject(shards) ? elements(own(shards, 'failures')) : [];
  const [failure] = failures;
  if (failure !== undefined)
    return { fails: reasonOf(isJsonObject(failure) ? (own(failure, 'reason') ?? null) : null) };
  const hits = own(response, 'hits');
  const list = isJsonObject(hits) ? elements(own(hits, 'hits')) : [];
  return { found: list.map((hit) => Number(isJsonObject(hit) ? own(hit, '_id') : NaN)).sort((a, b) => a - b) };
}

/** The innermost reason of an error, which says what the type or parser refuses. */
function reasonOf(error: Json): string {
  if (!isJsonObject(error)) return JSON.stringify(error);
  const [root] = elements(own(error, 'failed_shards'));
  const inner = isJsonObject(root) ? own(root, 'reason') : own(error, 'caused_by');
  const own_ = `${textOf(own(error, 'type'))}: ${textOf(own(error, 'reason'))}`;
  return inner === undefined ? own_ : `${own_} < ${reasonOf(inner)}`;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
