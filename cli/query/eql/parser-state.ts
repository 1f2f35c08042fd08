import { span, type Span } from '../../text/span.ts';
import type { EqlDiagnostic } from './diagnostic.ts';
import type { Token } from './lexer.ts';

/** Deepest nesting of parentheses and calls that is read; more is refused, so that no later pass can run out of stack. */
export const MAX_DEPTH = 500;

/** Thrown inside the parser to leave a construct; caught where reading can go on. Never leaves the parser. */
export class Abandon extends Error {}

/** Tokens, a place among them, and what was found wrong so far. */
export class ParserState {
  readonly tokens: readonly Token[];
  readonly diagnostics: EqlDiagnostic[];
  #at = 0;
  depth = 0;

  constructor(tokens: readonly Token[], diagnostics: readonly EqlDiagnostic[]) {
    this.tokens = tokens;
    this.diagnostics = [...diagnostics];
  }

  get at(): number {
    return this.#at;
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.#at + ahead, this.tokens.length - 1)] ?? END;
  }

  get previous(): Token {
    return this.tokens[Math.max(0, this.#at - 1)] ?? END;
  }

  next(): Token {
    const token = this.peek();
    if (this.#at < this.tokens.length - 1) this.#at++;
    return token;
  }

  /** Whether an operator or a keyword stands here. Keywords are lower case only. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'operator' || token.kind === 'identifier') && token.text === text;
  }

  accept(text: string): Token | undefined {
    return this.is(text) ? this.next() : undefined;
  }

  expect(text: string, message: string, help: string): Token {
    if (this.is(text)) return this.next();
    return this.abandon(this.peek(), message, help);
  }

  report(where: Span, message: string, help?: string, more: { why?: string; label?: string } = {}): void {
    const { start, end } = where;
    this.diagnostics.push({
      id: 'query/syntax',
      errorType: 'parsing_exception',
      severity: 'error',
      message,
      span: span(start, Math.max(end, start)),
      ...(help === undefined ? {} : { help }),
      ...more,
    });
  }

  abandon(where: Span, message: string, help?: string, more: { why?: string; label?: string } = {}): never {
    this.report(where, message, help, more);
    throw new Abandon();
  }

  /** Skips to one of these at the same level of brackets, or to the end. */
  skipTo(stops: readonly string[]): void {
    let level = 0;
    for (;;) {
      const token = this.peek();
      if (token.kind === 'end') return;
      if (token.kind === 'operator') {
        if (level === 0 && stops.includes(token.text)) return;
        if (token.text === '(' || token.text === '[' || token.text === '![') level++;
        if (token.text === ')' || token.text === ']') level = Math.max(0, level - 1);
      }
      this.next();
    }
  }
}

const END: Token = { kind: 'end', text: '', start: 0, end: 0 };

/** A token as a person would name it. */
export const describe = (token: Token): string =>
  token.kind === 'end' ? 'the end of the query' : token.kind === 'string' ? 'a string' : `"${token.text}"`;
