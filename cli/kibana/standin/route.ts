import { jsonText, type Json } from '../../text/json.ts';
import type { Privilege, World } from './world.ts';
import { faultsOf, filled, oneOf, type Shape } from './zod.ts';

/** The part `file` of a form. */
export interface FormFile {
  readonly name: string;
  readonly text: string;
  /** Name of the file as a reader finds it that knows `Content-Disposition` in this spelling alone. */
  readonly plainName: string | undefined;
}

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
  readonly file: FormFile | undefined;
  /** Id of the space. */
  readonly space: string;
  /** True: the request carries no credentials, which only the status allows. */
  readonly anonymous: boolean;
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
  /** Without this privilege the answer is 403. */
  readonly needs?: Privilege;
  /** Requests of this route at a time; one more is answered with 429. */
  readonly atOnce?: number;
  /** True: the body is a form; other routes refuse one. */
  readonly takesForm?: true;
  /** Bytes of a body. */
  readonly maxBytes?: number;
  readonly handle: Handler;
}

export const ok = (body: Json): Reply => ({ status: 200, body });

/** Lines for a download. */
export const download = (name: string, text: string): Reply => ({
  status: 200,
  text,
  headers: { 'content-type': 'application/ndjson', 'content-disposition': `attachment; filename="${name}"` },
});

const at =
  (path: string, shape: Shape): Shape =>
  (value) =>
    shape(value, path);

/** A parameter of the query string that is one of these, or absent; throws 400. */
export function choiceOf(call: Call, name: string, values: readonly string[]): string | undefined {
  const given = call.query.get(name) ?? undefined;
  const faults = given === undefined ? undefined : faultsOf(at(name, oneOf(...values)), given);
  if (faults !== undefined) throw new PlatformError(400, `[request query]: ${faults}`);
  return given;
}

/** A boolean of the query string; throws 400 for another text. */
export const flag = (call: Call, name: string): boolean => choiceOf(call, name, ['true', 'false']) === 'true';

/** The member to sort by, or absent; throws 400 for a blank one. */
export function sortFieldOf(call: Call): string | undefined {
  const given = call.query.get('sort_field') ?? undefined;
  const faults = given === undefined ? undefined : faultsOf(at('sort_field', filled), given);
  if (faults !== undefined) throw new PlatformError(400, `[request query]: ${faults}`);
  return given;
}

export const orderOf = (call: Call): string | undefined => choiceOf(call, 'sort_order', ['asc', 'desc']);

/** A whole number of the query string; throws 400 below `least`. */
export function numberOf(call: Call, name: string, standard: number, least: number): number {
  const written = call.query.get(name);
  if (written === null) return standard;
  // A blank is no number, as the contract has it
  const value = written.trim() === '' ? NaN : Number(written);
  if (!Number.isSafeInteger(value))
    throw new PlatformError(400, `[request query]: ${name}: Expected number, received nan`);
  if (value < least)
    throw new PlatformError(400, `[request query]: ${name}: Number must be greater than or equal to ${least}`);
  return value;
}

/** What a search over saved objects can reach (elasticsearch: index.max_result_window). */
const WINDOW = 10_000;

export interface Page<T> {
  readonly page: number;
  readonly perPage: number;
  readonly total: number;
  readonly data: readonly T[];
}

/** The part of a result that `page` and `per_page` name. `least`: how few items a page may be asked for. */
export function paged<T>(call: Call, all: readonly T[], least = 0): Page<T> {
  const page = numberOf(call, 'page', 1, 1);
  const perPage = numberOf(call, 'per_page', 20, least);
  if (page * perPage > WINDOW)
    throw new RouteError(400, `Result window is too large, from + size must be less than or equal to: [${WINDOW}]`);
  return { page, perPage, total: all.length, data: all.slice((page - 1) * perPage, page * perPage) };
}

/** An error of a route handler of the security solution: `{message, status_code}`. */
export class RouteError extends Error {
  readonly status: number;
  /** A text, a list of texts, or where Kibana tells more an object. */
  readonly said: Json;

  constructor(status: number, said: Json) {
    super(jsonText(said));
    this.status = status;
    this.said = said;
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
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

/** The answer for an error; a fault of the stand-in itself is a 500 that says no more, as in Kibana. */
export function errorReply(error: unknown): Reply {
  if (error instanceof RouteError)
    return { status: error.status, body: { message: error.said, status_code: error.status } };
  const { status, message } =
    error instanceof PlatformError ? error : new PlatformError(500, 'An internal server error occurred');
  return { status, body: { statusCode: status, error: TITLES[status] ?? 'Error', message } };
}
