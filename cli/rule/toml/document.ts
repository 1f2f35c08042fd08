import { parse, TomlDate, TomlError } from 'smol-toml';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { isJsonObject, type Json, type JsonObject } from '../../text/json.ts';
import type { MappedText } from '../../text/mapped-text.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { span, type Span } from '../../text/span.ts';
import type { Pointer } from '../rule.ts';
import { placeKey, placesOf, type Place, type Places } from './scan.ts';
import { decodeString } from './string-text.ts';

/** A TOML file: its values, and where they stand. Places are looked for when somebody asks for the first one. */
export interface TomlDocument {
  readonly source: SourceFile;
  /** Absent when the text is not TOML; `problems` then says why. */
  readonly data?: JsonObject;
  readonly problems: readonly Diagnostic[];
  readonly keySpan: (pointer: Pointer) => Span;
  readonly valueSpan: (pointer: Pointer) => Span;
  readonly text: (pointer: Pointer) => MappedText | undefined;
}

/** Parses a TOML text. A fault is a diagnostic at its place; never throws for any text. */
export function parseToml(source: SourceFile): TomlDocument {
  let places: Places | undefined;
  const find = (pointer: Pointer): { readonly place: Place; readonly exact: boolean } => {
    places ??= placesOf(source.text);
    for (let length = pointer.length; length > 0; length--) {
      const place = places.get(placeKey(pointer.slice(0, length)));
      if (place !== undefined) return { place, exact: length === pointer.length };
    }
    const start = source.lineSpan(1);
    return { place: { key: start, value: start }, exact: false };
  };
  const spans = {
    source,
    keySpan: (pointer: Pointer): Span => find(pointer).place.key,
    valueSpan: (pointer: Pointer): Span => {
      const { place, exact } = find(pointer);
      return exact ? place.value : place.key;
    },
    text: (pointer: Pointer): MappedText | undefined => {
      const { place, exact } = find(pointer);
      const quote = source.text[place.value.start];
      if (!exact || (quote !== '"' && quote !== "'")) return undefined;
      return decodeString(source.text, place.value.start, place.value.end);
    },
  };
  try {
    // Multi-line strings of a file with CRLF hold line feeds, so that a rule means the same on every checkout.
    const text = source.text.includes('\r') ? source.text.replaceAll('\r\n', '\n') : source.text;
    return { ...spans, data: plain(parse(text, { integersAsBigInt: 'asNeeded' })), problems: [] };
  } catch (error) {
    return { ...spans, problems: [fault(source, error)] };
  }
}

/** Dates as they are written; everything else is JSON already, on objects without a prototype. */
function plain(value: unknown): JsonObject {
  const converted = convert(value);
  return isJsonObject(converted) ? converted : {};
}

function convert(value: unknown): Json {
  if (value instanceof TomlDate) return value.toISOString();
  // Whole numbers that a double cannot hold come as their digits, as in JSON (text/parse-json.ts).
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value === 'object' && value !== null) {
    const table = value as Record<string, unknown>;
    for (const key of Object.keys(table)) {
      const inner = table[key];
      if (typeof inner === 'object' || typeof inner === 'bigint') table[key] = convert(inner);
    }
    return table as JsonObject;
  }
  return null;
}

/** What to do, by what stands on the line. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*[\w.-]+\s*=\s*(True|False|TRUE|FALSE|yes|no)\b/, 'booleans are written true and false'],
  [
    /\\[^btnfr"\\uUxe\s]/,
    "a backslash in \"…\" begins an escape: double it, or use single quotes, which keep it: '…' or '''…'''",
  ],
  [/^\s*[\w.-]+\s*=\s*[A-Za-z_]/, 'put text in quotes'],
  [/^\s*[\w.-]+\s*:/, 'TOML assigns with "=", not with ":"'],
];

/** Messages of the parser that say less than they could. */
const WORDS: readonly (readonly [RegExp, string, string])[] = [
  [
    /^control characters are not allowed in strings/,
    'the string is not closed on its line',
    'close it with the quote that opened it; text over several lines takes three quotes',
  ],
  [
    /^unfinished string/,
    'the text that begins here is never closed',
    'close it with the same three quotes; all that follows was read as text',
  ],
  [/^expected comma/, 'a comma or the closing bracket is missing', 'separate the entries with commas'],
  [/^invalid value/, 'this is no value', 'values are "text", numbers, true, false, lists and tables'],
];

function fault(source: SourceFile, error: unknown): Diagnostic {
  if (!(error instanceof TomlError))
    return {
      id: 'toml/syntax',
      severity: 'error',
      message: error instanceof RangeError ? 'the file is nested too deeply' : 'the file cannot be read as TOML',
      span: source.lineSpan(1),
    };
  const start = source.lineSpan(error.line).start + Math.max(0, error.column - 1);
  const what = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document:\s*/i, '');
  const duplicate = /redefine|already (?:been )?(?:defined|declared)|duplicate/i.test(what);
  const line = source.line(error.line);
  const hint = HINTS.find(([pattern]) => pattern.test(line))?.[1];
  const words = WORDS.find(([pattern]) => pattern.test(what));
  const token = /^(?:[\w.-]+|\s|[\s\S])/.exec(source.text.slice(start))?.[0] ?? '';
  return {
    id: duplicate ? 'toml/duplicate-key' : 'toml/syntax',
    severity: 'error',
    message: duplicate
      ? `the key ${token.trim()} is defined twice`
      : (words?.[1] ?? (what === '' ? 'this is not TOML' : what)),
    span: span(start, Math.min(source.text.length, start + Math.max(1, token.length))),
    why: 'a file that does not parse is no rule: nothing else in it was checked',
    help: duplicate ? 'keep one of them' : (hint ?? words?.[2] ?? 'see https://toml.io/en/v1.0.0 for the syntax'),
  };
}
