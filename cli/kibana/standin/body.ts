import type { IncomingMessage } from 'node:http';
import type { Json } from '../../text/json.ts';
import { PlatformError, type Call } from './route.ts';
import { boundedJson } from './values.ts';

/** Reads a body to its end, but keeps no more than the limit; throws 413. */
export async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= limit) parts.push(part);
    else parts.length = 0;
  }
  if (size > limit) throw new PlatformError(413, `Payload content length greater than maximum allowed: ${limit}`);
  return Buffer.concat(parts);
}

export const isForm = (request: IncomingMessage): boolean =>
  /^multipart\/form-data/i.test(request.headers['content-type'] ?? '');

/** The body as JSON, or the part `file` of a form. */
export async function contentOf(request: IncomingMessage, raw: Buffer): Promise<Pick<Call, 'body' | 'file'>> {
  if (isForm(request)) return { body: undefined, file: await fileOf(raw, request.headers['content-type'] ?? '') };
  if (raw.length === 0) return { body: undefined, file: undefined };
  return { body: json(raw.toString('utf8')), file: undefined };
}

/** A form without the part, or that is no form, is the route's to refuse. */
async function fileOf(raw: Buffer, type: string): Promise<Call['file']> {
  try {
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
    const part = form.get('file');
    if (part === null || typeof part === 'string') return undefined;
    const [, plainName] = /^Content-Disposition.*filename="(.+)"/m.exec(raw.toString('latin1')) ?? [];
    return { name: part.name, text: await part.text(), plainName };
  } catch {
    return undefined;
  }
}

function json(text: string): Json {
  try {
    return boundedJson(text);
  } catch (error) {
    throw new PlatformError(400, error instanceof Error ? error.message : 'Invalid request payload JSON format');
  }
}
