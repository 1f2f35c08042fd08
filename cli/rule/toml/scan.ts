import type { Span } from '../../text/span.ts';
import type { Pointer } from '../rule.ts';
import { decodeString } from './string-text.ts';

export interface Place {
  readonly key: Span;
  readonly value: Span;
}

/** Key under which a place is filed. NUL cannot stand in a TOML key. */
export const placeKey = (pointer: Pointer): string => pointer.join('\0');

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** End of the string that begins at `start`: offset just after its closing quotes. */
export function stringEnd(text: string, start: number): number {
  const quote = text[start] ?? '"';
  const multi = text.startsWith(quote.repeat(3), start);
  let at = start + (multi ? 3 : 1);
  while (at < text.length) {
    if (quote === '"' && text[at] === '\\') {
      at += 2;
      continue;
    }
    if (text[at] === quote) {
      if (!multi) return at + 1;
      if (text.startsWith(quote.repeat(3), at)) {
        at += 3;
        // Up to two quotes before the closing three belong to the text.
        for (let extra = 0; extra < 2 && text[at] === quote; extra++) at++;
        return at;
      }
    } else if (!multi && text[at] === '\n') return at;
    at++;
  }
  return text.length;
}

/**
 * Finds where each key and value of a TOML text stands. The text has been read by a TOML parser before, so this only has
 * to find its way, not to judge; on broken text it stops at the fault and gives what it has found.
 */
export function scanPlaces(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const arrays = new Map<string, number>();
  let table: (string | number)[] = [];
  let at = 0;

  const skip = (lines: boolean): void => {
    for (;;) {
      const character = text[at];
      if (isBlank(character) || (lines && (character === '\n' || character === '\r'))) at++;
      else if (lines && character === '#') {
        const end = text.indexOf('\n', at);
        at = end < 0 ? text.length : end;
      } else return;
    }
  };

  const readKey = (): { parts: string[]; span: Span } | undefined => {
    const parts: string[] = [];
    const start = at;
    let end = at;
    for (;;) {
      skip(false);
      const character = text[at];
      if (character === '"' || character === "'") {
        const close = stringEnd(text, at);
        parts.push(decodeString(text, at, close).text);
        at = close;
      } else {
        const from = at;
        while (at < text.length && /[A-Za-z0-9_-]/.test(text[at] ?? '')) at++;
        if (at === from) return undefined;
        parts.push(text.slice(from, at));
      }
      end = at;
      skip(false);
      if (text[at] !== '.') break;
      at++;
    }
    return { parts, span: { start, end } };
  };

  /** Names of a table header, with the index of the last element behind each list of tables. */
  const resolve = (parts: readonly string[]): (string | number)[] => {
    const pointer: (string | number)[] = [];
    let path = '';
    for (const part of parts) {
      pointer.push(part);
      path += `\0${part}`;
      const count = arrays.get(path);
      if (count !== undefined) pointer.push(count - 1);
    }
    return pointer;
  };

  const readValue = (pointer: (string | number)[], key: Span): boolean => {
    const start = at;
    const character = text[at];
    if (character === undefined) return false;
    if (character === '"' || character === "'") at = stringEnd(text, at);
    else if (character === '[') {
      at++;
      for (let index = 0; ; index++) {
        skip(true);
        if (text[at] === ']') {
          at++;
          break;
        }
        if (!readValue([...pointer, index], { start: at, end: at })) return false;
        skip(true);
        if (text[at] === ',') at++;
        else if (text[at] !== ']') return false;
      }
    } else if (character === '{') {
      at++;
      for (;;) {
        skip(true);
        if (text[at] === '}') {
          at++;
          break;
        }
        if (!readPair(pointer)) return false;
        skip(true);
        if (text[at] === ',') at++;
        else if (text[at] !== '}') return false;
      }
    } else {
      while (at < text.length && !/[,\]}#\n\r]/.test(text[at] ?? '')) at++;
      while (at > start && isBlank(text[at - 1])) at--;
      if (at === start) return false;
    }
    const value = { start, end: at };
    places.set(placeKey(pointer), { key: key.end > key.start ? key : value, value });
    return true;
  };

  const readPair = (base: readonly (string | number)[]): boolean => {
    const key = readKey();
    if (key === undefined || text[at] !== '=') return false;
    at++;
    skip(false);
    const pointer = [...base, ...key.parts];
    for (let i = 1; i < key.parts.length; i++) {
      const above = placeKey([...base, ...key.parts.slice(0, i)]);
      if (!places.has(above)) places.set(above, { key: key.span, value: key.span });
    }
    return readValue(pointer, key.span);
  };

  for (;;) {
    skip(true);
    if (at >= text.length) break;
    if (text[at] === '[') {
      const start = at;
      const list = text[at + 1] === '[';
      at += list ? 2 : 1;
      const key = readKey();
      if (key === undefined) break;
      at = text.indexOf(']', at);
      if (at < 0) break;
      at += list ? 2 : 1;
      if (list) {
        const above = resolve(key.parts.slice(0, -1));
        const own = key.parts.at(-1) ?? '';
        const path = `\0${key.parts.join('\0')}`;
        const count = (arrays.get(path) ?? 0) + 1;
        // A new element of an outer list begins its inner lists anew.
        for (const inner of [...arrays.keys()]) if (inner.startsWith(`${path}\0`)) arrays.delete(inner);
        arrays.set(path, count);
        const pointer = [...above, own];
        if (count === 1) places.set(placeKey(pointer), { key: key.span, value: { start, end: at } });
        table = [...pointer, count - 1];
      } else table = resolve(key.parts);
      places.set(placeKey(table), { key: key.span, value: { start, end: at } });
      for (let i = 1; i < table.length; i++) {
        const above = placeKey(table.slice(0, i));
        if (!places.has(above)) places.set(above, { key: key.span, value: { start, end: at } });
      }
    } else if (!readPair(table)) break;
  }
  return places;
}
