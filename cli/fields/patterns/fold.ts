import { lowerCaseOf, upperCaseOf } from './case-mapping.ts';

/**
 * Case folding of case-insensitive terms, prefixes and wildcards: ASCII letters only, as in Elasticsearch up to and including
 * 9.4 (elasticsearch: server/.../common/lucene/search/AutomatonQueries.java toCaseInsensitiveChar).
 */
export function asciiFold(text: string): string {
  // Most values are folded by the host at once; its full folding is only wrong beyond ASCII.
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 127) return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  }
  return text.toLowerCase();
}

/** Whether two texts are equal when ASCII letters are folded. Makes no text, and mostly looks at the lengths alone. */
export function equalsAsciiFolded(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right && lower(left) !== lower(right)) return false;
  }
  return true;
}

const lower = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

/** Java's String.equalsIgnoreCase: code point by code point, upper then lower case. */
export const equalsIgnoreCase = (a: string, b: string): boolean => a.length === b.length && regionMatches(a, b);

/** Java's regionMatches with its ignoreCase, at the beginning. */
export const startsWithIgnoreCase = (text: string, prefix: string): boolean =>
  text.length >= prefix.length && regionMatches(text, prefix);

/** Whether the first text begins with the second. */
function regionMatches(a: string, b: string): boolean {
  for (let i = 0; i < b.length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right && foldedAt(a, i) !== foldedAt(b, i)) return false;
  }
  return true;
}

/** The code point that a unit belongs to, without its case. */
function foldedAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 128) return lower(unit);
  const before = unit >= 0xdc00 && unit <= 0xdfff ? (text.codePointAt(at - 1) ?? 0) : 0;
  return lowerCaseOf(upperCaseOf(before > 0xffff ? before : (text.codePointAt(at) ?? unit)));
}
