import type { Endpoint } from './endpoint.ts';

/** What a TLS connection is checked against: the authorities of Node and that of the endpoint, or nothing. */
export async function tlsOf({ ca, verify }: Endpoint): Promise<{ ca?: string[]; rejectUnauthorized?: false }> {
  const { rootCertificates } = await import('node:tls');
  return {
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(verify ? {} : { rejectUnauthorized: false }),
  };
}
