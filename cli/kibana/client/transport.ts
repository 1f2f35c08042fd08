import { createHash } from 'node:crypto';
import { authorizationOf } from '../../remote/endpoint.ts';
import { isLasting, RemoteError } from '../../remote/remote-error.ts';
import { parseJson } from '../../text/parse-json.ts';
import type { Json } from '../../text/json.ts';
import { addressOf, type Connection } from './connection.ts';
import { answeredError, unansweredError, type Answer } from './remote-error.ts';

/** What a request depends on beside its arguments; tests put their own in. */
export interface Surroundings {
  readonly fetch: typeof globalThis.fetch;
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** `dac` with its version, sent as the user agent. */
  readonly agent: string;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON. */
  readonly json?: Json;
  /** A file, sent as multipart part `file`. */
  readonly file?: { readonly name: string; readonly text: string };
  /** True: sending it twice does the same as sending it once. GET, PUT and DELETE are by themselves. */
  readonly repeatable?: boolean;
  /** Statuses beside 2xx that are an answer, not an error. */
  readonly accept?: readonly number[];
  /** Milliseconds for one attempt where those of the connection are too few. */
  readonly timeout?: number;
}

/** A body above this is no answer of Kibana's: an export of 10,000 rules has some 100 MB. */
const MAX_BODY = 256 * 1024 * 1024;
const LONGEST_WAIT = 60_000;
const TRANSIENT = new Set([429, 502, 503, 504]);

const isRepeatable = ({ method, repeatable }: Request): boolean =>
  repeatable ?? (method === 'GET' || method === 'PUT' || method === 'DELETE');

/** Seconds or a date in Retry-After, as milliseconds from `now`. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Math.min(Number(header) * 1000, LONGEST_WAIT);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), LONGEST_WAIT);
}

/**
 * Sends requests to one Kibana: a limit of them at once, a bound on time for each, repeats of those that are safe to repeat.
 * Credentials never follow a redirect: one is an error that names where it led.
 */
export class Transport {
  readonly connection: Connection;
  readonly #around: Surroundings;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(connection: Connection, around: Surroundings) {
    this.connection = connection;
    this.#around = around;
  }

  /** The answer's JSON (undefined for an empty body). Throws a RemoteError. */
  async json(request: Request): Promise<{ readonly status: number; readonly body: Json | undefined }> {
    const answer = await this.#answer(request);
    if (answer.body === undefined && answer.text.trim() !== '')
      throw answeredError(this.connection, request.method, request.path, answer);
    return answer;
  }

  /** The answer's text, for NDJSON. Throws a RemoteError. */
  async text(request: Request): Promise<string> {
    const answer = await this.#answer(request);
    if (/html/i.test(answer.contentType)) throw answeredError(this.connection, request.method, request.path, answer);
    return answer.text;
  }

  async #answer(request: Request): Promise<Answer> {
    await this.#enter();
    try {
      return await this.#attempts(request);
    } finally {
      this.#leave();
    }
  }

  /** Waits so many milliseconds, as between two looks at something that takes Kibana a moment. */
  async pause(milliseconds: number): Promise<void> {
    await this.#around.sleep(milliseconds);
  }

  async #enter(): Promise<void> {
    if (this.#running < this.connection.concurrency) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next();
  }

  async #attempts(request: Request): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= this.connection.attempts;
      let wait: number | undefined;
      try {
        const { answer, after } = await this.#once(request);
        if ((answer.status >= 200 && answer.status < 300) || request.accept?.includes(answer.status) === true)
          return answer;
        const failed = answeredError(this.connection, request.method, request.path, answer);
        // 429 is decided before anything is done, so even a POST may be sent again.
        const safe = answer.status === 429 || isRepeatable(request);
        if (last || !safe || !TRANSIENT.has(answer.status)) throw failed;
        wait = after;
      } catch (error) {
        if (error instanceof RemoteError) throw error;
        if (last || !isRepeatable(request) || isLasting(error))
          throw unansweredError(this.connection, request.method, request.path, error, this.#timeoutOf(request));
      }
      // Full jitter: clients that failed together do not come back together.
      await this.#around.sleep(wait ?? this.#around.random() * Math.min(LONGEST_WAIT, 500 * 2 ** attempt));
    }
  }

  async #once(request: Request): Promise<{ readonly answer: Answer; readonly after: number | undefined }> {
    const { connection } = this;
    const content = bodyOf(request);
    const response = await this.#around.fetch(addressOf(connection, request.path, request.query), {
      method: request.method,
      headers: { ...this.#headers(), ...(content === undefined ? {} : { 'content-type': content.type }) },
      redirect: 'manual',
      signal: AbortSignal.timeout(this.#timeoutOf(request)),
      ...(content === undefined ? {} : { body: content.body }),
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new RemoteError(
        `${request.method} ${request.path} was redirected to ${originOf(response.headers.get('location'), connection)}`,
        {
          status: response.status,
          why: 'credentials do not follow a redirect',
          help: 'give the address that Kibana really has',
        },
      );
    }
    const text = await bounded(response);
    return {
      answer: {
        status: response.status,
        text,
        body: jsonOf(text),
        contentType: response.headers.get('content-type') ?? '',
        requestId: response.headers.get('x-opaque-id') ?? response.headers.get('x-request-id') ?? undefined,
      },
      after: retryAfter(response.headers.get('retry-after'), this.#around.now()),
    };
  }

  #timeoutOf(request: Request): number {
    return Math.max(request.timeout ?? 0, this.connection.timeout);
  }

  #headers(): Record<string, string> {
    return {
      authorization: authorizationOf(this.connection.authentication),
      'kbn-xsrf': 'dac',
      'elastic-api-version': '2023-10-31',
      'user-agent': this.#around.agent,
    };
  }
}

/**
 * Multipart is written by hand: the FormData of Node is none for the fetch of undici, which sends "[object FormData]". The import
 * of values looks for the name of the file itself and knows "Content-Disposition" in this spelling alone
 * (kibana:x-pack/solutions/security/plugins/lists/server/services/items/buffer_lines.ts).
 */
function bodyOf(request: Request): { readonly body: string; readonly type: string } | undefined {
  const { file, json } = request;
  if (file !== undefined) {
    const boundary = `dac-${createHash('sha256').update(file.text).digest('hex')}`;
    const name = file.name.replace(/["\\\r\n]/g, '_');
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/ndjson\r\n\r\n`;
    return {
      body: `${head}${file.text}\r\n--${boundary}--\r\n`,
      type: `multipart/form-data; boundary=${boundary}`,
    };
  }
  return json === undefined ? undefined : { body: JSON.stringify(json), type: 'application/json' };
}

function jsonOf(text: string): Json | undefined {
  if (!/^\s*[[{"\dtfn-]/.test(text)) return undefined;
  try {
    return parseJson(text) as Json;
  } catch {
    return undefined;
  }
}

async function bounded(response: Response): Promise<string> {
  if (response.body === null) return '';
  // Decoded as it comes: collected first, a large answer would be held three times.
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > MAX_BODY)
      throw new RemoteError('the answer is larger than 256 MiB', { help: 'is this Kibana?', status: response.status });
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

function originOf(location: string | null, connection: Connection): string {
  try {
    return new URL(location ?? '', connection.url).origin;
  } catch {
    return 'another address';
  }
}
