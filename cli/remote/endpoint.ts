import type { Secret } from './secret.ts';

export type Authentication =
  | { readonly kind: 'apiKey'; readonly key: Secret }
  | { readonly kind: 'basic'; readonly user: string; readonly password: Secret };

/** Where requests go and how: Kibana, or the Elasticsearch behind it. */
export interface Endpoint {
  /** Base address without a trailing slash, such as `https://kibana.example.org:5601/base`. */
  readonly url: string;
  readonly authentication: Authentication;
  /** Milliseconds for one attempt, from connecting to the last byte of the body. */
  readonly timeout: number;
  /** PEM text of certificate authorities to trust beside those of Node. */
  readonly ca?: string;
  /** Address of an HTTP proxy. */
  readonly proxy?: string;
  /** False: any certificate is accepted. Said aloud at every run. */
  readonly verify: boolean;
}

/** The value of the `authorization` header. */
export const authorizationOf = (authentication: Authentication): string =>
  authentication.kind === 'apiKey'
    ? `ApiKey ${authentication.key.reveal()}`
    : `Basic ${Buffer.from(`${authentication.user}:${authentication.password.reveal()}`).toString('base64')}`;
