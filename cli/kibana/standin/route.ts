import type { Json } from '../../text/json.ts';
import type { World } from './world.ts';

/** One request as a route sees it. */
export interface Call {
  readonly method: string;
  /** Path without the space, such as `/api/detection_engine/rules`. */
  readonly path: string;
  /** Values of `{name}` in the route's pattern. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json | undefined;
  /** Part `file` of a multipart body. */
  readonly file: { readonly name: string; readonly text: string } | undefined;
  readonly space: string;
  /** Name of the caller, for audit fields. */
  readonly user: string;
}

export interface Reply {
  readonly status: number;
  /** JSON, or with `text` what is sent as it is. */
  readonly body?: Json;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (call: Call, world: World) => Reply;

export interface Route {
  readonly method: string;
  /** `{name}` stands for one segment. */
  readonly path: string;
  readonly handle: Handler;
}

export const ok = (body: Json): Reply => ({ status: 200, body });

/** An error of a route handler of the security solution: `{message, status_code}`. */
export class RouteError extends Error {
  readonly status: number;
  readonly said: string | readonly string[];

  constructor(status: number, said: string | readonly string[]) {
    super(typeof said === 'string' ? said : said.join(', '));
    this.status = status;
    this.said = said;
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** An error of the HTTP layer: `{statusCode, error, message}`. */
export class PlatformError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function errorReply(error: unknown): Reply {
  if (error instanceof RouteError)
    return { status: error.status, body: { message: error.said, status_code: error.status } };
  if (error instanceof PlatformError)
    return {
      status: error.status,
      body: { statusCode: error.status, error: TITLES[error.status] ?? 'Error', message: error.message },
    };
  throw error;
}
