import { asciiFold, equalsAsciiFolded } from './fold.ts';

/** One piece of a wildcard pattern between two stars. `any` marks the positions where `?` stands. */
interface Piece {
  readonly points: readonly Point[];
  /** The piece as text when it holds no `?` and needs no care for case: found by indexOf. */
  readonly plain: string | undefined;
}

/** A code point to meet: exact, in either case, or any. */
type Point = { readonly kind: 'any' } | { readonly kind: 'is'; readonly code: number; readonly folds: boolean };

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const lower = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

export interface WildcardOptions {
  readonly caseInsensitive?: boolean;
}

/**
 * Matcher of Lucene's wildcard query: `*` any run, `?` one code point, backslash escapes the next character; the whole
 * value has to fit, newlines are ordinary. Case-insensitive means ASCII letters; an escaped letter keeps its case
 * (elasticsearch: AutomatonQueries.toCaseInsensitiveWildcardAutomaton).
 *
 * Pieces are searched leftmost first and never given back, so the time is that of one search per piece.
 */
export function compileWildcard(pattern: string, options: WildcardOptions = {}): (value: string) => boolean {
  const fold = options.caseInsensitive === true;
  const { pieces, escapedLetters } = split(pattern, fold);
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return (value) => value === '';
  const hasAny = pieces.some((piece) => piece.plain === undefined);

  if (!hasAny && !(fold && escapedLetters))
    return plainMatcher(
      pieces.map((piece) => piece.plain ?? ''),
      fold,
    );
  return pointMatcher(pieces);
}

/** Matcher of a pattern in which only `*` is special, as in the names of fields and indices. */
export const compileStars = (pattern: string): ((value: string) => boolean) =>
  compileWildcard(pattern.replace(/[?\\]/g, '\\$&'));

/** Characters that the shortest value has which fits a wildcard pattern. */
export const leastLengthOfWildcard = (pattern: string): number => pattern.replace(/\\(.)|\*/gsu, '$1').length;

function split(pattern: string, fold: boolean): { pieces: Piece[]; escapedLetters: boolean } {
  const pieces: Piece[] = [];
  let points: Point[] = [];
  let escapedLetters = false;
  const close = (): void => {
    const any = points.some((point) => point.kind === 'any');
    const plain = any
      ? undefined
      : points.map((point) => (point.kind === 'is' ? String.fromCodePoint(point.code) : '')).join('');
    pieces.push({ points, plain: plain === undefined ? undefined : fold ? asciiFold(plain) : plain });
    points = [];
  };
  for (let i = 0; i < pattern.length;) {
    const code = pattern.codePointAt(i) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    i += width;
    if (code === 42) {
      close();
      while (pattern.charCodeAt(i) === 42) i++;
    } else if (code === 63) points.push({ kind: 'any' });
    else if (code === 92 && i < pattern.length) {
      const next = pattern.codePointAt(i) ?? 0;
      i += next > 0xffff ? 2 : 1;
      if (isLetter(next)) escapedLetters = true;
      points.push({ kind: 'is', code: next, folds: false });
    } else points.push({ kind: 'is', code, folds: fold && isLetter(code) });
  }
  close();
  return { pieces, escapedLetters };
}

/** No `?`: compare the ends, then find what is between them from left to right. */
function plainMatcher(texts: readonly string[], fold: boolean): (value: string) => boolean {
  const prepare = fold ? asciiFold : (value: string): string => value;
  const first = texts[0] ?? '';
  const last = texts.at(-1) ?? '';
  if (texts.length === 1) return fold ? (value) => equalsAsciiFolded(value, first) : (value) => value === first;
  const middle = texts.slice(1, -1).filter((text) => text !== '');
  const least = first.length + last.length;
  if (middle.length === 0) {
    if (least === 0) return () => true;
    if (first === '') return (value) => value.length >= least && prepare(value).endsWith(last);
    if (last === '') return (value) => value.length >= least && prepare(value).startsWith(first);
  }
  return (value) => {
    if (value.length < least) return false;
    const text = prepare(value);
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    const end = text.length - last.length;
    for (const part of middle) {
      const found = text.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

const meets = (point: Point, code: number): boolean =>
  point.kind === 'any' || (point.folds ? lower(point.code) === lower(code) : point.code === code);

/** With `?` or letters of fixed case: the same search over code points. */
function pointMatcher(pieces: readonly Piece[]): (value: string) => boolean {
  const first = pieces[0]?.points ?? [];
  const last = pieces.at(-1)?.points ?? [];
  const middle = pieces
    .slice(1, -1)
    .map((piece) => piece.points)
    .filter((points) => points.length > 0);
  const fitsAt = (codes: readonly number[], points: readonly Point[], at: number): boolean => {
    for (let i = 0; i < points.length; i++) {
      const point = points[i];
      const code = codes[at + i];
      if (point === undefined || code === undefined || !meets(point, code)) return false;
    }
    return true;
  };
  const startOnly = pieces.length === 2 && last.length === 0;
  return (value) => {
    // Most values differ in their first characters, which can be seen without cutting the value into code points.
    const begins = pieces.length === 1 && value.length < first.length ? false : beginsWith(value, first);
    if (begins === false) return false;
    if (begins === true && startOnly) return true;
    const codes = Array.from(value, (character) => character.codePointAt(0) ?? 0);
    if (pieces.length === 1) return codes.length === first.length && fitsAt(codes, first, 0);
    if (codes.length < first.length + last.length) return false;
    if (!fitsAt(codes, first, 0) || !fitsAt(codes, last, codes.length - last.length)) return false;
    let at = first.length;
    const end = codes.length - last.length;
    for (const points of middle) {
      const found = find(codes, points, at, end);
      if (found < 0) return false;
      at = found + points.length;
    }
    return true;
  };
}

/** Whether a value begins with points; undefined where a surrogate has to be looked at as half of a code point. */
function beginsWith(value: string, points: readonly Point[]): boolean | undefined {
  for (let i = 0; i < points.length; i++) {
    const point = points[i];
    if (point === undefined || i >= value.length) return false;
    const unit = value.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdfff) return undefined;
    if (!meets(point, unit)) return false;
  }
  return true;
}

const WORD = 30;

/**
 * First place from `at` on where the points fit and end before `end`, or -1. Bit-parallel (shift-and), so that a pattern
 * such as `*a?a?a?b*` on a long run of `a` stays linear: text length times pattern length / 30.
 */
function find(codes: readonly number[], points: readonly Point[], at: number, end: number): number {
  const words = Math.ceil(points.length / WORD);
  const masks = new Map<number, Int32Array>();
  const maskOf = (code: number): Int32Array => {
    let mask = masks.get(code);
    if (mask === undefined) {
      mask = new Int32Array(words);
      for (let i = 0; i < points.length; i++) {
        const point = points[i];
        if (point !== undefined && meets(point, code)) mask[Math.floor(i / WORD)]! |= 1 << (i % WORD);
      }
      masks.set(code, mask);
    }
    return mask;
  };
  const state = new Int32Array(words);
  const goalWord = Math.floor((points.length - 1) / WORD);
  const goalBit = 1 << ((points.length - 1) % WORD);
  for (let i = at; i < end; i++) {
    const mask = maskOf(codes[i] ?? 0);
    let carry = 1;
    for (let word = 0; word < words; word++) {
      const before = state[word] ?? 0;
      const out = (before >>> (WORD - 1)) & 1;
      state[word] = ((before << 1) | carry) & ((1 << WORD) - 1) & (mask[word] ?? 0);
      carry = out;
    }
    if (((state[goalWord] ?? 0) & goalBit) !== 0) return i - points.length + 1;
  }
  return -1;
}
