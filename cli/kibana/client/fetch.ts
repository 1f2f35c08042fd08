import { tlsOf } from '../../remote/tls.ts';
import type { Connection } from './connection.ts';

/**
 * The fetch of Node; with a certificate authority, a proxy, or certificates unverified, it goes through a dispatcher that is
 * loaded only then (the package costs 60 ms of start-up).
 */
export async function fetchFor(connection: Connection): Promise<typeof globalThis.fetch> {
  const { ca, proxy, verify } = connection;
  if (ca === undefined && proxy === undefined && verify) return globalThis.fetch;
  const { Agent, ProxyAgent, fetch } = await import('undici');
  const tls = await tlsOf(connection);
  const dispatcher =
    proxy === undefined ? new Agent({ connect: tls }) : new ProxyAgent({ uri: proxy, requestTls: tls });
  return ((input: string, init: object) => fetch(input, { ...init, dispatcher })) as typeof globalThis.fetch;
}
