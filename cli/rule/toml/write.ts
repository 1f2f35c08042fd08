import { displayWidth } from '../../text/display.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';
import type { Pointer } from '../rule.ts';
import { BASIC, basicString, tomlText, type StringStyle } from './write-string.ts';

/** Longer lines are broken where TOML allows it. */
export const MARGIN = 120;

/** Keys of the root in the order of our files; others follow. */
const FIRST = ['metadata', 'transform', 'rule'];
/** Keys that come after all other plain ones, as the text that people look for. */
const LAST = ['query', 'threat_query'];

const QUERY: StringStyle = { quote: "'''", open: true };

/** The order of the plain keys of a table. */
export const comesBefore = (a: string, b: string): boolean =>
  LAST.indexOf(a) === LAST.indexOf(b) ? a < b : LAST.indexOf(a) < LAST.indexOf(b);

const ordered = (keys: readonly string[]): string[] => [...keys].sort((a, b) => (comesBefore(a, b) ? -1 : 1));

export const keyText = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : basicString(key));

/** A list that is written as `[[header]]` blocks. */
export const isTables = (value: Json | undefined): value is readonly JsonObject[] =>
  Array.isArray(value) && value.length > 0 && (value as readonly Json[]).every((one) => isJsonObject(one));

/** Whether a value gets headers of its own instead of standing behind `key =`. */
export const isBlock = (value: Json | undefined): value is JsonObject | readonly JsonObject[] =>
  isJsonObject(value) || isTables(value);

/** Members with a value: TOML has no null. */
const members = (table: JsonObject): string[] => Object.keys(table).filter((key) => own(table, key) !== null);

function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  // TOML's whole numbers are exact, those of JSON are not.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}

/** A value as it stands behind `key =`, on one line but for the line breaks of its strings. */
export function inlineText(value: Json, style: StringStyle = BASIC): string {
  if (value === null)
    throw new KnownError('a list holds null, which TOML cannot hold', { help: 'take it out of the rule in Kibana' });
  if (typeof value === 'string') return tomlText(value, style);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map((one) => inlineText(one)).join(', ')}]`;
  const table = value as JsonObject;
  const pairs = members(table).sort().map((key) => `${keyText(key)} = ${singleLine(own(table, key) ?? null)}`); // prettier-ignore
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** As `inlineText`, without multi-line strings. */
const singleLine = (value: Json): string => (typeof value === 'string' ? basicOf(value) : inlineText(value));

function basicOf(value: string): string {
  tomlText(value); // refuses what no file can hold
  return basicString(value);
}

/** A list on one line if it fits behind `before` columns, else one entry a line. */
export function listText(items: readonly string[], before: number, indent: string): string {
  const line = `[${items.join(', ')}]`;
  if (!line.includes('\n') && before + displayWidth(line) <= MARGIN) return line;
  return `[\n${items.map((item) => `${indent}${item},\n`).join('')}]`;
}

/** The kind of quotes that a text gets in a new file. */
function styleFor(key: string, value: string): StringStyle {
  if (LAST.includes(key)) return QUERY;
  if (!value.includes('\n')) return /["\\]/.test(value) && !value.includes("'") ? { quote: "'", open: false } : BASIC;
  // Guides begin beside the quotes; a text with backslashes stays readable in quotes that keep them.
  return { quote: value.includes('\\') ? "'''" : '"""', open: key !== 'note' && key !== 'setup' };
}

/** `key = value` in the layout of a new file, without a line end. */
export function pairText(key: string, value: Json, indent = '  '): string {
  const name = `${keyText(key)} = `;
  if (typeof value === 'string') return name + tomlText(value, styleFor(key, value));
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((one) =>
      typeof one === 'string' ? tomlText(one, styleFor('', one)) : inlineText(one),
    );
    return name + listText(items, name.length, indent);
  }
  return name + inlineText(value);
}

const headerOf = (path: Pointer): string =>
  path
    .filter((part) => typeof part === 'string')
    .map(keyText)
    .join('.');

/** The blocks of a table: its header with the plain keys, then those of the tables in it. Each ends in a line feed. */
function tableBlocks(path: Pointer, table: JsonObject, header: string | undefined): string[] {
  const keys = members(table);
  const plain = ordered(keys.filter((key) => !isBlock(own(table, key))));
  const blocks = path.length === 0 ? [...FIRST.filter((key) => keys.includes(key)), ...keys.filter((key) => !FIRST.includes(key)).sort()] : [...keys].sort(); // prettier-ignore
  const inner = blocks.flatMap((key) => {
    const value = own(table, key);
    return isBlock(value) ? blocksOf([...path, key], value) : [];
  });
  const lines = plain.map((key) => pairText(key, own(table, key) ?? null));
  const needless = header === undefined || (lines.length === 0 && inner.length > 0 && !header.startsWith('[['));
  const own_ = [...(needless ? [] : [header]), ...lines];
  return own_.length === 0 ? inner : [own_.map((line) => `${line}\n`).join(''), ...inner];
}

function blocksOf(path: Pointer, value: JsonObject | readonly JsonObject[]): string[] {
  if (!isTables(value)) return tableBlocks(path, value, `[${headerOf(path)}]`);
  return value.flatMap((one, index) => tableBlocks([...path, index], one, `[[${headerOf(path)}]]`));
}

/** A table or list of tables with its headers, blank lines between the blocks, ending in a line feed. */
export const blockText = (path: Pointer, value: JsonObject | readonly JsonObject[]): string =>
  blocksOf(path, value).join('\n');

/** One `[[header]]` element with what is in it. */
export const elementText = (path: Pointer, value: JsonObject): string =>
  tableBlocks([...path, 0], value, `[[${headerOf(path)}]]`).join('\n');

/**
 * A document in the layout of our files: metadata, transform, rule; in a table the plain keys by name with queries last, then
 * tables; queries in literal multi-line strings; lists of more than a line one entry a line. Members that are null are left
 * out. Throws a KnownError for what TOML cannot hold: null in a list, half a character.
 */
export const writeToml = (document: JsonObject): string => tableBlocks([], document, undefined).join('\n');
