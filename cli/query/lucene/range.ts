import { span } from '../../text/span.ts';
import { syntax } from './syntax.ts';

/** One end of a range as written, without its quotes. */
export interface LuceneBound {
  readonly text: string;
  readonly quoted: boolean;
}

export interface LuceneRange {
  readonly low: LuceneBound;
  readonly high: LuceneBound;
  readonly includeLow: boolean;
  readonly includeHigh: boolean;
  readonly end: number;
}

const WORD_END = new Set([' ', ']', '}']);

/** `[low TO high]` from its opening bracket on: the lexical state "Range" of Lucene's grammar. Throws a QueryFailure. */
export function lexRange(text: string, start: number): LuceneRange {
  let at = start + 1;
  const broken = (): never => {
    throw syntax(
      text.slice(at).trim() === '' ? 'the range has no end' : 'a range is written [low TO high]',
      span(start, Math.max(start + 1, Math.min(at, text.length))),
      'TO is upper case; { and } exclude an end; * leaves it open; a literal bracket is escaped as \\[ or \\{',
    );
  };
  const next = (): LuceneBound | undefined => {
    for (;;) {
      const end = wordEnd(text, at);
      // White space by itself is skipped; a word may begin with a tab all the same, as its longest match wins.
      const space = text[at] === ' ' || (end - at === 1 && /[\t\n\r\u3000]/.test(text[at] ?? ''));
      if (space) {
        at++;
        continue;
      }
      const quoted = quotedEnd(text, at);
      if (quoted >= end && quoted > at) {
        const bound = { text: text.slice(at + 1, quoted - 1), quoted: true };
        at = quoted;
        return bound;
      }
      if (end === at) return undefined;
      const bound = { text: text.slice(at, end), quoted: false };
      at = end;
      return bound;
    }
  };
  const low = next() ?? broken();
  const to = next();
  if (to?.quoted !== false || to.text !== 'TO') broken();
  const high = next() ?? broken();
  const close = next() === undefined ? text[at] : undefined;
  if (close !== ']' && close !== '}') return broken();
  return { low, high, includeLow: text[start] === '[', includeHigh: close === ']', end: at + 1 };
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !WORD_END.has(text[at] ?? '')) at++;
  return at;
}

/** End of the longest quoted text from `from` on, or -1. A quote behind a backslash may end it or not. */
function quotedEnd(text: string, from: number): number {
  if (text[from] !== '"') return -1;
  let end = -1;
  for (let at = from + 2; at < text.length; at++) {
    if (text[at] !== '"') continue;
    end = at + 1;
    if (text[at - 1] !== '\\') break;
  }
  return text[from + 1] === '"' ? -1 : end;
}
