import { span, type Span } from '../../text/span.ts';
import type { EqlDiagnostic } from './diagnostic.ts';
import type { Token } from './lexer.ts';

/**
 * Deepest nesting that is read: parentheses, calls, chains of `not` and of arithmetic. More is refused, so that no later
 * pass can run out of stack. Elasticsearch itself gives up somewhere above 1,000 levels.
 */
export const MAX_DEPTH = 300;

/** Thrown inside the parser to leave a construct; caught where reading can go on. Never leaves the parser. */
export class Abandon extends Error {}
/** Leaves the whole statement or term: nothing that follows could be read with sense. */
export class AbandonAll extends Abandon {}

/** Keywords, which are lower case only; as names they take back quotes. `runs` is only special behind `with`. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'and', 'any', 'by', 'false', 'in', 'join', 'like', 'maxspan', 'not', 'null', 'of', 'or', 'regex', 'sample', 'sequence',
  'true', 'until', 'where', 'with',
]); // prettier-ignore

/** Tokens, a place among them, and what was found wrong so far. */
export class ParserState {
  readonly tokens: readonly Token[];
  readonly diagnostics: EqlDiagnostic[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], diagnostics: readonly EqlDiagnostic[]) {
    this.tokens = tokens;
    this.diagnostics = [...diagnostics];
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

  /** Leaves a construct whose fault has been reported. */
  abandonHere(): never {
    throw new Abandon();
  }

  get depth(): number {
    return this.#depth;
  }

  /** Takes up reading at the depth where a construct began that was abandoned. Throws what has to leave more than that. */
  recover(error: unknown, depth: number): void {
    if (!(error instanceof Abandon) || error instanceof AbandonAll) throw error;
    this.#depth = depth;
  }

  /** Reads something, or gives undefined where it was abandoned. */
  attempt<T>(read: () => T): T | undefined {
    const depth = this.#depth;
    try {
      return read();
    } catch (error) {
      this.recover(error, depth);
      return undefined;
    }
  }

  /** As `attempt`, where even a statement that makes no sense any more ends. */
  attemptAll<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Abandon)) throw error;
      this.#depth = 0;
      return undefined;
    }
  }

  /** Goes `levels` deeper; `leave` comes back. No closure, so that a level costs little stack. */
  enter(levels = 1): void {
    this.#depth += levels;
    if (this.#depth > MAX_DEPTH) this.tooDeep();
  }

  leave(levels = 1): void {
    this.#depth -= levels;
  }

  tooDeep(): never {
    this.report(this.peek(), `the expression is nested more than ${MAX_DEPTH} levels deep`, 'write it flatter', {
      why: 'Elasticsearch gives up on deep nesting as well',
    });
    throw new AbandonAll();
  }

  /** Skips to one of these at the same level of brackets, or to the end. */
  skipTo(stops: readonly string[]): void {
    let level = 0;
    for (;;) {
      const { kind, text } = this.peek();
      if (kind === 'end') return;
      if (level === 0 && (kind === 'operator' || kind === 'identifier') && stops.includes(text)) return;
      if (kind === 'operator') {
        if (text === '(' || text === '[' || text === '![') level++;
        if (text === ')' || text === ']') level = Math.max(0, level - 1);
      }
      this.next();
    }
  }
}

const END: Token = { kind: 'end', text: '', written: '', start: 0, end: 0 };

/** A token as a person would name it. */
export function describe(token: Token): string {
  if (token.kind === 'end') return 'the end of the query';
  if (token.kind === 'string') return 'a string';
  return `"${token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text}"`;
}
