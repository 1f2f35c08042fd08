import type { Secret } from './secret.ts';

export type Authentication =
  | { readonly kind: 'apiKey'; readonly key: Secret }
  | { readonly kind: 'basic'; readonly user: string; readonly password: Secret };

/** All that a request needs to know about where it goes. Made by `settings.ts` from configuration and environment. */
export interface Connection {
  /** Base address without a trailing slash and without the space, such as `https://kibana.example.org:5601/base`. */
  readonly url: string;
  /** Id of the space; `default` has no prefix in paths. */
  readonly space: string;
  readonly authentication: Authentication;
  /** Milliseconds for one attempt, from connecting to the last byte of the body. */
  readonly timeout: number;
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** Attempts of a request that is safe to repeat, the first included. */
  readonly attempts: number;
  /** PEM text of certificate authorities to trust beside those of Node. */
  readonly ca?: string;
  /** Address of an HTTP proxy. */
  readonly proxy?: string;
  /** False: any certificate is accepted. Said aloud at every run. */
  readonly verify: boolean;
}

/** Host and space as messages name them. */
export const described = (connection: Connection): string =>
  `space "${connection.space}" at ${new URL(connection.url).host}`;

/** Path of a route in the connection's space. */
export function addressOf(
  connection: Connection,
  path: string,
  query: Readonly<Record<string, string | readonly string[]>> = {},
): string {
  const space = connection.space === 'default' ? '' : `/s/${encodeURIComponent(connection.space)}`;
  const address = new URL(`${connection.url}${space}${path}`);
  for (const [key, value] of Object.entries(query))
    for (const one of typeof value === 'string' ? [value] : value) address.searchParams.append(key, one);
  return address.href;
}
