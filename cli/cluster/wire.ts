import type { Dispatcher } from 'undici';
import type { Endpoint } from '../remote/endpoint.ts';
import { tlsOf } from '../remote/tls.ts';

/**
 * What the Elasticsearch package sends its requests through: it takes a proxy and authorities as the client of Kibana does,
 * and keeps why a request failed, of which the package's own errors leave only a sentence.
 */
export class Wire {
  readonly #dispatcher: Dispatcher;
  /** Why the last request got no answer. */
  fault: unknown;

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  async request(options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
    this.fault = undefined;
    try {
      return await this.#dispatcher.request(options);
    } catch (error) {
      this.fault = error;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#dispatcher.destroy();
  }
}

export async function wireTo(endpoint: Endpoint): Promise<Wire> {
  const { Agent, ProxyAgent } = await import('undici');
  const { proxy } = endpoint;
  const tls = await tlsOf(endpoint);
  return new Wire(proxy === undefined ? new Agent({ connect: tls }) : new ProxyAgent({ uri: proxy, requestTls: tls }));
}
