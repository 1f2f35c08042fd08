import { visibleLine } from '../../text/display.ts';
import { isJsonObject, own, type Json } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import { addressOf, described, type Connection } from './connection.ts';

/** Kibana answered with an error, or did not answer. `status` is absent when there was no answer. */
export class RemoteError extends KnownError {
  override readonly name = 'RemoteError';
  readonly status: number | undefined;
  /** The body as JSON, where it was JSON: partial results stand in it. */
  readonly body: Json | undefined;

  constructor(what: string, more: { why?: string; help?: string; status?: number; body?: Json; cause?: unknown }) {
    super(what, { ...more, kind: 'remote' });
    this.status = more.status;
    this.body = more.body;
  }
}

const LONGEST = 400;
const clip = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/**
 * What Kibana says in an error body: `message` is a text or a list of texts, in the shape of the platform (`statusCode`) as in
 * that of the security solution (`status_code`).
 */
export function messageOf(body: Json | undefined): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const message = own(body, 'message');
  if (typeof message === 'string' && message !== '') return clip(visibleLine(message));
  if (Array.isArray(message)) {
    const texts = (message as readonly Json[]).filter((one): one is string => typeof one === 'string');
    return texts.length === 0 ? undefined : clip(visibleLine(texts.join('; ')));
  }
  return undefined;
}

/** What to do about a status, in the words of somebody who has to do it tonight. */
function adviceFor(status: number, connection: Connection, path: string): string {
  switch (status) {
    case 401:
      return connection.authentication.kind === 'apiKey'
        ? 'the API key is unknown or has expired: make a new one in Kibana, Stack Management, API keys'
        : 'user name or password is wrong';
    case 403:
      return path.includes('/rules')
        ? 'give the key All on Security, Rules (siemV2 to siemV5 by version) in this space, Read on Actions and Connectors; GET /api/detection_engine/privileges lists what it has'
        : 'the key lacks a Kibana privilege for this route in this space';
    case 404:
      return `does the space "${connection.space}" exist? Is this Kibana 8.18 or later, and not Elasticsearch?`;
    case 409:
      return 'somebody else changed the same thing: plan again';
    case 413:
      return 'the request is larger than Kibana accepts; send fewer rules at once';
    case 429:
      return 'too many requests at once: lower the concurrency, or wait';
    case 502:
    case 503:
    case 504:
      return 'Kibana or the proxy before it is overloaded or restarting: run the same command again';
    default:
      return status >= 500 ? 'look at the log of Kibana at this time' : 'correct what the message names';
  }
}

export interface Answer {
  readonly status: number;
  readonly body: Json | undefined;
  /** First bytes of a body that is not JSON. */
  readonly text: string;
  readonly contentType: string;
  readonly requestId: string | undefined;
}

/** The error for an answer that is no success: host, path, status, what Kibana said, what to do. */
export function answeredError(connection: Connection, method: string, path: string, answer: Answer): RemoteError {
  const said = messageOf(answer.body);
  const html = /html/i.test(answer.contentType) || /^\s*<(!doctype|html)/i.test(answer.text);
  const broken = answer.status < 300 && answer.body === undefined;
  const request = answer.requestId === undefined ? '' : `, request ${visibleLine(answer.requestId)}`;
  return new RemoteError(
    `${method} ${path} on ${described(connection)} answered ${answer.status}${said === undefined ? '' : `: ${said}`}`,
    {
      status: answer.status,
      ...(answer.body === undefined ? {} : { body: answer.body }),
      why: html
        ? `the answer is a web page, not Kibana's JSON: a proxy or a login page stands in between (${new URL(addressOf(connection, path)).origin}${request})`
        : broken
          ? `the answer is no JSON: it was cut, or something else than Kibana gave it (${new URL(connection.url).origin}${request})`
          : `${new URL(connection.url).origin}${request}`,
      help: html
        ? 'check the address, and that whatever stands before Kibana lets API requests through'
        : broken
          ? 'run the same command again; if it stays so, check the address'
          : adviceFor(answer.status, connection, path),
    },
  );
}

/** Codes of the system and of TLS, in words. */
const CAUSES: Readonly<Record<string, readonly [why: string, help: string]>> = {
  ECONNREFUSED: ['nothing listens there', 'check address and port, and that Kibana is running'],
  ENOTFOUND: ['the host name is unknown', 'check the address'],
  EAI_AGAIN: ['the host name could not be looked up', 'check the network'],
  ECONNRESET: ['the connection was cut', 'run the same command again'],
  UND_ERR_SOCKET: ['the connection was cut', 'run the same command again'],
  EPIPE: ['the connection was cut', 'run the same command again'],
  ETIMEDOUT: ['the host did not answer', 'check address, firewall and proxy'],
  UND_ERR_CONNECT_TIMEOUT: ['the host did not answer', 'check address, firewall and proxy'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['its certificate is self-signed', 'name its authority with ca = "file.pem"'],
  SELF_SIGNED_CERT_IN_CHAIN: ['its certificate is signed by an authority that is not known', 'name it with ca = "file.pem"'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['its certificate is signed by an authority that is not known', 'name it with ca = "file.pem"'],
  CERT_HAS_EXPIRED: ['its certificate has expired', 'renew it'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['it speaks no TLS there', 'write the address with http:, or give the port that has TLS'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['its certificate is for another host name', 'use the name that the certificate is for'],
}; // prettier-ignore

/** The innermost system code of a failed fetch. */
export function causeCode(error: unknown): string | undefined {
  let found: string | undefined;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++)
    if ('code' in at && typeof at.code === 'string') found = at.code;
  return found;
}

/** The error for a request that got no answer, or only part of one. */
export function unansweredError(connection: Connection, method: string, path: string, error: unknown): RemoteError {
  const code = causeCode(error);
  const known = code === undefined ? undefined : CAUSES[code];
  const late = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  const [why, help] = late
    ? [`no whole answer within ${connection.timeout / 1000} s`, 'raise timeout, or look at the load of Kibana']
    : (known ?? [code ?? 'the connection failed', 'check the address and the network']);
  return new RemoteError(`${method} ${path} on ${described(connection)} got no answer: ${why}`, { help, cause: error });
}
