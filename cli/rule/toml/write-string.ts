import { HIDDEN } from '../../text/display.ts';
import { KnownError } from '../../text/known-error.ts';

/** How a string is written: its quotes, and whether the text begins on the line after them. */
export interface StringStyle {
  readonly quote: '"' | "'" | '"""' | "'''";
  readonly open: boolean;
}

export const BASIC: StringStyle = { quote: '"', open: false };
const PROSE: StringStyle = { quote: '"""', open: true };

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const SHORT: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f', '\r': '\\r', '\n': '\\n', '\t': '\\t' };

/** What would act instead of being seen is written out, so that a reviewer sees what the rule holds. */
function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (Object.hasOwn(SHORT, character)) return SHORT[character] ?? '';
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A TOML basic string on one line. */
export const basicString = (value: string): string =>
  `"${value
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\n\t]/g, escapeOf)
    .replace(HIDDEN, escapeOf)}"`;

/** The body of a multi-line basic string: no three quotes in a row, none before the closing ones. */
const basicBody = (value: string): string => value.replace(/\\|"(?="")|"$/g, '\\$&').replace(HIDDEN, escapeOf);

/** Whether a literal string can hold the text: it has no escapes. */
function fitsLiteral(value: string, quote: "'" | "'''"): boolean {
  if (value.search(HIDDEN) >= 0) return false;
  return quote === "'" ? !/['\n]/.test(value) : !value.includes("'''") && !value.endsWith("'");
}

/** How the string that begins at an offset of a TOML text is written. */
export function styleAt(text: string, start: number): StringStyle {
  const single = text[start] === "'" ? "'" : '"';
  const multi = single === "'" ? "'''" : '"""';
  if (!text.startsWith(multi, start)) return { quote: single, open: false };
  return { quote: multi, open: /^\r?\n/.test(text.slice(start + 3, start + 5)) };
}

/**
 * A string as TOML, line ends as line feeds. It gets the quotes that are asked for where they can hold it, else the nearest
 * kind that can. Throws a KnownError for half a character (a lone surrogate), which no UTF-8 file holds.
 */
export function tomlText(value: string, style: StringStyle = BASIC): string {
  if (LONE_SURROGATE.test(value))
    throw new KnownError('a text holds half a character (a lone surrogate), which no file can hold', {
      help: 'correct the text in Kibana',
    });
  const { quote, open } = style;
  const first = open || value.startsWith('\n') ? '\n' : '';
  switch (quote) {
    case "'''":
      return fitsLiteral(value, quote) ? `'''${first}${value}'''` : `"""${first}${basicBody(value)}"""`;
    case '"""':
      return `"""${first}${basicBody(value)}"""`;
    case "'":
      if (fitsLiteral(value, quote)) return `'${value}'`;
      return value.includes('\n') ? tomlText(value, PROSE) : basicString(value);
    case '"':
      return value.includes('\n') ? tomlText(value, PROSE) : basicString(value);
  }
}
