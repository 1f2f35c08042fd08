import { span, type Span } from '../../text/span.ts';
import { QueryFailure } from '../failure.ts';

export type LuceneTokenKind =
  | 'and' | 'or' | 'not' | '+' | '-' | '(' | ')' | ':' | '^' | 'star' | 'term' | 'prefix' | 'wild' | 'quoted' | 'regexp' | 'fuzzy'
  | 'range' | 'end'; // prettier-ignore

export interface LuceneToken extends Span {
  readonly kind: LuceneTokenKind;
  /** As written, without quotes or slashes. */
  readonly text: string;
  readonly range?: {
    readonly low: string;
    readonly high: string;
    readonly includeLow: boolean;
    readonly includeHigh: boolean;
    readonly lowQuoted: boolean;
    readonly highQuoted: boolean;
  };
}

const SPACE = /[ \t\n\r\u3000]/;
const NOT_START = /[ \t\n\r\u3000+\-!():^[\]"{}~*?\\/]/;

export const syntax = (message: string, where: Span, help?: string): QueryFailure =>
  new QueryFailure(message, {
    span: where,
    why: 'Elasticsearch cannot parse the query text and refuses the search',
    ...(help === undefined ? {} : { help }),
  });

/** Tokens of Lucene's classic query syntax (lucene: queryparser/classic/QueryParser.jj). Throws a QueryFailure. */
export function lexLucene(text: string): readonly LuceneToken[] {
  const tokens: LuceneToken[] = [];
  let at = 0;
  const add = (kind: LuceneTokenKind, start: number, content: string): void => {
    tokens.push({ kind, text: content, start, end: at });
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    const start = at;
    if (SPACE.test(character)) {
      at++;
      continue;
    }
    if (character === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      if (at >= text.length)
        throw syntax('the quoted text has no end', span(start, start + 1), 'close it with a double quote');
      at++;
      add('quoted', start, text.slice(start + 1, at - 1));
      continue;
    }
    if (character === '/') {
      at++;
      while (at < text.length && text[at] !== '/') at += text[at] === '\\' && text[at + 1] === '/' ? 2 : 1;
      if (at >= text.length)
        throw syntax(
          '"/" begins a regular expression that has no end',
          span(start, start + 1),
          'escape a literal slash as \\/ or put the value in quotes',
        );
      at++;
      add('regexp', start, text.slice(start + 1, at - 1));
      continue;
    }
    if (character === '[' || character === '{') {
      const found = lexRange(text, start);
      at = found.end;
      tokens.push(found);
      continue;
    }
    if (character === '~') {
      at++;
      const digits = /^\d+(?:\.\d+)?/.exec(text.slice(at, at + 20))?.[0] ?? '';
      at += digits.length;
      add('fuzzy', start, digits);
      continue;
    }
    if (character === '^') {
      at++;
      const digits = /^\s*\d+(?:\.\d+)?/.exec(text.slice(at, at + 24))?.[0];
      if (digits === undefined)
        throw syntax('"^" needs a number behind it', span(start, at), 'escape a literal one as \\^');
      at += digits.length;
      add('^', start, digits);
      continue;
    }
    if (character === '!') {
      at++;
      add('not', start, character);
      continue;
    }
    if (character === '+' || character === '-' || character === '(' || character === ')' || character === ':') {
      at++;
      add(character, start, character);
      continue;
    }
    if (character === ']' || character === '}')
      throw syntax(`"${character}" closes nothing`, span(start, start + 1), `escape a literal one as \\${character}`);
    lexTerm();
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;

  function lexTerm(): void {
    const start = at;
    while (at < text.length) {
      const character = text[at] ?? '';
      if (character === '\\') {
        if (at + 1 >= text.length)
          throw syntax('the query ends after a backslash', span(at, at + 1), 'write \\\\ for a backslash');
        at += 2;
      } else if (character === '*' || character === '?') at++;
      else if (NOT_START.test(character) && !((character === '+' || character === '-') && at > start)) break;
      else at++;
    }
    const written = text.slice(start, at);
    const bare = written.replace(/\\[\s\S]/g, '__');
    const wild = /[*?]/.test(bare);
    const kind: LuceneTokenKind = !wild
      ? written === 'AND' || written === '&&'
        ? 'and'
        : written === 'OR' || written === '||'
          ? 'or'
          : written === 'NOT'
            ? 'not'
            : 'term'
      : bare === '*'
        ? 'star'
        : /^[^*?]+\*$/.test(bare)
          ? 'prefix'
          : 'wild';
    add(kind, start, written);
  }
}

function lexRange(text: string, start: number): LuceneToken {
  const found =
    /^([[{])\s*(?:"((?:[^"\\]|\\.)*)"|((?:[^\s\]}"])+))\s+TO\s+(?:"((?:[^"\\]|\\.)*)"|((?:[^\s\]}"])+))\s*([\]}])/.exec(
      text.slice(start),
    );
  if (found === null)
    throw syntax(
      'a range is written [low TO high]',
      span(start, start + 1),
      'TO is upper case; { and } exclude an end; * leaves it open',
    );
  const [whole, open, quotedLow, low, quotedHigh, high, close] = found;
  return {
    kind: 'range',
    text: whole,
    start,
    end: start + whole.length,
    range: {
      low: quotedLow ?? low ?? '',
      high: quotedHigh ?? high ?? '',
      includeLow: open === '[',
      includeHigh: close === ']',
      lowQuoted: quotedLow !== undefined,
      highQuoted: quotedHigh !== undefined,
    },
  };
}

/** The text without its escapes; `\uXXXX` is that character. Throws a QueryFailure for a broken escape. */
export function unescape(text: string, where: Span): string {
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
