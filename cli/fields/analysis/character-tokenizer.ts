import type { Token } from './token.ts';

/** Longest token; what is longer is cut (lucene: CharTokenizer.DEFAULT_MAX_WORD_LEN). */
const MAX_TOKEN = 255;

/** Runs of characters of a kind, each cut as soon as it has 255 UTF-16 units. */
function runs(text: string, kind: RegExp): Token[] {
  const tokens: Token[] = [];
  for (const { 0: run, index } of text.matchAll(kind))
    for (let at = 0; at < run.length;) {
      let end = Math.min(at + MAX_TOKEN, run.length);
      // The character that fills a token goes into it whole
      if (end < run.length && (run.codePointAt(end - 1) ?? 0) > 0xffff) end++;
      tokens.push({ term: run.slice(at, end), position: tokens.length, end: index + end });
      at = end;
    }
  return tokens;
}

/** Letters of any script (lucene: LetterTokenizer). */
export const letterTokens = (text: string): Token[] => runs(text, /\p{L}+/gu);

/**
 * What stands between white space, as Java's Character.isWhitespace has it: not the spaces that do not break a line, but the
 * control characters U+001C to U+001F (lucene: WhitespaceTokenizer).
 */
export const whitespaceTokens = (text: string): Token[] =>
  runs(text, /[^\t-\r\u001c-\u0020\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/gu);
