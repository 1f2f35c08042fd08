import { randomBytes } from 'node:crypto';
import { elements, isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { isRefused, type Answer, type Refused, type SourceDocument } from './answer.ts';
import { Connection, type Credentials } from './connection.ts';
import { NoAnswer, NotRun } from './not-run.ts';
import { reasonOf } from './reason.ts';

/** Most documents that one search gives (`index.max_result_window`). */
export const MOST_HITS = 10_000;

export interface Search {
  readonly index: string;
  /** The query as JSON text. */
  readonly query: string;
}

/** Faults of the server's own parser on a document, which it does not take either. */
const PARSER_FAULT = /^(?:null_pointer|class_cast|.*out_of_bounds)_exception$/;

const typeOf = (error: Json | undefined): string => {
  const type = isJsonObject(error) ? own(error, 'type') : undefined;
  return typeof type === 'string' ? type : '';
};

/** A real Elasticsearch, asked what we are asked. Whatever it cannot answer for want of health is thrown as a NotRun. */
export class OracleCluster {
  readonly #connection: Connection;
  readonly #prefix = `dac-oracle-${randomBytes(5).toString('hex')}`;
  readonly #indices = new Set<string>();
  /** Indices that are being made: what ends the run waits for them, so that none is left. */
  readonly #making = new Set<Promise<unknown>>();
  #closed = false;
  #made = 0;
  readonly version: string;

  private constructor(connection: Connection, version: string) {
    this.#connection = connection;
    this.version = version;
  }

  /** Throws a NotRun where no Elasticsearch answers. */
  static async connect(url: string, auth?: Credentials): Promise<OracleCluster> {
    const connection = Connection.open(url, auth);
    try {
      return new OracleCluster(connection, await connection.version());
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Makes an index of one shard. Its name, or why the server refuses the mapping or the settings, both JSON text. */
  async createIndex(mapping: string, settings = '{}'): Promise<string | Refused> {
    if (this.#closed) throw new NotRun('the run was ended');
    const name = `${this.#prefix}-${++this.#made}`;
    const shards = '{"number_of_shards":1,"number_of_replicas":0,"refresh_interval":-1}';
    const body = `{"settings":${merged(shards, settings)},"mappings":${mapping}}`;
    const made = this.#connection.request('PUT', `/${name}`, body).then(({ status, body: answer }) => {
      if (status === 429 || status >= 500) throw this.#unhealthy(status, answer);
      if (status >= 400) return { refused: reasonOf(answer) };
      this.#indices.add(name);
      if (!isJsonObject(answer) || own(answer, 'acknowledged') !== true) throw this.#unhealthy(status, answer);
      return name;
    });
    this.#making.add(made);
    try {
      return await made;
    } finally {
      this.#making.delete(made);
    }
  }

  /** Indexes documents and makes them visible. Those that are refused, by id. */
  async index(name: string, documents: readonly SourceDocument[]): Promise<ReadonlyMap<string, Refused>> {
    const refused = new Map<string, Refused>();
    if (documents.length === 0) return refused;
    const lines = documents.map(
      // Between its tokens, JSON has line breaks only as white space; within strings they are escaped.
      ({ id, source }) => `{"index":{"_id":${JSON.stringify(id)}}}\n${source.replaceAll(/[\r\n]/g, ' ')}\n`,
    );
    const { status, body } = await this.#connection.request('POST', `/${name}/_bulk?refresh=true`, lines.join(''));
    const items = isJsonObject(body) ? own(body, 'items') : undefined;
    if (status >= 400 || !Array.isArray(items) || items.length !== documents.length)
      throw this.#unhealthy(status, body);
    for (const [at, item] of (items as readonly Json[]).entries()) {
      const result = isJsonObject(item) ? own(item, 'index') : undefined;
      if (!isJsonObject(result)) throw this.#unhealthy(status, body);
      const code = own(result, 'status');
      const broken = code === 500 && PARSER_FAULT.test(typeOf(own(result, 'error')));
      if (typeof code !== 'number' || (code >= 500 && !broken) || code === 429)
        throw this.#unhealthy(Number(code), result);
      const id = documents[at]?.id;
      if (code >= 400 && id !== undefined) refused.set(id, { refused: reasonOf(result) });
    }
    return refused;
  }

  async search(index: string, query: string): Promise<Answer> {
    const path = `/${index}/_search?filter_path=${SEARCH_PATHS}`;
    const { status, body } = await this.#connection.request('POST', path, searchBody(query));
    return this.#answerOf(status, body);
  }

  /** The answers in the order of the searches. */
  async searches(searches: readonly Search[]): Promise<readonly Answer[]> {
    const [first] = searches;
    if (first === undefined) return [];
    if (searches.length === 1) return [await this.search(first.index, first.query)];
    const answers = await this.#multiSearch(searches);
    if (answers !== undefined) return answers;
    // One query that does not parse, or breaks the parser, fails the request, which does not say which. Wrapped ones are parsed one by one.
    const parsed = (await this.#multiSearch(searches.map(wrapped))) ?? [];
    const rest = searches.filter((_, at) => !isRefused(parsed[at]));
    if (rest.length === searches.length) {
      const half = searches.length >> 1;
      return [...(await this.searches(searches.slice(0, half))), ...(await this.searches(searches.slice(half)))];
    }
    const asked = [...(await this.searches(rest))];
    return parsed.map((answer) => (isRefused(answer) ? answer : (asked.shift() ?? [])));
  }

  /** Undefined: the request as a whole is refused. */
  async #multiSearch(searches: readonly Search[]): Promise<readonly Answer[] | undefined> {
    const lines = searches.map(({ index, query }) => `{"index":${JSON.stringify(index)}}\n${searchBody(query)}\n`);
    const paths = ['status', ...SEARCH_PATHS.split(',')].map((path) => `responses.${path}`).join(',');
    const path = `/_msearch?filter_path=${paths},error`;
    const { status, body } = await this.#connection.request('POST', path, lines.join(''));
    if (status === 400 || status === 500) return undefined;
    const responses = isJsonObject(body) ? elements(own(body, 'responses')) : [];
    if (status > 400 || responses.length !== searches.length) throw this.#unhealthy(status, body);
    return responses.map((one) => this.#answerOf(isJsonObject(one) ? Number(own(one, 'status') ?? 200) : 500, one));
  }

  /**
   * Doc values of fields, by id of the document: of all documents, or of some. A value that cannot be shown fails the search.
   * Whole numbers that a double does not hold come as strings of their digits.
   */
  async docValues(
    index: string,
    fields: readonly DocValueField[],
    ids?: readonly string[],
  ): Promise<ReadonlyMap<string, JsonObject> | Refused> {
    const query = ids === undefined ? { match_all: {} } : { ids: { values: ids } };
    const body = JSON.stringify({ size: MOST_HITS, _source: false, docvalue_fields: fields, sort: ['_doc'], query });
    const { status, body: answer } = await this.#connection.request('POST', `/${index}/_search`, body);
    const hits = this.#hitsOf(status, answer);
    if (isRefused(hits)) return hits;
    return new Map(
      hits.map(({ id, hit }) => {
        const found = own(hit, 'fields');
        return [id, isJsonObject(found) ? found : {}];
      }),
    );
  }

  /** The tokens that a built-in analyzer makes of a text. */
  async tokens(analyzer: string, text: string): Promise<readonly string[]> {
    const { status, body } = await this.#connection.request('POST', '/_analyze', JSON.stringify({ analyzer, text }));
    const tokens = isJsonObject(body) ? own(body, 'tokens') : undefined;
    if (status >= 400 || !Array.isArray(tokens)) throw this.#unhealthy(status, body);
    return (tokens as readonly Json[]).map((one) => {
      const token = isJsonObject(one) ? own(one, 'token') : undefined;
      if (typeof token !== 'string') throw this.#unhealthy(status, body);
      return token;
    });
  }

  /** The answer to a search with aggregations, whose body is JSON text. */
  async aggregations(index: string, body: string): Promise<JsonObject | Refused> {
    const { status, body: answer } = await this.#connection.request('POST', `/${index}/_search`, body);
    const hits = this.#hitsOf(status, answer);
    if (isRefused(hits)) return hits;
    const found = isJsonObject(answer) ? own(answer, 'aggregations') : undefined;
    if (!isJsonObject(found)) throw this.#unhealthy(status, answer);
    return found;
  }

  async delete(...names: readonly string[]): Promise<void> {
    const own = names.filter((name) => this.#indices.delete(name));
    if (own.length > 0) await this.#connection.request('DELETE', `/${own.join(',')}?ignore_unavailable=true`);
  }

  /** Deletes what is left of the indices of this run, and closes the connection. Throws nothing. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#making);
    const left = [...this.#indices];
    for (let at = 0; at < left.length; at += 50) await this.delete(...left.slice(at, at + 50)).catch(() => undefined);
    await this.#connection.close();
  }

  #answerOf(status: number, body: Json): Answer {
    const hits = this.#hitsOf(status, body);
    return isRefused(hits) ? hits : hits.map(({ id }) => id);
  }

  /** Hits with their ids, or why the search failed. What says of no shard that it was searched is no answer to a search. */
  #hitsOf(status: number, body: Json): readonly Hit[] | Refused {
    if (status === 429 || status === 502 || status === 503 || status === 504) throw this.#unhealthy(status, body);
    if (status >= 400) return { refused: reasonOf(body) };
    const shards = isJsonObject(body) ? own(body, '_shards') : undefined;
    const failed = isJsonObject(shards) ? own(shards, 'failed') : undefined;
    if (!isJsonObject(body) || typeof failed !== 'number') throw this.#unhealthy(status, body);
    if (failed > 0) return { refused: reasonOf(shards ?? null) };
    const outer = own(body, 'hits');
    const hits = isJsonObject(outer) ? elements(own(outer, 'hits')) : [];
    return hits.map((hit) => {
      const id = isJsonObject(hit) ? own(hit, '_id') : undefined;
      if (!isJsonObject(hit) || typeof id !== 'string') throw this.#unhealthy(status, body);
      return { id, hit };
    });
  }

  /** Names of indices are left out: the same reason is counted together. */
  #unhealthy(status: number, body: Json): NoAnswer {
    const why = reasonOf(body).replaceAll(new RegExp(`${this.#prefix}-\\d+`, 'g'), 'index');
    return new NoAnswer(`the server answered ${status}: ${why.slice(0, 200)}`);
  }
}

interface Hit {
  readonly id: string;
  readonly hit: JsonObject;
}

const SEARCH_PATHS = 'hits.hits._id,_shards.failed,_shards.failures,error';

/** A field whose doc values are asked for, and the format of dates. */
export interface DocValueField {
  readonly field: string;
  readonly format?: string;
}

/** What comparing needs of a server. */
export type AskedServer = Pick<
  OracleCluster,
  'version' | 'createIndex' | 'index' | 'searches' | 'docValues' | 'tokens' | 'delete'
>;

/** As the detection engine searches: sorted, so that nothing is scored. */
const searchBody = (query: string): string =>
  `{"size":${MOST_HITS},"_source":false,"sort":["_doc"],"query":${query.replaceAll(/[\r\n]/g, ' ')}}`;

/** The same search, whose query is parsed only when it runs (elasticsearch:WrapperQueryBuilder.java). */
const wrapped = ({ index, query }: Search): Search => ({
  index,
  query: `{"wrapper":{"query":"${Buffer.from(query).toString('base64')}"}}`,
});

/** Two JSON objects as one text, the members of the second after those of the first. */
function merged(first: string, second: string): string {
  const inner = second.trim().slice(1, -1).trim();
  return inner === '' ? first : `${first.slice(0, -1)},${inner}}`;
}
