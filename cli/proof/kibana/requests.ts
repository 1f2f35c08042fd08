import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { list, object, text } from '../json.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Puts values for placeholders into the strings of a request or of what is expected. */
export function substituted(value: Json, put: (written: string) => string): Json {
  if (typeof value === 'string') return put(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => substituted(one, put));
  if (!isJsonObject(value)) return value;
  const repeat = list(own(value, '$repeat'));
  if (repeat.length === 2) {
    const one = substituted(repeat[0] ?? null, put);
    return Array.from({ length: Number(repeat[1]) }, () => one);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, substituted(one, put)]));
}

/** Lines of `ndjson_generate`: all of the first kind, then all of the second, … */
function generated(rules: JsonObject): readonly Json[] {
  const variable = text(rules['variable']);
  return list(rules['lines_per_index']).flatMap((line) =>
    Array.from({ length: Number(rules['count']) }, (_, i) =>
      substituted(line, (written) => written.split(variable).join(String(i))),
    ),
  );
}

function fileText(file: JsonObject): string {
  const written = own(file, 'text');
  if (typeof written === 'string') return written;
  const [line, count] = list(own(file, 'text_repeat'));
  if (line !== undefined) return text(line).repeat(Number(count));
  const make = own(file, 'ndjson_generate');
  const lines = make === undefined ? list(own(file, 'ndjson')) : generated(object(make));
  const blank = own(file, 'leading_blank_line') === true ? '\n' : '';
  return blank + lines.map((one) => `${JSON.stringify(one)}\n`).join('');
}

function bodyOf(body: Json | undefined): { readonly body?: string | FormData; readonly type?: string } {
  if (body === undefined) return {};
  if (isJsonObject(body)) {
    const raw = own(body, 'raw');
    if (typeof raw === 'string') return { body: raw };
    const multipart = own(body, 'multipart');
    if (multipart !== undefined) {
      const file = object(object(multipart)['file']);
      const form = new FormData();
      form.append('file', new Blob([fileText(file)]), text(file['name']));
      return { body: form };
    }
  }
  return { body: JSON.stringify(body), type: 'application/json' };
}

/** Sends a request of a vector, whose placeholders are filled in, over the wire. */
export async function send(url: string, request: JsonObject): Promise<Answer> {
  const query = new URLSearchParams(
    Object.entries(object(request['query'])).flatMap(([key, value]) =>
      (Array.isArray(value) ? list(value) : [value]).map((one): [string, string] => [key, String(one as string)]),
    ),
  );
  const { body, type } = bodyOf(own(request, 'body'));
  const headers = new Headers({ 'kbn-xsrf': 'true', authorization: 'ApiKey vectors' });
  if (type !== undefined) headers.set('content-type', type);
  for (const [key, value] of Object.entries(object(request['headers']))) headers.set(key, text(value));
  const response = await fetch(`${url}${text(request['path'])}${query.size > 0 ? `?${query.toString()}` : ''}`, {
    method: text(request['method']),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
