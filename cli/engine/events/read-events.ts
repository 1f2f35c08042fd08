import { gunzipSync } from 'node:zlib';
import type { Event } from '../../fields/event.ts';
import { isJsonObject, own, type JsonObject } from '../../text/json.ts';
import { SourceFile } from '../../text/source-file.ts';
import { span } from '../../text/span.ts';
import type { Finding } from '../../text/diagnostic.ts';
import { jsonFault } from './json-fault.ts';

/** What a file of events holds. Lines that cannot be read are problems; the others are still events. */
export interface EventFile {
  readonly events: readonly Event[];
  readonly problems: readonly Finding[];
}

/** Unpacked size above which a file is refused: an archive of a few kilobytes can unpack to more than the memory. */
export const MAX_BYTES = 512 * 1024 * 1024;

const SAMPLE = 8192;

const problem = (path: string, id: string, message: string, more: Partial<Finding> = {}): Finding => ({
  id,
  severity: 'error',
  path,
  message,
  span: span(0, 0),
  ...more,
});

function unpack(path: string, bytes: Uint8Array): Uint8Array | Finding {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return tooLarge
      ? problem(path, 'events/too-large', 'the archive unpacks to more than 512 MiB', {
          help: 'split it into smaller files',
        })
      : problem(path, 'events/not-readable', 'this is not a whole gzip file', {
          why: 'its first bytes say gzip, but it does not unpack',
          help: 'pack it again, or give the plain JSON',
        });
  }
}

function decode(path: string, bytes: Uint8Array): string | Finding {
  if (bytes.subarray(0, SAMPLE).includes(0))
    return problem(path, 'events/not-text', 'this is a binary file, not JSON', {
      help: 'events are JSON, NDJSON, or either of them packed with gzip',
    });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return problem(path, 'events/not-text', 'this file is not valid UTF-8', { help: 'save it as UTF-8' });
  }
}

/** `_source` with `_index` and `_id` makes a hit; anything else is the document itself. */
function toEvent(value: JsonObject, path: string, line: number, ordinal: number): Event {
  const source = own(value, '_source');
  const isHit = isJsonObject(source);
  const index = own(value, '_index');
  const id = own(value, '_id');
  const document = isHit ? source : value;
  return {
    index: typeof index === 'string' ? index : '',
    id: typeof id === 'string' ? id : `${baseName(path)}#${ordinal + 1}`,
    source: isHit ? document : withoutMeta(document),
    ordinal,
    path,
    line,
  };
}

const META = ['_index', '_id', '_score', '_version', '_seq_no', '_primary_term', 'sort'] as const;

/** A bare document may carry `_index` and `_id` beside its fields; they are not fields of it. */
function withoutMeta(document: JsonObject): JsonObject {
  if (!Object.hasOwn(document, '_index') && !Object.hasOwn(document, '_id')) return document;
  return Object.fromEntries(Object.entries(document).filter(([key]) => !META.some((meta) => meta === key)));
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The documents of one JSON value: itself, the items of a list, or the hits of a search response. */
function documentsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isJsonObject(value)) {
    const hits = own(value, 'hits');
    const inner = isJsonObject(hits) ? (own(hits, 'hits') ?? own(hits, 'events')) : undefined;
    if (Array.isArray(inner)) return inner;
  }
  return [value];
}

/**
 * Reads a file of events: a JSON object, an array, a search response, or NDJSON, plain or packed with gzip. Documents may
 * be bare or hits with `_index`, `_id` and `_source`. `path` is only used in messages and for ids of documents without one.
 * Never throws for what the file holds.
 */
export function readEvents(path: string, packed: Uint8Array): EventFile {
  const bytes = unpack(path, packed);
  if ('id' in bytes) return { events: [], problems: [bytes] };
  const text = decode(path, bytes);
  if (typeof text !== 'string') return { events: [], problems: [text] };
  const file = new SourceFile(path, text);
  if (file.text.trim() === '')
    return {
      events: [],
      problems: [problem(path, 'events/empty', 'the file holds no event', { help: 'put one JSON object into it' })],
    };

  const whole = readWhole(file);
  if (whole !== undefined) return whole;
  return readLines(file);
}

/** The file as one JSON text; undefined when it is NDJSON (its first line is a JSON text of its own). */
function readWhole(file: SourceFile): EventFile | undefined {
  const firstLine = file.text.slice(0, file.text.indexOf('\n') + 1 || undefined).trim();
  let value: unknown;
  if (firstLine.startsWith('{') && firstLine.endsWith('}') && file.text.trim() !== firstLine && parses(firstLine))
    return undefined;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    return { events: [], problems: [jsonFault(file, file.text, 0, error)] };
  }
  return collect(
    file,
    documentsOf(value).map((document) => ({ value: document, line: 1, offset: 0 })),
  );
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface Entry {
  readonly value: unknown;
  readonly line: number;
  readonly offset: number;
}

function readLines(file: SourceFile): EventFile {
  const entries: Entry[] = [];
  const problems: Finding[] = [];
  let line = 0;
  for (let start = 0; start < file.text.length;) {
    const newline = file.text.indexOf('\n', start);
    const end = newline < 0 ? file.text.length : newline;
    const text = file.text.slice(start, end);
    line++;
    if (text.trim() !== '') {
      try {
        entries.push({ value: JSON.parse(text), line, offset: start });
      } catch (error) {
        problems.push(jsonFault(file, text, start, error));
      }
    }
    start = end + 1;
  }
  const read = collect(file, entries);
  return { events: read.events, problems: [...problems, ...read.problems] };
}

function collect(file: SourceFile, entries: readonly Entry[]): EventFile {
  const events: Event[] = [];
  const problems: Finding[] = [];
  for (const { value, line, offset } of entries) {
    if (isJsonObject(value)) events.push(toEvent(value, file.path, line, events.length));
    else
      problems.push(
        problem(file.path, 'events/not-an-object', `an event is a JSON object, this is ${nameOf(value)}`, {
          span: span(offset, offset + file.line(line).length),
          help: 'write each event as { … }, alone, in a list, or one a line',
        }),
      );
  }
  if (events.length === 0 && problems.length === 0)
    problems.push(
      problem(file.path, 'events/empty', 'the list of events is empty', { help: 'put at least one event into it' }),
    );
  return { events, problems };
}

const nameOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'string'
        ? 'a string'
        : `a ${typeof value}`;
