import { visibleLine } from '../../text/display.ts';
import { isJsonObject, own, type Json } from '../../text/json.ts';
import { RemoteError, saidLine, unansweredCause } from '../../remote/remote-error.ts';
import { addressOf, described, type Connection } from './connection.ts';

/**
 * What Kibana says in an error body: `message` is a text or a list of texts, in the shape of the platform (`statusCode`) as in
 * that of the security solution (`status_code`).
 */
export function messageOf(body: Json | undefined): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const message = own(body, 'message');
  if (typeof message === 'string' && message !== '') return saidLine(message);
  if (Array.isArray(message)) {
    const texts = (message as readonly Json[]).filter((one): one is string => typeof one === 'string');
    return texts.length === 0 ? undefined : saidLine(texts.join('; '));
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
        : path.includes('/actions/')
          ? 'give the key All on Actions and Connectors in this space, Read if it only plans; some types of connector need a licence'
          : 'the key lacks a Kibana privilege for this route in this space';
    case 404:
      return `does the space "${connection.space}" exist? Is this Kibana 8.18 or later, and not Elasticsearch?`;
    case 409:
      return 'somebody else changed the same thing: plan again';
    case 413:
      return 'the request is larger than this Kibana takes (server.maxPayload in kibana.yml): shorten its longest text, such as the note, or raise that setting';
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

/** The error for a request that got no answer, or only part of one. `timeout`: milliseconds that it had. */
export function unansweredError(
  connection: Connection,
  method: string,
  path: string,
  error: unknown,
  timeout: number,
): RemoteError {
  const { why, help } = unansweredCause(error, timeout, 'Kibana');
  return new RemoteError(`${method} ${path} on ${described(connection)} got no answer: ${why}`, { help, cause: error });
}
