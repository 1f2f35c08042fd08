import type { Endpoint } from '../../remote/endpoint.ts';

/** All that a request needs to know about where it goes. Made by `settings.ts` from configuration and environment. */
export interface Connection extends Endpoint {
  /** Id of the space; `default` has no prefix in paths. `url` is without it. */
  readonly space: string;
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** Attempts of a request that is safe to repeat, the first included. */
  readonly attempts: number;
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
