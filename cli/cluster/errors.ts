import type { Endpoint } from '../remote/endpoint.ts';
import { RemoteError, saidLine, unansweredCause } from '../remote/remote-error.ts';
import { isJsonObject, own, type Json } from '../text/json.ts';

/** What was asked of which Elasticsearch. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly endpoint: Endpoint;
}

const described = ({ method, path, endpoint }: Asked): string =>
  `${method} ${saidLine(decoded(path))} on Elasticsearch at ${new URL(endpoint.url).host}`;

/** Index patterns stand encoded in paths; a person wrote them otherwise. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What Elasticsearch says in an error body: `{ error: { type, reason, root_cause } }`, or `{ error: "…" }` from what stands before it. */
export function reasonOf(body: Json | undefined): string | undefined {
  const error = isJsonObject(body) ? own(body, 'error') : undefined;
  if (typeof error === 'string') return saidLine(error);
  if (!isJsonObject(error)) return undefined;
  const causes = own(error, 'root_cause');
  const first: Json | undefined = Array.isArray(causes) ? (causes as readonly Json[])[0] : undefined;
  const cause = isJsonObject(first) ? first : error;
  const reason = own(cause, 'reason') ?? own(error, 'reason') ?? own(error, 'type');
  return typeof reason === 'string' ? saidLine(reason) : undefined;
}

function adviceFor(status: number, { endpoint }: Asked): string {
  switch (status) {
    case 401:
      return endpoint.authentication.kind === 'apiKey'
        ? 'is this the Elasticsearch behind that Kibana? The API key of the environment is used for both; if it has expired, make a new one'
        : 'user name or password is wrong here, or this is not the Elasticsearch behind that Kibana';
    case 403:
      return 'give the key read and view_index_metadata on the indices that the rule searches, and read on .preview.alerts-security.alerts-SPACE and .internal.preview.alerts-security.alerts-SPACE-*';
    case 404:
      return 'is this the Elasticsearch behind that Kibana, and does its address end before any index?';
    case 413:
      return 'the request is larger than what stands before Elasticsearch accepts';
    case 429:
      return 'Elasticsearch has too much to do: run the same command again later, over a shorter time';
    case 502:
    case 503:
    case 504:
      return 'Elasticsearch or the proxy before it is overloaded or restarting: run the same command again';
    default:
      return status >= 500 ? 'look at the log of Elasticsearch at this time' : 'correct what the message names';
  }
}

/** For an answer that is no success: host, path, status, what Elasticsearch said, what to do. */
export function answeredError(asked: Asked, status: number, body: Json | undefined): RemoteError {
  if (status >= 300 && status < 400)
    return new RemoteError(`${described(asked)} was redirected`, {
      status,
      why: 'credentials do not follow a redirect',
      help: 'give the address that Elasticsearch really has',
    });
  const said = reasonOf(body);
  const page = typeof body === 'string' && /^\s*<(!doctype|html)/i.test(body);
  return new RemoteError(`${described(asked)} answered ${status}${said === undefined ? '' : `: ${said}`}`, {
    status,
    ...(body === undefined ? {} : { body }),
    ...(page ? { why: "the answer is a web page, not Elasticsearch's JSON: a proxy or a login page stands in between" } : {}),
    help: page ? 'check the address, and that what stands before Elasticsearch lets API requests through' : adviceFor(status, asked),
  });
} // prettier-ignore

/** For an answer without the header by which Elasticsearch says that it is one. */
export const strangerError = (asked: Asked): RemoteError =>
  new RemoteError(`${described(asked)} was answered by something that is not Elasticsearch`, {
    why: 'the header x-elastic-product is missing: this is Kibana, a proxy, a login page, or another product',
    help: 'check elasticsearch_url; Elasticsearch listens on port 9200 or 443, Kibana on another port or host',
  });

export const brokenError = (asked: Asked): RemoteError =>
  new RemoteError(`${described(asked)} answered with what is no JSON`, {
    why: 'the answer was cut, or something else than Elasticsearch gave it',
    help: 'run the same command again; if it stays so, check the address',
  });

/** For a 2xx whose body is not what the route promises. */
export const unexpected = (host: string, path: string, wanted: string): RemoteError =>
  new RemoteError(`${saidLine(decoded(path))} on Elasticsearch at ${host} answered something else than ${wanted}`, {
    why: 'what follows would be built on a misread answer, so nothing was done with it',
    help: 'is this Elasticsearch 8.18 or later, and no proxy that answers in its place? Run the same command again',
  });

/** For a request without an answer. `error` is the package's own, `fault` what the network said. */
export function silentError(asked: Asked, error: Error, fault: unknown): RemoteError {
  const large = /is bigger than the maximum allowed/.exec(error.message);
  if (large !== null)
    return new RemoteError(`${described(asked)} answers with more than 256 MiB`, {
      help: 'look at a shorter time, with --from and --to',
    });
  const late = error.name === 'TimeoutError' || error.name === 'RequestAbortedError';
  const cause = late ? new DOMException('', 'TimeoutError') : (fault ?? cut);
  const { why, help } = unansweredCause(cause, asked.endpoint.timeout, 'Elasticsearch');
  return new RemoteError(`${described(asked)} got no answer: ${why}`, { help });
}

/** The network has said nothing: the answer began, and broke off. */
const cut = Object.assign(new Error(), { code: 'ECONNRESET' });
