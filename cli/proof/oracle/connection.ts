import { Client, errors, Serializer } from '@elastic/elasticsearch';
import { isJsonObject, own, type Json } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { parseJson } from '../../text/parse-json.ts';
import { NotRun } from './not-run.ts';

export type Credentials = NonNullable<ConstructorParameters<typeof Client>[0]['auth']>;

/** Milliseconds for one request: a regular expression may keep the server busy for a while. */
const TIMEOUT = 60_000;

/** Whole numbers that a double cannot hold come as strings of their digits. */
class ExactSerializer extends Serializer {
  override deserialize<T>(text: string): T {
    try {
      return parseJson(text) as T;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new errors.DeserializationError(error.message, text);
    }
  }
}

/** The official client, sending JSON text as it is. */
export class Connection {
  readonly #client: Client;
  readonly #host: string;

  private constructor(client: Client, host: string) {
    this.#client = client;
    this.#host = host;
  }

  /** Throws a KnownError for an address that is none. */
  static open(url: string, auth?: Credentials): Connection {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw new KnownError(`"${url}" is no address of a server: it begins with http:// or https://`);
    const client = new Client({
      node: url,
      ...(auth === undefined ? {} : { auth }),
      Serializer: ExactSerializer,
      // No version of its own: a server of another major version refuses the package's (elastic/elasticsearch-js issue 2909).
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      requestTimeout: TIMEOUT,
      maxRetries: 0,
      enableMetaHeader: false,
    });
    return new Connection(client, new URL(url).host);
  }

  /** Status and body of the answer, whatever the status. Throws a NotRun where none comes. */
  async request(
    method: string,
    path: string,
    body?: string,
  ): Promise<{ readonly status: number; readonly body: Json }> {
    const bulk = /\/_(?:bulk|msearch)\b/.test(path);
    try {
      const answer = await this.#client.transport.request<Json>(
        { method, path, ...(body === undefined ? {} : bulk ? { bulkBody: body } : { body }) },
        { meta: true, ...(bulk ? { headers: { 'content-type': 'application/x-ndjson' } } : {}) },
      );
      return { status: answer.statusCode ?? 0, body: answer.body };
    } catch (error) {
      if (error instanceof errors.ResponseError)
        return { status: error.statusCode ?? 0, body: (error.body ?? null) as Json };
      if (error instanceof errors.ProductNotSupportedError)
        throw new NotRun(`no Elasticsearch answers at ${this.#host}`);
      if (error instanceof errors.DeserializationError)
        throw new NotRun(`the server at ${this.#host} answered what is no JSON (${error.message})`);
      if (error instanceof errors.ElasticsearchClientError)
        throw new NotRun(`the server at ${this.#host} does not answer (${error.message.split('\n')[0] ?? ''})`);
      throw error;
    }
  }

  /** The version that the server says it is; a core server has no answer at its root. */
  async version(): Promise<string> {
    const root = await this.request('GET', '/');
    const stated = isJsonObject(root.body) ? own(root.body, 'version') : undefined;
    const number = isJsonObject(stated) ? own(stated, 'number') : undefined;
    if (typeof number === 'string') return number;
    if (root.status === 401 || root.status === 403) throw new NotRun(`${this.#host} wants other credentials`);
    const { body } = await this.request('GET', '/_nodes/_local?filter_path=nodes.*.version');
    const nodes = isJsonObject(body) ? own(body, 'nodes') : undefined;
    const node = isJsonObject(nodes) ? Object.values(nodes)[0] : undefined;
    const version = isJsonObject(node) ? own(node, 'version') : undefined;
    if (typeof version !== 'string') throw new NotRun(`the server at ${this.#host} does not say its version`);
    return version;
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
