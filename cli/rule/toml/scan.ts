import type { Span } from '../../text/span.ts';
import type { Pointer } from '../rule.ts';
import { decodeString } from './string-text.ts';

export interface Place {
  readonly key: Span;
  readonly value: Span;
}

/** Key under which a place is filed. NUL cannot stand in a TOML key. */
export const placeKey = (pointer: Pointer): string => pointer.join('\0');

const TAB = 9, SPACE = 32, QUOTE = 34, HASH = 35, APOSTROPHE = 39, COMMA = 44, DOT = 46, EQUALS = 61, OPEN_LIST = 91,
  BACKSLASH = 92, CLOSE_LIST = 93, OPEN_TABLE = 123, CLOSE_TABLE = 125; // prettier-ignore

// A file is scanned once and in a fresh process, where the host's own searches are many times faster than loops of ours.
const BLANK_LINES = /[ \t\r\n]*/y;
const BARE_KEY = /[A-Za-z0-9_-]*/y;
const PLAIN_VALUE = /[^,\]}#\n\r]*/y;

/** Where the run of characters that a sticky pattern describes ends. The pattern fits an empty run, too. */
function endOfRun(pattern: RegExp, text: string, at: number): number {
  if (at >= text.length) return at;
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

/** End of the string that begins at `start`: offset just after its closing quotes. */
export function stringEnd(text: string, start: number): number {
  const quote = text[start] === "'" ? "'" : '"';
  const fence = quote.repeat(3);
  const multi = text.startsWith(fence, start);
  const first = start + (multi ? 3 : 1);
  for (let from = first; ;) {
    const close = text.indexOf(multi ? fence : quote, from);
    if (!multi) {
      const line = text.slice(from, close < 0 ? text.length : close).indexOf('\n');
      if (line >= 0) return from + line;
    }
    if (close < 0) return text.length;
    if (quote === '"' && isEscaped(text, close, first)) {
      from = close + 1;
      continue;
    }
    let end = close + (multi ? 3 : 1);
    // Up to two quotes before the closing three belong to the text.
    for (let extra = 0; multi && extra < 2 && text[end] === quote; extra++) end++;
    return end;
  }
}

/** Whether an odd number of backslashes, none of them before `first`, stands in front of an offset. */
function isEscaped(text: string, at: number, first: number): boolean {
  let before = at;
  while (before > first && text.charCodeAt(before - 1) === BACKSLASH) before--;
  return (at - before) % 2 === 1;
}

/** Where the keys and values of a TOML text stand, by `placeKey`. */
export interface Places {
  /** Reads on no further than it has to: the keys that are asked for most stand before long texts and tables. */
  get(path: string): Place | undefined;
  all(): ReadonlyMap<string, Place>;
}

/** A header may still be followed by a better place for its table; the place of `key = value` is the only one. */
const isPair = ({ key, value }: Place): boolean => value.start > key.start;

/**
 * Finds where each key and value of a TOML text stands. The text has been read by a TOML parser before, so this only has
 * to find its way, not to judge; on broken text it stops at the fault and gives what it has found.
 */
export function placesOf(text: string): Places {
  const places = new Map<string, Place>();
  /** Number of elements by the names of a list of tables, each name with NUL before it. */
  const arrays = new Map<string, number>();
  /** Path of the table that keys belong to, as in `placeKey`; empty at the top. */
  let table = '';
  let at = 0;

  const below = (path: string, part: string | number): string => (path === '' ? String(part) : `${path}\0${part}`);

  const skipBlanks = (): void => {
    for (let code = text.charCodeAt(at); code === SPACE || code === TAB; code = text.charCodeAt(at)) at++;
  };
  const skipLines = (): void => {
    for (;;) {
      at = endOfRun(BLANK_LINES, text, at);
      if (text.charCodeAt(at) !== HASH) return;
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    }
  };

  /** One part of a key, decoded, or undefined. */
  const readPart = (): string | undefined => {
    const code = text.charCodeAt(at);
    const from = at;
    if (code === QUOTE || code === APOSTROPHE) {
      at = stringEnd(text, at);
      return decodeString(text, from, at).text;
    }
    at = endOfRun(BARE_KEY, text, at);
    return at === from ? undefined : text.slice(from, at);
  };

  const readKey = (): { parts: string[]; span: Span } | undefined => {
    const parts: string[] = [];
    const start = at;
    for (;;) {
      skipBlanks();
      const part = readPart();
      if (part === undefined) return undefined;
      parts.push(part);
      const end = at;
      skipBlanks();
      if (text.charCodeAt(at) !== DOT) return { parts, span: { start, end } };
      at++;
    }
  };

  /** Path of a table header, with the index of the last element behind each list of tables. */
  const resolve = (parts: readonly string[]): string => {
    let path = '';
    let names = '';
    for (const part of parts) {
      path = below(path, part);
      names += `\0${part}`;
      const count = arrays.get(names);
      if (count !== undefined) path = below(path, count - 1);
    }
    return path;
  };

  /** Elements of a list or pairs of an inline table, up to the closing bracket. */
  const readItems = (close: number, readOne: (index: number) => boolean): boolean => {
    at++;
    for (let index = 0; ; index++) {
      skipLines();
      if (text.charCodeAt(at) === close) {
        at++;
        return true;
      }
      if (!readOne(index)) return false;
      skipLines();
      const code = text.charCodeAt(at);
      if (code === COMMA) at++;
      else if (code !== close) return false;
    }
  };

  const readValue = (path: string, key: Span | undefined): boolean => {
    const start = at;
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === APOSTROPHE) at = stringEnd(text, at);
    else if (code === OPEN_LIST) {
      if (!readItems(CLOSE_LIST, (index) => readValue(below(path, index), undefined))) return false;
    } else if (code === OPEN_TABLE) {
      if (!readItems(CLOSE_TABLE, () => readPair(path))) return false;
    } else {
      at = endOfRun(PLAIN_VALUE, text, at);
      while (at > start && (text.charCodeAt(at - 1) === SPACE || text.charCodeAt(at - 1) === TAB)) at--;
      if (at === start) return false;
    }
    const value = { start, end: at };
    places.set(path, { key: key ?? value, value });
    return true;
  };

  const readPair = (base: string): boolean => {
    const key = readKey();
    if (key === undefined || text.charCodeAt(at) !== EQUALS) return false;
    at++;
    skipBlanks();
    let path = base;
    key.parts.forEach((part, index) => {
      path = below(path, part);
      if (index < key.parts.length - 1 && !places.has(path)) places.set(path, { key: key.span, value: key.span });
    });
    return readValue(path, key.span);
  };

  const readHeader = (): boolean => {
    const start = at;
    const list = text.charCodeAt(at + 1) === OPEN_LIST;
    at += list ? 2 : 1;
    const key = readKey();
    if (key === undefined) return false;
    at = text.indexOf(']', at);
    if (at < 0) return false;
    at += list ? 2 : 1;
    const place = { key: key.span, value: { start, end: at } };
    if (list) {
      const names = `\0${key.parts.join('\0')}`;
      const count = (arrays.get(names) ?? 0) + 1;
      // A new element of an outer list begins its inner lists anew.
      for (const inner of arrays.keys()) if (inner.startsWith(`${names}\0`)) arrays.delete(inner);
      arrays.set(names, count);
      const path = below(resolve(key.parts.slice(0, -1)), key.parts.at(-1) ?? '');
      if (count === 1) places.set(path, place);
      table = below(path, count - 1);
    } else table = resolve(key.parts);
    places.set(table, place);
    for (let end = table.lastIndexOf('\0'); end > 0; end = table.lastIndexOf('\0', end - 1)) {
      const above = table.slice(0, end);
      if (!places.has(above)) places.set(above, place);
    }
    return true;
  };

  let ended = false;
  const readStatement = (): void => {
    skipLines();
    ended = at >= text.length || !(text.charCodeAt(at) === OPEN_LIST ? readHeader() : readPair(table));
  };
  return {
    get(path) {
      for (;;) {
        const place = places.get(path);
        if (ended || (place !== undefined && isPair(place))) return place;
        readStatement();
      }
    },
    all() {
      while (!ended) readStatement();
      return places;
    },
  };
}
