import type { Client, errors } from '@elastic/elasticsearch';
import type { Endpoint } from '../remote/endpoint.ts';
import type { Json } from '../text/json.ts';
import { parseJson } from '../text/parse-json.ts';
import { answeredError, brokenError, silentError, strangerError } from './errors.ts';
import { wireTo, type Wire } from './wire.ts';

export interface SearchRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** Statuses beside 2xx that are an answer, not an error. */
  readonly accept?: readonly number[];
}

export interface SearchAnswer {
  readonly status: number;
  readonly body: Json;
}

/** A page of 1,000 events of some 100 kB each; more is no answer to what is asked here. */
const MAX_BODY = 256 * 1024 * 1024;
/** Repeats after the connection failed or a proxy said 502 to 504: all that is asked here may be asked twice. */
const REPEATS = 2;

/** An Elasticsearch that is read from. Nothing that it is asked changes a document. */
export class Cluster {
  readonly #client: Client;
  readonly #endpoint: Endpoint;
  readonly #wire: Wire;
  readonly #errors: typeof errors;

  private constructor(client: Client, endpoint: Endpoint, wire: Wire, known: typeof errors) {
    this.#client = client;
    this.#endpoint = endpoint;
    this.#wire = wire;
    this.#errors = known;
  }

  /**
   * Nothing is sent yet. The package is loaded only here, as it takes longer to load than most commands to run. `agent`: dac
   * with its version.
   */
  static async open(endpoint: Endpoint, agent: string): Promise<Cluster> {
    const { Client, Serializer, errors } = await import('@elastic/elasticsearch');
    /** Whole numbers that a double cannot hold come as strings of their digits. */
    class ExactSerializer extends Serializer {
      override deserialize<T>(text: string): T {
        return parseJson(text) as T;
      }
    }
    const wire = await wireTo(endpoint);
    const { authentication: auth } = endpoint;
    const client = new Client({
      node: endpoint.url,
      auth:
        auth.kind === 'apiKey'
          ? { apiKey: auth.key.reveal() }
          : { username: auth.user, password: auth.password.reveal() },
      agent: () => wire,
      Serializer: ExactSerializer,
      // The package asks for the answers of its own major version, which Elasticsearch of another one refuses with 400
      // (elastic/elasticsearch-js issue 2909); what is asked here is the same in all of them.
      headers: { 'user-agent': agent, accept: 'application/json', 'content-type': 'application/json' },
      requestTimeout: endpoint.timeout,
      maxRetries: REPEATS,
      maxResponseSize: MAX_BODY,
      maxCompressedResponseSize: MAX_BODY,
      enableMetaHeader: false,
    });
    return new Cluster(client, endpoint, wire, errors);
  }

  /** Host and port, as messages name it. */
  get host(): string {
    return new URL(this.#endpoint.url).host;
  }

  /** The answer's JSON. Throws a RemoteError. */
  async request({ method, path, query, body, accept }: SearchRequest): Promise<SearchAnswer> {
    const asked = { method, path, endpoint: this.#endpoint };
    let answer: { readonly statusCode: number | null; readonly body: unknown };
    try {
      answer = await this.#client.transport.request<unknown>(
        {
          method,
          path,
          ...(query === undefined ? {} : { querystring: { ...query } }),
          ...(body === undefined ? {} : { body: body as Record<string, Json> }),
        },
        {
          meta: true,
          // For all attempts together.
          signal: AbortSignal.timeout(this.#endpoint.timeout),
          retryBackoff: (_least, _most, attempt) => attempt / 4,
          ...(accept === undefined ? {} : { ignore: [...accept] }),
        },
      );
    } catch (error) {
      const { ResponseError, ProductNotSupportedError, DeserializationError, ElasticsearchClientError } = this.#errors;
      if (error instanceof ResponseError) {
        // Kibana names itself, and refuses what is asked of Elasticsearch before the package looks who answers.
        if (error.headers?.['kbn-name'] !== undefined) throw strangerError(asked);
        throw answeredError(asked, error.meta.statusCode ?? 0, error.body as Json | undefined);
      }
      if (error instanceof ProductNotSupportedError) throw strangerError(asked);
      if (error instanceof DeserializationError || error instanceof SyntaxError) throw brokenError(asked);
      if (error instanceof ElasticsearchClientError || error instanceof DOMException)
        throw silentError(asked, error, this.#wire.fault);
      throw error;
    }
    const status = answer.statusCode ?? 0;
    if ((status < 200 || status >= 300) && accept?.includes(status) !== true)
      throw answeredError(asked, status, answer.body as Json | undefined);
    if (typeof answer.body === 'string' || answer.body === undefined) throw brokenError(asked);
    return { status, body: answer.body as Json };
  }

  close(): Promise<void> {
    return this.#wire.close();
  }
}
