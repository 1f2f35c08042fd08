import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../text/json.ts';
import { errorReply, PlatformError, type Call, type Reply, type Route } from './route.ts';
import { routes } from './routes.ts';
import type { World } from './world.ts';

/** Bytes of a body that a route takes (kibana: maxRuleImportPayloadBytes, and 9,000,000 for value lists). */
const LIMITS: readonly (readonly [RegExp, number])[] = [
  [/\/rules\/_import$/, 10_485_760],
  [/\/lists\/items\/_import$/, 9_000_000],
];
const LIMIT = 1_048_576;

/** What happens to a request before a route sees it; for tests of faults. True: it was answered. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface StandIn {
  readonly url: string;
  readonly world: World;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly world: World;
  /** Loopback port; 0 takes a free one. */
  readonly port?: number;
  /** Milliseconds before each answer. */
  readonly latency?: number;
  fault?: Fault;
}

/** Starts the stand-in on the loopback. It takes any credentials, and none are an error as in Kibana. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const server = createServer((request, response) => {
    if (options.fault?.(request, response) === true) return;
    void serve(request, options.world).then((reply) => {
      setTimeout(() => send(response, reply), options.latency ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
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

function send(response: ServerResponse, reply: Reply): void {
  const text = reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  response.writeHead(reply.status, {
    'content-type': reply.text === undefined ? 'application/json; charset=utf-8' : 'application/ndjson',
    'kbn-name': 'dac-standin',
    ...reply.headers,
  });
  response.end(text);
}

async function serve(request: IncomingMessage, world: World): Promise<Reply> {
  try {
    return await answer(request, world);
  } catch (error) {
    return errorReply(error);
  }
}

async function answer(request: IncomingMessage, world: World): Promise<Reply> {
  const method = request.method ?? 'GET';
  const url = new URL(request.url ?? '/', 'http://standin');
  const [, space = 'default', path = ''] = /^(?:\/s\/([^/]+))?(\/.*)$/.exec(decodeURI(url.pathname)) ?? [];
  const raw = await bodyOf(request, LIMITS.find(([pattern]) => pattern.test(path))?.[1] ?? LIMIT);
  if (request.headers.authorization === undefined && path !== '/api/status')
    throw new PlatformError(401, 'Unauthorized');
  if (method !== 'GET' && method !== 'HEAD' && request.headers['kbn-xsrf'] === undefined)
    throw new PlatformError(400, 'Request must contain a kbn-xsrf header.');
  if (!world.spaces.has(space)) throw new PlatformError(404, 'Not Found');
  const found = find(method, path);
  if (found === undefined) throw new PlatformError(404, 'Not Found');
  const { body, file } = await contentOf(request, raw);
  const call: Call = {
    method,
    path,
    parameters: found.parameters,
    query: url.searchParams,
    body,
    file,
    space,
    user: userOf(request),
  };
  return found.route.handle(call, world);
}

function find(method: string, path: string): { route: Route; parameters: Record<string, string> } | undefined {
  const segments = path.split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (route.method !== method || wanted.length !== segments.length) continue;
    const parameters: Record<string, string> = {};
    const fits = wanted.every((one, at) => {
      const segment = segments[at] ?? '';
      if (!one.startsWith('{')) return one === segment;
      parameters[one.slice(1, -1)] = segment;
      return segment !== '';
    });
    if (fits) return { route, parameters };
  }
  return undefined;
}

function userOf(request: IncomingMessage): string {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return 'standin';
  return (
    Buffer.from(value ?? '', 'base64')
      .toString('utf8')
      .split(':')[0] ?? 'standin'
  );
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= limit) parts.push(part);
  }
  if (size > limit) throw new PlatformError(413, `Payload content length greater than maximum allowed: ${limit}`);
  return Buffer.concat(parts);
}

async function contentOf(request: IncomingMessage, raw: Buffer): Promise<Pick<Call, 'body' | 'file'>> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
    const part = form.get('file');
    if (part === null || typeof part === 'string') return { body: undefined, file: undefined };
    return { body: undefined, file: { name: part.name, text: await part.text() } };
  }
  if (raw.length === 0) return { body: undefined, file: undefined };
  try {
    return { body: JSON.parse(raw.toString('utf8')) as Json, file: undefined };
  } catch {
    throw new PlatformError(400, 'Unexpected token in JSON');
  }
}
