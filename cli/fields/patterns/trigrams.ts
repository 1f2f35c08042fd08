import { lowerCaseOf } from './case-mapping.ts';

/**
 * The index of a wildcard field: each value with a mark before it and two behind it, cut into runs of three characters. A query looks
 * for runs that a value has to have and only then at the values, so that a run which is looked for in another spelling than it was
 * indexed hides a value that fits (elasticsearch:x-pack/plugin/wildcard/src/main/java/org/elasticsearch/xpack/wildcard/mapper/
 * WildcardFieldMapper.java).
 */
const MARK = '\0';
const END = '\0\0';

export const marked = (value: string): string => `${MARK}${value}${END}`;

const LETTER_OR_DIGIT = /^[\p{L}\p{Nd}]$/u;

/** Lower case; ASCII letters and digits in pairs; all else `/`, one beyond the basic plane two of it (PunctuationFoldingFilter). */
const folded = (text: string): string =>
  Array.from(text, (character) => {
    const code = lowerCaseOf(character.codePointAt(0) ?? 0);
    if (code === 0) return MARK;
    const letter = String.fromCodePoint(code);
    if (!LETTER_OR_DIGIT.test(letter)) return code > 0xffff ? '//' : '/';
    return code > 48 && code <= 128 && code % 2 === 0 ? String.fromCodePoint(code - 1) : letter;
  }).join('');

/** The runs of three characters of a text. */
export function trigrams(text: string): string[] {
  const characters = Array.from(text);
  const runs: string[] = [];
  for (let at = 0; at + 3 <= characters.length; at++) runs.push(folded(characters.slice(at, at + 3).join('')));
  return runs;
}

/** A run to be there, or the beginning of one. */
export interface Needed {
  readonly text: string;
  readonly whole: boolean;
}

/** What a piece of a pattern needs: its runs, or itself where it is shorter. The marks alone need nothing. */
export const neededBy = (piece: string): readonly (Needed | undefined)[] =>
  piece === MARK || piece === END ? [] : [...new Set(runsOf(piece))].map(asNeeded);

const runsOf = (piece: string): readonly string[] => {
  const runs = trigrams(piece);
  return runs.length === 0 && piece !== '' ? [folded(piece)] : runs;
};

/** Undefined: one character says too little to look for. */
export function asNeeded(text: string): Needed | undefined {
  const { length } = Array.from(text);
  return length < 2 || text === END ? undefined : { text, whole: length === 3 };
}

export function isThere(needed: Needed | undefined, runs: ReadonlySet<string>): boolean {
  if (needed === undefined || runs.has(needed.text)) return true;
  if (!needed.whole) for (const run of runs) if (run.startsWith(needed.text)) return true;
  return false;
}

/** Clauses that one query puts together at most. */
const MAX_NEEDED = 10;

/** What a wildcard pattern needs; undefined: it has wildcards alone, and `*` among them, so that any value will do. */
export function neededByPattern(pattern: string): readonly (Needed | undefined)[] | undefined {
  const found = new Set<string>();
  const text = marked(pattern);
  let [piece, stars, singles] = ['', 0, 0];
  const close = (): void => {
    if (piece !== MARK && piece !== END) for (const run of runsOf(piece)) found.add(run);
    piece = '';
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '*' || character === '?') {
      close();
      if (character === '*') stars++;
      else singles++;
      // A backslash at the end escapes the mark
    } else if (character === '\\' && at + 1 < text.length) piece += text[++at] ?? '';
    else piece += character;
  }
  close();
  return found.size === 0 && (singles === 0 || stars > 0) ? undefined : [...found].slice(0, MAX_NEEDED).map(asNeeded);
}
