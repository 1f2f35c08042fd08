import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorReply, PlatformError, type Call, type Reply, type Route } from './route.ts';
import { bodyOf, contentOf, isForm } from './body.ts';
import { tellObservers, type Exchange } from './observe.ts';
import { routes } from './routes.ts';
import type { World } from './world.ts';

/** Bytes of a body where the route says nothing (kibana: server.maxPayload). */
const LIMIT = 1_048_576;

/** What happens to a request before a route sees it; for tests of faults. True: it was answered, or never will be. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface StandIn {
  /** Such as `http://127.0.0.1:5601`. */
  readonly url: string;
  readonly world: World;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly world: World;
  /** Loopback port; 0, the standard, takes a free one. */
  readonly port?: number;
  /** Milliseconds before each answer. */
  readonly latency?: number;
  /** Can be changed while the server runs. */
  fault?: Fault;
}

/** Starts the stand-in on the loopback. It takes any credentials, but none at all are refused, as in Kibana. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const running = new Map<Route, number>();
  const server = createServer((request, response) => {
    response.on('error', () => response.destroy());
    if (options.fault?.(request, response) === true) return;
    void reply(request, options.world, running).then(({ answer, done, seen }) => {
      const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
      tellObservers({ ...seen, method: request.method ?? 'GET', headers: request.headers, reply: answer, text });
      const finish = (): void => {
        done();
        send(response, answer, text, request.method);
      };
      if (options.latency === undefined) finish();
      else setTimeout(finish, options.latency);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world: options.world,
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Headers of an answer; those of the route win. */
export const headersOf = (reply: Reply): Readonly<Record<string, string>> => ({
  ...(reply.status === 204 ? {} : { 'content-type': 'application/json; charset=utf-8' }),
  'kbn-name': 'dac-standin',
  ...reply.headers,
});

function send(response: ServerResponse, reply: Reply, text: string, method: string | undefined): void {
  if (response.destroyed) return;
  response.writeHead(reply.status, headersOf(reply));
  response.end(method === 'HEAD' ? undefined : text);
}

type Seen = Pick<Exchange, 'path' | 'query' | 'wasRead' | 'body' | 'hasFile'>;

interface Answered {
  readonly answer: Reply;
  /** As much of the request as was read before it was answered. */
  readonly seen: Seen;
  /** To be called when the answer goes out. */
  readonly done: () => void;
}

async function reply(request: IncomingMessage, world: World, running: Map<Route, number>): Promise<Answered> {
  let done = (): void => undefined;
  let seen: Seen = { path: '', query: new URLSearchParams(), wasRead: false, body: undefined, hasFile: false };
  try {
    const { url, space, path } = addressOf(request);
    seen = { ...seen, path, query: url.searchParams };
    const found = find(request.method ?? 'GET', path);
    const limit = found?.route.atOnce;
    if (found !== undefined && limit !== undefined) {
      const { route } = found;
      const before = running.get(route) ?? 0;
      if (before >= limit) {
        request.resume();
        throw new PlatformError(429, 'Too Many Requests');
      }
      running.set(route, before + 1);
      done = () => running.set(route, (running.get(route) ?? 1) - 1);
    }
    const raw = await bodyOf(request, found?.route.maxBytes ?? LIMIT);
    check(request, world, space, path, found);
    if (raw.length > 0 && isForm(request) && found?.route.takesForm !== true)
      throw new PlatformError(415, 'Unsupported Media Type');
    const { body, file } = await contentOf(request, raw);
    seen = { ...seen, wasRead: true, body, hasFile: file !== undefined };
    const call: Call = {
      method: request.method ?? 'GET',
      path,
      parameters: found?.parameters ?? {},
      query: url.searchParams,
      body,
      file,
      space,
      anonymous: request.headers.authorization === undefined,
      user: userOf(request),
    };
    if (found === undefined) throw new PlatformError(404, 'Not Found');
    return { answer: found.route.handle(call, world), done, seen };
  } catch (error) {
    return { answer: errorReply(error), done, seen };
  }
}

function addressOf(request: IncomingMessage): { url: URL; space: string; path: string } {
  try {
    const url = new URL(`http://standin${request.url ?? '/'}`);
    const [, space = 'default', path = ''] = /^(?:\/s\/([^/]+))?(\/.*)$/.exec(url.pathname) ?? [];
    return { url, space: decodeURIComponent(space), path };
  } catch {
    throw new PlatformError(400, 'Bad Request');
  }
}

const VERSION = '2023-10-31';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the HTTP layer refuses, in its order. */
function check(request: IncomingMessage, world: World, space: string, path: string, found: Found | undefined): void {
  const { headers } = request;
  const method = request.method ?? 'GET';
  if (!SAFE.has(method) && headers['kbn-xsrf'] === undefined)
    throw new PlatformError(400, 'Request must contain a kbn-xsrf header.');
  if (headers.authorization === undefined && path !== '/api/status') throw new PlatformError(401, 'Unauthorized');
  if (!world.spaces.has(space) || found === undefined) throw new PlatformError(404, 'Not Found');
  const version = headers['elastic-api-version'];
  if (version !== undefined && version !== VERSION)
    throw new PlatformError(
      400,
      `No version "${String(version)}" available for [${method}] [${found.route.path}]. Available versions are: [${VERSION}]`,
    );
  const { needs } = found.route;
  if (needs !== undefined && world.circumstances.missing.has(needs))
    throw new PlatformError(
      403,
      `API [${method} ${path}] is unauthorized for user, this action is granted by the Kibana privileges [${needs}]`,
    );
}

interface Found {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

function find(method: string, path: string): Found | undefined {
  const segments = path.split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (route.method !== method || wanted.length !== segments.length) continue;
    const parameters: Record<string, string> = {};
    const fits = wanted.every((one, at) => {
      const segment = segments[at] ?? '';
      if (!one.startsWith('{')) return one === segment;
      parameters[one.slice(1, -1)] = decoded(segment);
      return segment !== '';
    });
    if (fits) return { route, parameters };
  }
  return undefined;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new PlatformError(400, 'Bad Request');
  }
}

function userOf(request: IncomingMessage): string {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return 'standin';
  const [name = ''] = Buffer.from(value ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return name === '' ? 'standin' : name;
}
