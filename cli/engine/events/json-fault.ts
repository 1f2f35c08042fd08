import type { Finding } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { span } from '../../text/span.ts';

/** Numbers that other languages write into JSON and JSON does not know. */
const NOT_JSON = /(?<![\w"])(-?(?:NaN|Infinity|nan|inf)|None|True|False|undefined)(?![\w"])/;

/** Offset of a JSON fault, which V8 tells only inside its message. */
function offsetOf(error: unknown, text: string): number {
  const message = error instanceof Error ? error.message : '';
  const found = /at position (\d+)/.exec(message);
  if (found !== null) return Math.min(Number(found[1]), Math.max(0, text.length - 1));
  return /end of JSON/i.test(message) ? Math.max(0, text.trimEnd().length - 1) : 0;
}

/** What is wrong with a JSON text and what to do, at the place of the fault. `base` is where `text` begins in the file. */
export function jsonFault(file: SourceFile, text: string, base: number, error: unknown): Finding {
  const at = offsetOf(error, text);
  const message = error instanceof Error ? error.message : '';
  const word = NOT_JSON.exec(text.slice(at, at + 16));
  const atEnd = /end of JSON|Unterminated/i.test(message);
  const character = text[at] ?? '';
  const what = atEnd
    ? 'the JSON ends too early'
    : word?.index === 0
      ? `${word[1] ?? ''} is not JSON`
      : `unexpected ${describe(character)} in JSON`;
  const help =
    word?.index === 0
      ? 'JSON has true, false, null and plain numbers; leave the field out if there is no value'
      : character === ',' || character === '}' || character === ']'
        ? 'look for a comma too many, or a value that is missing'
        : character === "'"
          ? 'strings take double quotes'
          : atEnd
            ? 'a closing quote, bracket or brace is missing'
            : 'write one JSON object, a list of them, or one object a line';
  const width = word?.index === 0 ? (word[1] ?? '').length : 1;
  return {
    id: 'events/json-syntax',
    severity: 'error',
    path: file.path,
    message: what,
    span: span(base + at, base + at + width),
    help,
  };
}

const describe = (character: string): string =>
  character === ''
    ? 'end'
    : /[\p{Cc}\p{Cf}]/u.test(character)
      ? `character U+${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`
      : `"${character}"`;
