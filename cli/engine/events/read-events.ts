import type { Event } from '../../fields/event.ts';
import type { Finding } from '../../text/diagnostic.ts';
import { readable } from '../../fields/documents/readable.ts';
import { isJsonObject } from '../../text/json.ts';
import { parseJsonSpelled, type ParsedJson } from '../../text/parse-json.ts';
import { SourceFile } from '../../text/source-file.ts';
import { span, type Span } from '../../text/span.ts';
import { decodeEvents, eventProblem } from './decode.ts';
import { documentsOf, toEvent } from './documents.ts';
import { jsonFault } from './json-fault.ts';
import { MAX_DEPTH } from './json-scan.ts';

/** What a file of events holds. Lines that cannot be read are problems; the others are still events. */
export interface EventFile {
  readonly events: readonly Event[];
  readonly problems: readonly Finding[];
}

/** One document and where it was read: its line, and the text it stands in. */
interface Entry extends Parsed {
  readonly line: number;
  readonly span: Span;
}

/**
 * Reads a file of events: a JSON object, a list, a search response, or NDJSON, plain or packed with gzip. Documents may
 * be bare or hits with `_index`, `_id` and `_source`. `path` is only used in messages, for ids of documents without one, and
 * for its ending: .ndjson and .jsonl are read line by line. Numbers keep their spelling. Never throws for what the file holds.
 */
export function readEvents(path: string, packed: Uint8Array): EventFile {
  const file = decodeEvents(path, packed);
  if ('id' in file) return { events: [], problems: [file] };
  if (file.text.trim() === '')
    return {
      events: [],
      problems: [
        eventProblem(path, 'events/empty', 'the file holds no event', { help: 'put one JSON object into it' }),
      ],
    };
  return isLines(file) ? readLines(file, { line: 0, events: 0 }) : readWhole(file);
}

/** What stands before a piece of NDJSON: lines and events. */
export interface Before {
  readonly line: number;
  readonly events: number;
}

/**
 * Reads whole lines out of the middle of a file of NDJSON. Events know their line in the file, but spans are offsets in the
 * piece, which is `source`.
 */
export function readEventLines(
  path: string,
  bytes: Uint8Array,
  before: Before,
): EventFile & { readonly source: SourceFile } {
  const source = decodeEvents(path, bytes);
  if ('id' in source) return { events: [], problems: [source], source: new SourceFile(path, '') };
  return { ...readLines(source, before), source };
}

/** NDJSON by its name, or because its first line is a JSON object of its own and more follows. */
export function isLines(file: SourceFile): boolean {
  const end = file.text.indexOf('\n');
  const first = file.text.slice(0, end < 0 ? undefined : end).trim();
  if (file.text.trim() === first) return false;
  return /\.(?:ndjson|jsonl)(?:\.gz)?$/.test(file.path) || (/^\{.*\}$/s.test(first) && parses(first));
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The value of a JSON text; `odd`: it has keys that an index holds in another form. */
interface Parsed {
  readonly value: unknown;
  readonly odd: boolean;
}

/** The value of a JSON text, or the finding that says why there is none. */
function parse(file: SourceFile, text: string, base: number): Parsed | Finding {
  let parsed: ParsedJson | undefined;
  try {
    parsed = parseJsonSpelled(text);
  } catch {
    // The fault is looked for again below, with its place.
  }
  if (parsed !== undefined && parsed.depth <= MAX_DEPTH) {
    const keys = { count: 0, dotted: false };
    countKeys(parsed.value, keys);
    if (parsed.keys === keys.count) return { value: parsed.value, odd: keys.dotted };
  }
  const fault = jsonFault(file, text, base);
  if (fault !== undefined) return fault;
  if (parsed === undefined) throw new Error('JSON that V8 refuses and the scanner does not');
  return { value: parsed.value, odd: true };
}

const DOT = 46;

/** Counts keys, and sees whether one ends in a dot. */
function countKeys(value: unknown, keys: { count: number; dotted: boolean }): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) if (typeof item === 'object') countKeys(item, keys);
  } else if (isJsonObject(value))
    for (const key of Object.keys(value)) {
      keys.count++;
      if (key.charCodeAt(key.length - 1) === DOT) keys.dotted = true;
      if (typeof value[key] === 'object') countKeys(value[key], keys);
    }
}

function readWhole(file: SourceFile): EventFile {
  const read = parse(file, file.text, 0);
  if ('id' in read) return { events: [], problems: [read] };
  const first = /\S/.exec(file.text)?.index ?? 0;
  return collect(
    file,
    documentsOf(read.value).map((value) => ({ value, odd: read.odd, line: 1, span: span(first, first + 1) })),
    0,
  );
}

function readLines(file: SourceFile, before: Before): EventFile {
  const entries: Entry[] = [];
  const problems: Finding[] = [];
  let { line } = before;
  for (let start = 0; start < file.text.length;) {
    const newline = file.text.indexOf('\n', start);
    const end = newline < 0 ? file.text.length : newline;
    const text = file.text.slice(start, end).trimEnd();
    line++;
    if (text !== '') {
      const read = parse(file, text, start);
      if ('id' in read) problems.push(read);
      else entries.push({ ...read, line, span: span(start, start + text.length) });
    }
    start = end + 1;
  }
  const read = collect(file, entries, before.events);
  return { events: read.events, problems: [...problems, ...read.problems].sort((a, b) => a.span.start - b.span.start) };
}

function collect(file: SourceFile, entries: readonly Entry[], before: number): EventFile {
  const events: Event[] = [];
  const problems: Finding[] = [];
  for (const { value, odd, line, span: where } of entries) {
    if (!isJsonObject(value)) {
      problems.push(
        eventProblem(file.path, 'events/not-an-object', `an event is a JSON object, this is ${nameOf(value)}`, {
          span: where,
          help: 'write each event as { … }, alone, in a list, or one a line',
        }),
      );
      continue;
    }
    const event = toEvent(odd ? readable(value) : value, { path: file.path, line, ordinal: before + events.length });
    if (event !== undefined) events.push(event);
    else
      problems.push(
        eventProblem(file.path, 'events/no-source', 'this hit holds no document', {
          span: where,
          why: 'it has _index or _id, but neither _source nor fields',
          help: 'search again with "_source": true, or copy the document from the JSON tab in Kibana',
        }),
      );
  }
  if (events.length === 0 && problems.length === 0 && before === 0)
    problems.push(
      eventProblem(file.path, 'events/empty', 'the list of events is empty', {
        help: 'put at least one event into it',
      }),
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
