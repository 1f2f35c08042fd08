import { gunzipSync } from 'node:zlib';
import type { Finding } from '../../text/diagnostic.ts';
import { SourceFile } from '../../text/source-file.ts';
import { span } from '../../text/span.ts';

/** Unpacked size above which a file is refused: an archive of a few kilobytes can unpack to more than the memory holds. */
export const MAX_BYTES = 512 * 1000 * 1000;

const SAMPLE = 8192;

export const eventProblem = (path: string, id: string, message: string, more: Partial<Finding> = {}): Finding => ({
  id,
  severity: 'error',
  path,
  message,
  span: span(0, 0),
  ...more,
});

const tooLarge = (path: string, what: string): Finding =>
  eventProblem(path, 'events/too-large', `${what} more than 512 MB`, { help: 'split it into smaller files' });

function unpack(path: string, bytes: Uint8Array): Uint8Array | Finding {
  if (bytes.length > MAX_BYTES) return tooLarge(path, 'the file has');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    return error instanceof RangeError
      ? tooLarge(path, 'the archive unpacks to')
      : eventProblem(path, 'events/not-readable', 'this is not a whole gzip file', {
          why: 'its first bytes say gzip, but it does not unpack',
          help: 'pack it again, or give the plain JSON',
        });
  }
}

/** The text of a file of events, unpacked if it is gzip and without a byte order mark; a problem if it has none. */
export function decodeEvents(path: string, packed: Uint8Array): SourceFile | Finding {
  const bytes = unpack(path, packed);
  if ('id' in bytes) return bytes;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return eventProblem(path, 'events/not-text', 'this file is UTF-16, not UTF-8', {
      help: 'save it as UTF-8; PowerShell writes it with Set-Content -Encoding utf8',
    });
  if (bytes.subarray(0, SAMPLE).includes(0))
    return eventProblem(path, 'events/not-text', 'this is a binary file, not JSON', {
      help: 'events are JSON, NDJSON, or either of them packed with gzip',
    });
  try {
    return new SourceFile(path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return eventProblem(path, 'events/not-text', 'this file is not valid UTF-8', { help: 'save it as UTF-8' });
  }
}
