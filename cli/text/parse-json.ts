import { NumberToken } from './json.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;

/** What a scan of a JSON text finds without building values. */
interface Scan {
  /** Colons outside of strings: as many as there are keys. */
  readonly colons: number;
  readonly depth: number;
  /** Starts and ends of whole numbers that a double does not hold exactly, flat. */
  readonly longNumbers: readonly number[];
  /** Starts and ends of numbers that are not spelled as a double prints, flat. */
  readonly odd: readonly number[];
  /** False: a number such as 1e999 is beyond what a double holds, and JSON.parse makes it Infinity. */
  readonly finite: boolean;
}

/** Goes over a text that is JSON. Strings are skipped by searching for their end, so that long ones cost little. */
function scan(text: string): Scan {
  let colons = 0;
  let depth = 0;
  let deepest = 0;
  let finite = true;
  const longNumbers: number[] = [];
  const odd: number[] = [];
  for (let i = 0; i < text.length;) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfString(text, i);
      continue;
    }
    if (code === COLON) colons++;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth);
    else if (code === 125 || code === 93) depth--;
    else if (code === 45 || (code >= 48 && code <= 57)) {
      const start = i;
      let whole = true;
      for (i++; i < text.length; i++) {
        const next = text.charCodeAt(i);
        if (next >= 48 && next <= 57) continue;
        // . E e + -
        if (next !== 46 && next !== 69 && next !== 101 && next !== 43 && next !== 45) break;
        whole = false;
      }
      if (!whole || i - start > 15 || (code === 45 && text.charCodeAt(start + 1) === 48)) {
        const token = text.slice(start, i);
        const value = Number(token);
        if (!Number.isFinite(value)) finite = false;
        if (whole && !Number.isSafeInteger(value)) longNumbers.push(start, i);
        if (String(value) !== token || (whole ? !Number.isSafeInteger(value) : Number.isInteger(value)))
          odd.push(start, i);
      }
      continue;
    }
    i++;
  }
  return { colons, depth: deepest, longNumbers, odd, finite };
}

/** Offset after the string of a JSON text that begins at `start`. */
export function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

export interface ParsedJson {
  readonly value: unknown;
  /** Keys as they are written; more than `value` has when a key stands twice. */
  readonly keys: number;
  /** Objects and lists inside each other, at most. */
  readonly depth: number;
  /** False: a number is beyond what a double holds and came as Infinity. */
  readonly finite: boolean;
}

/**
 * JSON.parse, but whole numbers that a double cannot hold come as strings of their digits: Elasticsearch reads both forms
 * alike, and no digit is lost. Throws what JSON.parse throws.
 */
export function parseJsonExactly(text: string): ParsedJson {
  // The text has to be JSON first, so that the message of a fault speaks of what the user wrote.
  const plain: unknown = JSON.parse(text);
  const { colons: keys, depth, longNumbers, finite } = scan(text);
  return { value: longNumbers.length === 0 ? plain : JSON.parse(quote(text, longNumbers)), keys, depth, finite };
}

/**
 * JSON.parse, but numbers that a double does not give back as they are written come as a NumberToken, so that a document or
 * a query keeps what Elasticsearch reads. Throws what JSON.parse throws.
 */
export function parseJsonSpelled(text: string): ParsedJson {
  const plain: unknown = JSON.parse(text);
  const { colons: keys, depth, odd, finite } = scan(text);
  return { value: odd.length === 0 ? plain : spelled(plain, JSON.parse(quote(text, odd))), keys, depth, finite };
}

/** The text with the pieces at these places in quotes. */
function quote(text: string, places: readonly number[]): string {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < places.length; i += 2) {
    const [start = 0, end = 0] = places.slice(i, i + 2);
    parts.push(text.slice(from, start), '"', text.slice(start, end), '"');
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/**
 * A value in which each number that the same value with quoted tokens has as a string becomes that token. The two have the
 * same form otherwise, so that no string of the text can pass for a number.
 */
function spelled(plain: unknown, quoted: unknown): unknown {
  if (typeof plain === 'number') return typeof quoted === 'string' ? new NumberToken(quoted) : plain;
  const pending: (readonly [plain: object, quoted: object])[] = [];
  const push = (a: unknown, b: unknown): void => {
    if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) pending.push([a, b]);
  };
  push(plain, quoted);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [target, source] = next;
    for (const [key, token] of Object.entries(source) as [string, unknown][]) {
      // An own key, whatever its name
      const value: unknown = Object.getOwnPropertyDescriptor(target, key)?.value;
      if (typeof value === 'number' && typeof token === 'string')
        Object.defineProperty(target, key, { value: new NumberToken(token) });
      else push(value, token);
    }
  }
  return plain;
}

/** The value of `parseJsonExactly`. */
export const parseJson = (text: string): unknown =>
  /\d{16}/.test(text) ? parseJsonExactly(text).value : JSON.parse(text);
