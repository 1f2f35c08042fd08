import { span, type Span } from '../../text/span.ts';
import { lexRange, type LuceneBound } from './range.ts';
import { syntax } from './syntax.ts';

export type LuceneTokenKind =
  | 'and' | 'or' | 'not' | '+' | '-' | 'bare' | '(' | ')' | ':' | '^' | 'star' | 'term' | 'prefix' | 'wild' | 'quoted'
  | 'regexp' | 'fuzzy' | 'range' | 'end'; // prettier-ignore

export interface LuceneToken extends Span {
  readonly kind: LuceneTokenKind;
  /** As written, without quotes, slashes, `^` and `~`. */
  readonly text: string;
  readonly range?: {
    readonly low: LuceneBound;
    readonly high: LuceneBound;
    readonly includeLow: boolean;
    readonly includeHigh: boolean;
  };
}

const SPACES = ' \t\n\r\u3000';
const isSpace = (character: string | undefined): boolean =>
  character !== undefined && character !== '' && SPACES.includes(character);
/** Characters that cannot stand in a term without a backslash; plus and minus only not at its start. */
const SPECIAL = new Set([...SPACES, ...'+-!():^[]"{}~*?\\/']);

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

/**
 * Tokens of Lucene's classic query syntax, the longest match first (lucene:
 * lucene/queryparser/src/java/org/apache/lucene/queryparser/classic/QueryParser.jj). Throws a QueryFailure.
 */
export function lexLucene(text: string): readonly LuceneToken[] {
  const tokens: LuceneToken[] = [];
  let at = 0;
  const add = (kind: LuceneTokenKind, start: number, content: string): void => {
    tokens.push({ kind, text: content, start, end: at });
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    const start = at;
    if (isSpace(character)) {
      at++;
      continue;
    }
    switch (character) {
      case '"':
        at = endOfQuoted(text, start);
        add('quoted', start, text.slice(start + 1, at - 1));
        break;
      case '/':
        at = endOfRegexp(text, start);
        add('regexp', start, text.slice(start + 1, at - 1));
        break;
      case '[':
      case '{': {
        const range = lexRange(text, start);
        at = range.end;
        tokens.push({ kind: 'range', text: text.slice(start, at), start, end: at, range });
        break;
      }
      case '~':
        at = endOfTerm(text, start + 1, false);
        add('fuzzy', start, text.slice(start + 1, at));
        break;
      case '^':
        at = endOfNumber(text, start + 1);
        if (at === start + 1)
          throw syntax('"^" needs a number directly behind it', span(start, at), 'escape a literal one as \\^');
        add('^', start, text.slice(start + 1, at));
        break;
      case '+':
      case '-':
      case '!':
        at++;
        // A sign before white space is a term of its own, not an operator (BAREOPER of the grammar).
        if (isSpace(text[at])) {
          at++;
          tokens.push({ kind: 'bare', text: character, start, end: start + 1 });
        } else add(character === '!' ? 'not' : character, start, character);
        break;
      case '(':
      case ')':
      case ':':
        at++;
        add(character, start, character);
        break;
      case ']':
      case '}':
        throw syntax(`"${character}" closes nothing`, span(start, start + 1), `escape a literal one as \\${character}`);
      default:
        at = endOfTerm(text, start, true);
        add(termKind(text.slice(start, at)), start, text.slice(start, at));
    }
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

function termKind(written: string): LuceneTokenKind {
  switch (written) {
    case 'AND':
    case '&&':
      return 'and';
    case 'OR':
    case '||':
      return 'or';
    case 'NOT':
      return 'not';
    case '*':
      return 'star';
  }
  let first = -1;
  for (let i = 0; i < written.length; i++) {
    const character = written[i];
    if (character === '\\') i++;
    else if (character === '*' || character === '?') {
      first = i;
      break;
    }
  }
  if (first < 0) return 'term';
  return first === written.length - 1 && written[first] === '*' ? 'prefix' : 'wild';
}

/** End of a run of term characters. `wild`: of a term from its start, to which stars and question marks belong. */
function endOfTerm(text: string, from: number, wild: boolean): number {
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '\\') {
      if (at + 1 >= text.length)
        throw syntax('the query ends after a backslash', span(at, at + 1), 'write \\\\ for a backslash');
      at++;
    } else if (character === '*' || character === '?') {
      if (!wild) break;
    } else if (SPECIAL.has(character) && !((character === '+' || character === '-') && (at > from || !wild))) break;
  }
  return at;
}

function endOfNumber(text: string, from: number): number {
  let at = from;
  while (isDigit(text[at])) at++;
  if (at === from || text[at] !== '.' || !isDigit(text[at + 1])) return at;
  at++;
  while (isDigit(text[at])) at++;
  return at;
}

function endOfQuoted(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  if (at < text.length) return at + 1;
  throw syntax(
    'the quoted text has no end',
    span(start, start + 1),
    text.endsWith('\\"')
      ? 'the backslash escapes the closing quote: write "C:\\\\" with two'
      : 'close it with a double quote, or escape a literal one as \\"',
  );
}

/** `\/` is a slash of the expression, unless no other slash follows. */
function endOfRegexp(text: string, start: number): number {
  let fallback = -1;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '/') continue;
    if (text[at - 1] !== '\\' || at - 1 === start) return at + 1;
    fallback = at + 1;
  }
  if (fallback > 0) return fallback;
  throw syntax(
    '"/" begins a regular expression that has no end',
    span(start, start + 1),
    'escape a literal slash as \\/ or put the value in quotes',
  );
}

/** The text without its escapes; `\uXXXX` is that character. Throws a QueryFailure for a broken escape. */
export function unescape(text: string, where: Span): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|([\s\S])|$)/g,
    (_all, code: string | undefined, character: string | undefined) => {
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
      if (character === undefined) throw syntax('the text ends after a backslash', where);
      if (character === 'u') throw syntax('\\u takes four hexadecimal digits', where);
      return character;
    },
  );
}
