import type { Finding } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { span } from '../../text/span.ts';
import { findJsonFlaw, MAX_DEPTH, type JsonFlaw } from './json-scan.ts';

const describe = (character: string): string =>
  character === ''
    ? 'end'
    : /[\p{Cc}\p{Cf}]/u.test(character)
      ? `character U+${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`
      : `"${character}"`;

/** Words that other languages write where JSON has none of its own, and what to write. */
const WORDS: Readonly<Record<string, string>> = {
  None: 'null',
  nil: 'null',
  undefined: 'null',
  True: 'true',
  False: 'false',
};

/** What is wrong and what to do, in words. */
function words(flaw: JsonFlaw, text: string): { readonly message: string; readonly help: string } {
  const found = text.slice(flaw.start, flaw.end);
  switch (flaw.kind) {
    case 'end':
      return { message: 'the JSON ends too early', help: `${flaw.wanted ?? 'a closing bracket'} is missing here` };
    case 'open-string':
      return {
        message: 'this string has no end on its line',
        help: 'close it with a double quote; a line feed inside is \\n',
      };
    case 'control':
      return {
        message: `a string cannot hold ${describe(found)} as it is`,
        help: 'write it as an escape, such as \\t or \\u001b',
      };
    case 'escape':
      return {
        message: `${found} is no escape of JSON`,
        help: 'a backslash is written \\\\; the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000',
      };
    case 'number':
    case 'word': {
      const instead = Object.hasOwn(WORDS, found) ? WORDS[found] : undefined;
      const numeric = flaw.kind === 'number' || /^(nan|inf|infinity)$/i.test(found);
      return {
        message: `${found} is not JSON`,
        help:
          instead !== undefined
            ? `write ${instead}`
            : numeric
              ? 'numbers are decimal and finite, such as -12.5 or 3e8; leave the field out if there is no value'
              : 'texts and keys take double quotes; the only bare words are true, false and null',
      };
    }
    case 'trailing':
      return {
        message: `${describe(found)} follows after the end of the JSON`,
        help: 'put several events into a list, or write one object a line into an .ndjson file',
      };
    case 'too-deep':
      return {
        message: `objects and lists stand inside each other more than ${MAX_DEPTH} deep`,
        help: 'Elasticsearch refuses such a document',
      };
    case 'duplicate-key':
      return {
        message: `key ${found} stands twice in the same object`,
        help: 'Elasticsearch refuses such a document; keep one of the two, or make the value a list',
      };
    case 'unexpected':
      return {
        message: `unexpected ${describe(found)} in JSON`,
        help:
          found === "'"
            ? 'strings take double quotes'
            : found === ',' || found === '}' || found === ']'
              ? `${flaw.wanted ?? 'a value'} is missing before it, or a comma is too many`
              : `here should be ${flaw.wanted ?? 'a value'}`,
      };
  }
}

/** The first fault of a JSON text at its exact place; `base` is where `text` begins in the file. Undefined: there is none. */
export function jsonFault(file: SourceFile, text: string, base: number): Finding | undefined {
  const flaw = findJsonFlaw(text);
  if (flaw === undefined) return undefined;
  return {
    id: flaw.kind === 'duplicate-key' ? 'events/duplicate-key' : 'events/json-syntax',
    severity: 'error',
    path: file.path,
    span: span(base + flaw.start, base + flaw.end),
    ...words(flaw, text),
  };
}
