import { parseJson } from '../../text/parse-json.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { described } from './connection.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Request, Transport } from './transport.ts';

/** An answer that came in time and with a good status, and is not what the route promises. */
export function unexpected(transport: Transport, request: Request, wanted: string): RemoteError {
  return new RemoteError(
    `${request.method} ${request.path} on ${described(transport.connection)} answered something else than ${wanted}`,
    {
      why: 'what follows would be built on a misread answer, so nothing was done with it',
      help: 'is this Kibana 8.18 or later, and no proxy that answers in its place? Run the same command again',
    },
  );
}

/** The JSON object that a request answers. */
export async function objectOf(transport: Transport, request: Request): Promise<JsonObject> {
  const { body } = await transport.json(request);
  if (isJsonObject(body)) return body;
  throw unexpected(transport, request, 'a JSON object');
}

/** The list of JSON objects that a request answers. */
export async function listOf(transport: Transport, request: Request): Promise<readonly JsonObject[]> {
  const { body } = await transport.json(request);
  if (Array.isArray(body)) {
    const list = body as readonly Json[];
    if (list.every(isJsonObject)) return list;
  }
  throw unexpected(transport, request, 'a list of JSON objects');
}

const hasStatusCode = (body: JsonObject): boolean => own(body, 'status_code') === 404;

/**
 * The JSON object that a request answers, or undefined where the thing asked for is not there. A 404 of the platform (no such
 * route, no such space) stays an error: only the security solution's own 404 has `status_code`; other routes say with
 * `isMissing` how theirs is known.
 */
export async function foundOf(
  transport: Transport,
  request: Request,
  isMissing = hasStatusCode,
): Promise<JsonObject | undefined> {
  try {
    return await objectOf(transport, request);
  } catch (error) {
    const missing =
      error instanceof RemoteError && error.status === 404 && isJsonObject(error.body) && isMissing(error.body);
    if (missing) return undefined;
    throw error;
  }
}

/** Lines of an NDJSON answer. A line that is no JSON object means that the answer broke off. */
export async function linesOf(transport: Transport, request: Request): Promise<readonly JsonObject[]> {
  const text = await transport.text(request);
  const lines: JsonObject[] = [];
  for (let from = 0, to: number; from < text.length; from = to + 1) {
    to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    const line = text.slice(from, to);
    if (line.trim() === '') continue;
    const value = jsonOf(line);
    if (!isJsonObject(value)) throw unexpected(transport, request, 'whole lines of JSON: it breaks off');
    lines.push(value);
  }
  return lines;
}

function jsonOf(line: string): Json | undefined {
  try {
    return parseJson(line) as Json;
  } catch {
    return undefined;
  }
}

export interface Page {
  readonly total: number;
  readonly data: readonly JsonObject[];
}

/** One page of a `_find` route: `{ total, data, … }`. */
export async function pageOf(transport: Transport, request: Request): Promise<Page> {
  const body = await objectOf(transport, request);
  const total = own(body, 'total');
  const data = own(body, 'data');
  if (typeof total === 'number' && Array.isArray(data)) {
    const list = data as readonly Json[];
    if (list.every(isJsonObject)) return { total, data: list };
  }
  throw unexpected(transport, request, 'a page of results');
}

/** A space with more than this is read by `_find` only in part: saved-object search ends there. */
const WINDOW = 10_000;

/**
 * All results of a `_find` route, page after page, each `id` once. What another client does meanwhile can move a result to a
 * page that was read already; then the count does not fit, and that is an error, not a shorter list.
 */
export async function pagesOf(
  transport: Transport,
  request: Request & { readonly method: 'GET' },
  perPage = 500,
): Promise<readonly JsonObject[]> {
  const found = new Map<string, JsonObject>();
  let total = 0;
  for (let page = 1; ; page++) {
    const query = { ...request.query, page: String(page), per_page: String(perPage) };
    const one = await pageOf(transport, { ...request, query });
    total = one.total;
    for (const each of one.data) {
      const id = own(each, 'id');
      found.set(typeof id === 'string' ? id : `#${found.size}`, each);
    }
    if (one.data.length < perPage || page * perPage >= WINDOW || found.size >= total) break;
  }
  if (found.size === total) return [...found.values()];
  if (total > WINDOW)
    throw new RemoteError(`${request.path} has ${total} results, ${WINDOW} can be read`, {
      help: 'spread them over several spaces',
    });
  throw new RemoteError(`${request.path} said that there are ${total} results, and gave ${found.size}`, {
    why: 'somebody changes the space at the same time, or the answer is not whole',
    help: 'run the same command again',
  });
}
