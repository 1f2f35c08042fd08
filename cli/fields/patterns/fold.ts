/**
 * Case folding of case-insensitive queries: ASCII letters only, as in Elasticsearch up to and including 9.4
 * (elasticsearch: server/.../common/lucene/search/AutomatonQueries.java toCaseInsensitiveChar).
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

/** Java's String.compareToIgnoreCase: UTF-16 units one by one, upper then lower case. Zero means equal. */
export function javaCompareIgnoreCase(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    const folded = foldUnit(left) - foldUnit(right);
    if (folded !== 0) return folded;
  }
  return a.length - b.length;
}

function foldUnit(unit: number): number {
  if (unit < 128) return unit >= 65 && unit <= 90 ? unit + 32 : unit;
  const upper = String.fromCharCode(unit).toUpperCase();
  const one = upper.length === 1 ? upper : String.fromCharCode(unit);
  const lower = one.toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : one.charCodeAt(0);
}
