import type { Token } from './token.ts';

/** Longest token of the standard tokenizer; what is longer is cut (lucene: StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH). */
const MAX_TOKEN = 255;

const CLASS = {
  letter: /[\p{Alphabetic}]/u,
  hebrew: /\p{Script=Hebrew}/u,
  ideograph: /\p{Script=Han}|\p{Script=Hiragana}/u,
  katakana: /[\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]/u,
  hangul: /\p{Script=Hangul}/u,
  digit: /\p{Nd}/u,
  // Zero width space is a format character that breaks words all the same
  extend: /[\p{M}\u200c\u200d\uff9e\uff9f]|(?!\u200b)\p{Cf}/u,
  connector: /\p{Pc}/u,
  // With what Unicode counted as pictographs before its version 16
  emoji:
    /[\p{Extended_Pictographic}\u2388\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2763-\u2767]/u,
} as const;

/** Pictographs, and places that were kept free for more of them. */
const PICTOGRAPH =
  /[\u{1f000}-\u{1f0ff}\u{1f10d}-\u{1f10f}\u{1f12f}\u{1f16c}-\u{1f171}\u{1f1ad}-\u{1f1e5}\u{1f260}-\u{1f265}\u{1f300}-\u{1f320}\u{1f322}-\u{1f3fa}\u{1f400}-\u{1f53d}\u{1f546}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f774}-\u{1f77f}\u{1f7d5}-\u{1f7ff}\u{1f8ae}-\u{1f8ff}\u{1f90c}-\u{1f93a}\u{1f93c}-\u{1f945}\u{1f947}-\u{1fbff}]/u;

/** Letters and marks of South East Asian scripts, which are written without spaces (Unicode's Line_Break=Complex_Context). */
const COMPLEX =
  /[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u109a-\u109f\u1780-\u17d3\u17d7\u17dc\u17dd\u1950-\u1974\u1980-\u19c9\u19da\u19de\u19df\u1a20-\u1a5e\u1a60-\u1a7c\u1aa0-\u1aad\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaac2\uaadb-\uaadf\u{11700}-\u{1172b}\u{1173a}\u{1173b}\u{1173f}]/u;

/** Signs that Word_Break counts as letters, and marks of repetition that are no ideographs by themselves. */
const LETTER_LIKE =
  /[\u02c2-\u02c5\u02d2-\u02d6\u02de\u02df\u02ed\u02ef-\u02ff\u055b\u055c\u055e\u3005\u303b\ua720\ua721\ua789\ua78a\uab5b]/;

type Kind =
  | 'letter' | 'hebrew' | 'digit' | 'katakana' | 'single' | 'hangul' | 'connector' | 'extend' | 'midLetter' | 'midNum' | 'midNumLet'
  | 'apostrophe' | 'quote' | 'emoji' | 'modifier' | 'regional' | 'complex' | 'other'; // prettier-ignore

const MID_LETTER = new Set([':', '\u00b7', '\u0387', '\u05f4', '\u2027', '\ufe13', '\ufe55', '\uff1a', '\u02d7']);
const MID_NUM = new Set([
  ',', ';', '\u037e', '\u0589', '\u060c', '\u060d', '\u066c', '\u07f8', '\u2044', '\ufe10', '\ufe14', '\ufe50', '\ufe54',
  '\uff0c', '\uff1b',
]); // prettier-ignore
const MID_NUM_LET = new Set(['.', '\u2018', '\u2019', '\u2024', '\ufe52', '\uff07', '\uff0e']);

const ZWJ = '\u200d';
/** The frame of a keycap emoji. */
const KEYCAP = '\u20e3';

const cache = new Map<string, Kind>();

function kindOf(character: string): Kind {
  let kind = cache.get(character);
  if (kind === undefined) cache.set(character, (kind = classify(character)));
  return kind;
}

/** Word_Break classes of UAX #29 as Lucene's StandardTokenizerImpl.jflex uses them. */
function classify(character: string): Kind {
  const code = character.codePointAt(0) ?? 0;
  if (code < 128) {
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return 'letter';
    if (code >= 48 && code <= 57) return 'digit';
    if (code === 95) return 'connector';
    if (code === 39) return 'apostrophe';
    if (code === 34) return 'quote';
  }
  if (MID_LETTER.has(character)) return 'midLetter';
  if (MID_NUM.has(character)) return 'midNum';
  if (MID_NUM_LET.has(character)) return 'midNumLet';
  if (code === 0x5f3) return 'letter';
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return 'regional';
  if (code >= 0x1f3fb && code <= 0x1f3ff) return 'modifier';
  if (PICTOGRAPH.test(character)) return 'emoji';
  if (LETTER_LIKE.test(character)) return 'letter';
  if (CLASS.extend.test(character)) return 'extend';
  if (code === 0x66b || CLASS.digit.test(character)) return 'digit';
  if (CLASS.katakana.test(character)) return 'katakana';
  if (CLASS.ideograph.test(character)) return 'single';
  if (CLASS.hangul.test(character)) return 'hangul';
  if (COMPLEX.test(character)) return 'complex';
  if (CLASS.letter.test(character)) return CLASS.hebrew.test(character) ? 'hebrew' : 'letter';
  if (CLASS.connector.test(character) || character === '\u202f') return 'connector';
  if (CLASS.emoji.test(character)) return 'emoji';
  return 'other';
}

const isLetter = (kind: Kind | undefined): boolean => kind === 'letter' || kind === 'hangul' || kind === 'hebrew';
const isWord = (kind: Kind | undefined): boolean =>
  isLetter(kind) || kind === 'digit' || kind === 'katakana' || kind === 'connector' || kind === 'complex';

/** Whether `left` and `right` belong to one word with nothing between them. */
function joins(left: Kind, right: Kind): boolean {
  if (left === 'complex' || right === 'complex') return left === right;
  if (left === 'katakana' || right === 'katakana')
    return left === right || left === 'connector' || right === 'connector';
  return isWord(left) && isWord(right);
}

/** A long word in pieces of at most 255 UTF-16 units, without cutting a character in two. */
function pieces(word: string): string[] {
  if (word.length <= MAX_TOKEN) return [word];
  const found: string[] = [];
  for (let at = 0; at < word.length;) {
    const code = word.charCodeAt(at + MAX_TOKEN - 1);
    const end = at + MAX_TOKEN - (at + MAX_TOKEN < word.length && code >= 0xd800 && code <= 0xdbff ? 1 : 0);
    found.push(word.slice(at, end));
    at = end;
  }
  return found;
}

/**
 * Tokens of Lucene's StandardTokenizer: the words of UAX #29, CJK ideographs one by one, emoji sequences, no punctuation.
 * Not lower-cased (lucene:lucene/core/src/java/org/apache/lucene/analysis/standard/StandardTokenizerImpl.jflex).
 */
export function standardTokens(text: string): Token[] {
  const characters = Array.from(text);
  const kinds = characters.map(kindOf);
  const tokens: Token[] = [];
  /** UTF-16 units before a character; they are as many as the characters where there are no surrogates. */
  let counted = { characters: 0, units: 0 };
  const unitsBefore = (at: number): number => {
    if (characters.length === text.length) return at;
    let { units } = counted;
    for (let i = counted.characters; i < at; i++) units += characters[i]?.length ?? 0;
    counted = { characters: at, units };
    return units;
  };
  const emit = (from: number, to: number): void => {
    let end = unitsBefore(from);
    for (const term of pieces(characters.slice(from, to).join('')))
      tokens.push({ term, position: tokens.length, end: (end += term.length) });
  };
  const skipExtend = (at: number): number => {
    let next = at;
    while (kinds[next] === 'extend') next++;
    return next;
  };
  for (let i = 0; i < characters.length;) {
    const kind = kinds[i];
    if (kind === 'single') {
      const end = skipExtend(i + 1);
      emit(i, end);
      i = end;
      continue;
    }
    if (kind === 'emoji' || kind === 'modifier' || kind === 'regional') {
      let end = skipExtend(i + 1);
      if (kind === 'regional' && kinds[end] === 'regional') end = skipExtend(end + 1);
      else if (kind === 'regional') {
        // Half a flag is no token
        i = end;
        continue;
      }
      if (kind === 'emoji' && kinds[end] === 'modifier') end = skipExtend(end + 1);
      while (kind !== 'regional' && characters[end - 1] === ZWJ && kinds[end] === 'emoji') {
        end = skipExtend(end + 1);
        if (kinds[end] === 'modifier') end = skipExtend(end + 1);
      }
      emit(i, end);
      i = end;
      continue;
    }
    if ((characters[i] === '#' || characters[i] === '*') && kinds[i + 1] === 'extend') {
      const end = skipExtend(i + 1);
      if (characters.slice(i, end).includes(KEYCAP)) emit(i, end);
      i = end;
      continue;
    }
    if (kind === undefined || !isWord(kind)) {
      i++;
      continue;
    }
    let last: Kind = kind;
    let core = kind !== 'connector';
    let end = skipExtend(i + 1);
    while (end < characters.length) {
      const next = kinds[end];
      if (next === undefined) break;
      if (joins(last, next)) {
        last = next;
        core ||= next !== 'connector';
        end = skipExtend(end + 1);
        continue;
      }
      const afterAt = skipExtend(end + 1);
      const after = kinds[afterAt];
      // A single quote belongs to the Hebrew letter before it, a double one joins two
      if (last === 'hebrew' && next === 'apostrophe' && !isLetter(after)) {
        end = afterAt;
        continue;
      }
      const midWord = next === 'midLetter' || next === 'midNumLet' || next === 'apostrophe';
      const midNumber = next === 'midNum' || next === 'midNumLet' || next === 'apostrophe';
      const between =
        (midWord && isLetter(last) && isLetter(after)) ||
        (next === 'quote' && last === 'hebrew' && after === 'hebrew') ||
        (midNumber && last === 'digit' && after === 'digit');
      if (!between || after === undefined) break;
      last = after;
      end = skipExtend(afterAt + 1);
    }
    if (core) emit(i, end);
    i = end;
  }
  return tokens;
}
