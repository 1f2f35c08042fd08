import { span, type Span } from '../../text/span.ts';
import type { Comment } from './ast.ts';
import type { EqlDiagnostic } from './diagnostic.ts';

export type TokenKind = 'identifier' | 'quoted' | 'string' | 'integer' | 'decimal' | 'operator' | 'end';

/** `text` is the decoded content of strings and quoted identifiers, else the token as written; `written` always is. */
export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
  readonly written: string;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly EqlDiagnostic[];
}

const OPERATORS = [
  '![', '==', '!=', '<=', '>=', '<', '>', '=', '+', '-', '*', '/', '%', ':', '.', ',', '(', ')', '[', ']', '|', '?', '~', '!', '&&', '&',
]; // prettier-ignore

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

const isStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 64;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

/**
 * End of a block comment. Comments nest, so an opening inside one wants a closing of its own; where there is none, the
 * comment ends at the last closing there is. Undefined: it has no end (elasticsearch: x-pack/plugin/eql/src/main/antlr/
 * EqlBase.g4 BRACKETED_COMMENT).
 */
function blockCommentEnd(text: string, start: number): number | undefined {
  const first = text.indexOf('*/', start + 2);
  if (first < 0) return undefined;
  let end = first + 2;
  let depth = 1;
  for (let at = start + 2; depth > 0;) {
    const close = text.indexOf('*/', at);
    if (close < 0) return end;
    const open = text.indexOf('/*', at);
    if (open >= 0 && open < close) {
      depth++;
      at = open + 2;
    } else {
      depth--;
      at = close + 2;
      end = at;
    }
  }
  return end;
}

/** Cuts EQL text into tokens. Never fails: what is no token becomes a diagnostic, and the rest is read on. */
export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const diagnostics: EqlDiagnostic[] = [];
  let at = 0;

  const report = (where: Span, message: string, help: string, why?: string): void => {
    diagnostics.push({
      id: 'query/syntax',
      errorType: 'parsing_exception',
      severity: 'error',
      message,
      span: where,
      help,
      ...(why === undefined ? {} : { why }),
    });
  };
  const add = (kind: TokenKind, start: number, content: string): void => {
    tokens.push({
      kind,
      start,
      end: at,
      text: content,
      written: kind === 'operator' ? content : text.slice(start, at),
    });
  };

  const string = (start: number): void => {
    let content = '';
    at = start + 1;
    for (;;) {
      const character = text[at];
      if (character === undefined || character === '\n' || character === '\r') {
        const escaped = text[at - 1] === '"' && text[at - 2] === '\\';
        report(
          span(start, at),
          'the string has no end',
          escaped
            ? 'the backslash before the last quote escapes it: write \\\\ for a backslash, or a raw string: """…"""'
            : 'close it with a double quote on the same line',
          'strings do not span lines',
        );
        break;
      }
      if (character === '"') {
        at++;
        break;
      }
      if (character !== '\\') {
        content += character;
        at++;
        continue;
      }
      const next = text[at + 1] ?? '';
      if (next === 'u') content += unicode();
      else if (Object.hasOwn(ESCAPES, next)) {
        content += ESCAPES[next] ?? '';
        at += 2;
      } else if (next === '' || next === '\n' || next === '\r') at++;
      else {
        const whole = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
        report(
          span(at, at + 1 + whole.length),
          `\\${whole} is not an escape`,
          `write \\\\${whole} for a backslash, or a raw string: """…"""`,
          'the escapes are \\b \\t \\n \\f \\r \\" \\\' \\\\ and \\u{…}',
        );
        content += next;
        at += 2;
      }
    }
    add('string', start, content);
  };

  const unicode = (): string => {
    const found = /^\\u\{([^}"\n]*)\}/.exec(text.slice(at, at + 24));
    const start = at;
    if (found === null) {
      at += 2;
      report(
        span(start, at),
        'a Unicode escape is written \\u{…}',
        'put 2 to 8 hexadecimal digits in braces, such as \\u{e9}',
      );
      return '';
    }
    at += found[0].length;
    const digits = found[1] ?? '';
    const where = span(start, at);
    if (!/^[0-9a-fA-F]{2,8}$/.test(digits)) {
      report(where, 'a Unicode escape takes 2 to 8 hexadecimal digits', 'such as \\u{0d} or \\u{1f600}');
      return '';
    }
    const code = parseInt(digits, 16);
    if (code > 0x10ffff) report(where, `there is no character U+${digits}`, 'the last one is U+10FFFF');
    else if (code >= 0xd800 && code <= 0xdfff)
      report(
        where,
        `U+${digits} is half of a surrogate pair, not a character`,
        'write the character itself in one escape',
      );
    else return String.fromCodePoint(code);
    return '';
  };

  /** `"""…"""`: no escapes; ends at the first three quotes, up to two more before them belong to the content. */
  const rawString = (start: number): void => {
    const lineEnd = /[\r\n]/.exec(text.slice(start))?.index;
    const limit = lineEnd === undefined ? text.length : start + lineEnd;
    let close = text.indexOf('"""', start + 3);
    if (close < 0 || close >= limit) {
      at = limit;
      report(
        span(start, at),
        'the raw string has no end',
        'close it with """ on the same line',
        'strings do not span lines',
      );
      add('string', start, text.slice(start + 3, at));
      return;
    }
    for (let extra = 0; extra < 2 && text[close + 3] === '"'; extra++) close++;
    at = close + 3;
    add('string', start, text.slice(start + 3, close));
  };

  const quotedIdentifier = (start: number): void => {
    let content = '';
    at = start + 1;
    for (;;) {
      const character = text[at];
      if (character === undefined || character === '\n') {
        report(span(start, at), 'the quoted name has no end', 'close it with a back quote');
        break;
      }
      at++;
      if (character === '`') {
        if (text[at] !== '`') break;
        at++;
        content += '`';
      } else content += character;
    }
    add('quoted', start, content);
  };

  const number = (start: number): void => {
    NUMBER.lastIndex = at;
    const written = NUMBER.exec(text)?.[0] ?? text.charAt(at);
    at += written.length;
    add(/^\d+$/.test(written) ? 'integer' : 'decimal', start, written);
  };

  while (at < text.length) {
    const code = text.charCodeAt(at);
    const start = at;
    if (code === 32 || code === 10 || code === 9 || code === 13) at++;
    else if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      comments.push({ text: text.slice(start, at).replace(/\r$/, ''), block: false, span: span(start, at) });
    } else if (text.startsWith('/*', at)) {
      const end = blockCommentEnd(text, at);
      at = end ?? text.length;
      if (end === undefined) report(span(start, start + 2), 'the comment has no end', 'close it with */');
      comments.push({ text: text.slice(start, at), block: true, span: span(start, at) });
    } else if (text.startsWith('"""', at)) rawString(start);
    else if (code === 34) string(start);
    else if (code === 39 || (code === 63 && /^\?(?:"|')/.test(text.slice(at, at + 2)))) rejectedString(start);
    else if (code === 96) quotedIdentifier(start);
    else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)) && !afterName(tokens, start)))
      number(start);
    else if (isStart(code)) {
      at++;
      while (
        at < text.length &&
        (isStart(text.charCodeAt(at)) || isDigit(text.charCodeAt(at))) &&
        text.charCodeAt(at) !== 64
      )
        at++;
      add('identifier', start, text.slice(start, at));
    } else {
      const operator = OPERATORS.find((one) => text.startsWith(one, at));
      if (operator !== undefined) {
        at += operator.length;
        add('operator', start, operator);
      } else {
        const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
        at += character.length;
        report(
          span(start, at),
          `unexpected character ${JSON.stringify(character)}`,
          'names with other characters than letters, digits, "_" and "." take back quotes',
        );
      }
    }
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length, text: '', written: '' });
  return { tokens, comments, diagnostics };

  /** `'…'`, `?"…"`, `?'…'`: forms of older versions, read whole so that one message says it all. */
  function rejectedString(start: number): void {
    const question = text[start] === '?';
    const quote = text[question ? start + 1 : start] ?? "'";
    at = start + (question ? 2 : 1);
    while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' && !question ? 2 : 1;
    if (text[at] === quote) at++;
    at = Math.min(at, text.length);
    const where = span(start, at);
    if (question)
      report(
        where,
        `${text.slice(start, start + 2)} no longer begins a raw string`,
        'use triple double quotes: """…"""',
      );
    else
      report(
        where,
        'strings take double quotes, not single ones',
        'write "…", or """…""" to keep backslashes as they are',
      );
    add('string', start, text.slice(start + (question ? 2 : 1), Math.max(start + 1, at - 1)));
  }
}

/** Whether a token that begins at `start` continues a name: `a.5` is no number. */
function afterName(tokens: readonly Token[], start: number): boolean {
  const last = tokens.at(-1);
  return last !== undefined && last.end === start && (last.kind === 'identifier' || last.kind === 'quoted');
}
