import { visibleLine } from '../text/display.ts';
import type { Json } from '../text/json.ts';
import { KnownError } from '../text/known-error.ts';

/** A server answered with an error, or did not answer. `status` is absent when there was no answer. */
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

/** What a server says, on one line, cut where it becomes a page. */
export function saidLine(text: string): string {
  const line = visibleLine(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** Codes of the system and of TLS, in words; SERVER stands for what was asked. */
const CAUSES: Readonly<Record<string, readonly [why: string, help: string]>> = {
  ECONNREFUSED: ['nothing listens there', 'check address and port, and that SERVER is running'],
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

/** The innermost system code of a failed request. */
export function causeCode(error: unknown): string | undefined {
  let found: string | undefined;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++)
    if ('code' in at && typeof at.code === 'string') found = at.code;
  return found;
}

/** The status of a proxy that opened no tunnel, which undici tells in words alone (undici: lib/dispatcher/proxy-agent.js). */
function proxyStatus(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    const status = /^Proxy response \((\d{3})\)/.exec(at.message)?.[1];
    if (status !== undefined) return status;
  }
  return undefined;
}

/** Whether the same request would fail again at once: a certificate that is not trusted, a proxy that refuses. */
export function isLasting(error: unknown): boolean {
  const code = causeCode(error) ?? '';
  return /CERT|ERR_SSL|ERR_TLS|UNABLE_TO_VERIFY/.test(code) || /^4/.test(proxyStatus(error) ?? '');
}

/** Why a request got no answer, and what to do about it. `timeout`: milliseconds that it had; `server`: Kibana or Elasticsearch. */
export function unansweredCause(
  error: unknown,
  timeout: number,
  server: string,
): { readonly why: string; readonly help: string } {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return {
      why: `no whole answer within ${timeout / 1000} s`,
      help: `raise timeout, or look at the load of ${server}`,
    };
  const refused = proxyStatus(error);
  if (refused !== undefined)
    return {
      why: `the proxy answered ${refused} and let nothing through`,
      help:
        refused === '407'
          ? 'the proxy wants credentials: set DAC_KIBANA_PROXY=http://user:password@host:port'
          : `check the address of the proxy, and that it lets connections to ${server} through`,
    };
  const code = causeCode(error);
  const [why, help] = (code === undefined ? undefined : CAUSES[code]) ?? [
    code ?? 'the connection failed',
    'check the address and the network',
  ];
  return { why, help: help.replace('SERVER', server) };
}
