import { cover, span, type Span } from '../../text/span.ts';
import type { LuceneClause, LuceneGroup, LuceneNode } from './ast.ts';
import { lexLucene, unescape, type LuceneToken, type LuceneTokenKind } from './lexer.ts';
import type { LuceneBound } from './range.ts';
import { syntax } from './syntax.ts';

/** Deepest nesting of parentheses that is read. */
const MAX_DEPTH = 300;

/** Kinds behind a term that keep it from being one text with the terms in front of it. */
const KEEPS_APART: ReadonlySet<LuceneTokenKind> = new Set([':', 'star', 'fuzzy', '^', 'and', 'or']);

/**
 * The syntax tree of a query_string text (lucene: classic/QueryParser.jj). Spans are in the text. Throws a QueryFailure for
 * a text that Elasticsearch cannot parse.
 */
export const parseLucene = (text: string): LuceneGroup => new Parser(text).parse();

class Parser {
  readonly #text: string;
  readonly #tokens: readonly LuceneToken[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = lexLucene(text);
  }

  #peek(ahead = 0): LuceneToken {
    const { length } = this.#text;
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', start: length, end: length }; // prettier-ignore
  }

  #next(): LuceneToken {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  parse(): LuceneGroup {
    const clauses = this.#clauses();
    const rest = this.#peek();
    if (rest.kind === ')')
      throw syntax('")" closes nothing', spanOf(rest), 'take it out, or escape a literal one as \\)');
    if (rest.kind !== 'end') throw this.#unexpected(rest);
    return { kind: 'group', clauses, span: span(0, this.#text.length) };
  }

  #clauses(): readonly LuceneClause[] {
    if (++this.#depth > MAX_DEPTH)
      throw syntax(`the query is nested more than ${MAX_DEPTH} levels deep`, spanOf(this.#peek()), 'write it flatter');
    const clauses: LuceneClause[] = [];
    do {
      const merged = this.#merged();
      if (merged !== undefined) clauses.push({ merged: true, node: merged });
      else {
        const conjunction = clauses.length === 0 ? undefined : this.#conjunction();
        const modifier = this.#modifier();
        clauses.push({
          ...(conjunction === undefined ? {} : { conjunction }),
          ...(modifier === undefined ? {} : { modifier }),
          node: this.#clause(),
        });
      }
    } while (this.#peek().kind !== 'end' && this.#peek().kind !== ')');
    this.#depth--;
    return clauses;
  }

  /** Bare terms in a row are one text for the field, unless the last of them belongs to something else. */
  #merged(): LuceneNode | undefined {
    const joins = (ahead: number): boolean =>
      this.#peek(ahead).kind === 'term' && !KEEPS_APART.has(this.#peek(ahead + 1).kind);
    if (this.#peek().kind !== 'term' || !joins(1)) return undefined;
    const first = this.#next();
    const words = [first];
    while (joins(0)) words.push(this.#next());
    const where = span(first.start, words.at(-1)?.end ?? first.end);
    return { kind: 'text', text: words.map((word) => unescape(word.text, spanOf(word))).join(' '), span: where };
  }

  #conjunction(): 'and' | 'or' | undefined {
    const { kind } = this.#peek();
    if (kind !== 'and' && kind !== 'or') return undefined;
    this.#at++;
    return kind;
  }

  #modifier(): 'not' | 'required' | undefined {
    const { kind } = this.#peek();
    if (kind !== '+' && kind !== '-' && kind !== 'not') return undefined;
    this.#at++;
    return kind === '+' ? 'required' : 'not';
  }

  #clause(): LuceneNode {
    const first = this.#peek();
    let field: string | undefined;
    if ((first.kind === 'term' || first.kind === 'star') && this.#peek(1).kind === ':') {
      field = first.kind === 'star' ? '*' : unescape(first.text, spanOf(first));
      this.#at += 2;
    }
    const node = this.#peek().kind === '(' ? this.#group() : this.#term(field);
    return field === undefined ? node : { ...node, field, span: cover(spanOf(first), node.span) };
  }

  #group(): LuceneNode {
    const open = this.#next();
    if (this.#peek().kind === ')')
      throw syntax(
        'the parentheses are empty',
        span(open.start, this.#peek().end),
        'put a term between them, or escape them as \\( and \\)',
      );
    const clauses = this.#clauses();
    const close = this.#next();
    if (close.kind !== ')')
      throw syntax('the parenthesis is not closed', spanOf(open), 'close it, or escape it as \\(');
    return { kind: 'group', clauses, ...this.#boost(), span: span(open.start, close.end) };
  }

  #boost(): { readonly boost?: string } {
    return this.#peek().kind === '^' ? { boost: this.#next().text } : {};
  }

  /** `^n` and `~n`, in either order. */
  #suffix(): { readonly boost?: string; readonly tilde?: string } {
    const before = this.#boost();
    const tilde = this.#peek().kind === 'fuzzy' ? { tilde: this.#next().text } : {};
    return { ...before, ...tilde, ...(before.boost === undefined && tilde.tilde !== undefined ? this.#boost() : {}) };
  }

  #term(field: string | undefined): LuceneNode {
    const token = this.#next();
    const where = spanOf(token);
    switch (token.kind) {
      case 'term':
      case 'bare': {
        const text = unescape(token.text, where);
        const { tilde, ...boost } = this.#suffix();
        return tilde === undefined
          ? { kind: 'text', text, ...boost, span: where }
          : { kind: 'fuzzy', text, edits: tilde, ...boost, span: where };
      }
      case 'star':
        return { kind: 'star', ...this.#plain(), span: where };
      case 'prefix':
        return { kind: 'prefix', text: unescape(token.text.slice(0, -1), where), ...this.#plain(), span: where };
      case 'wild':
        unescape(token.text, where);
        return { kind: 'wildcard', pattern: token.text, ...this.#plain(), span: where };
      case 'regexp':
        // With its slashes, so that a backslash before the last one is no fault of the syntax (QueryParserBase.handleBareTokenQuery).
        unescape(`/${token.text}/`, where);
        return { kind: 'regexp', pattern: token.text, ...this.#plain(), span: where };
      case 'quoted': {
        const { tilde, ...boost } = this.#suffix();
        const text = unescape(token.text, where);
        return { kind: 'phrase', text, ...(tilde === undefined ? {} : { slop: tilde }), ...boost, span: where };
      }
      case 'range':
        return { ...range(token, where), ...this.#boost() };
      case 'end':
        throw syntax(
          field === undefined ? 'the query ends where a term is expected' : `${field}: has no value behind it`,
          span(Math.max(0, this.#text.trimEnd().length - 1), Math.max(1, this.#text.trimEnd().length)),
          field === undefined ? 'an operator needs a term behind it' : 'write field:value, or field:* for any value',
        );
      default:
        throw this.#unexpected(token);
    }
  }

  /** A tilde behind a pattern is read and means nothing. */
  #plain(): { readonly boost?: string } {
    const { boost } = this.#suffix();
    return boost === undefined ? {} : { boost };
  }

  #unexpected(token: LuceneToken): Error {
    const where = spanOf(token);
    const word = this.#text.slice(token.start, token.end);
    switch (token.kind) {
      case 'and':
      case 'or':
      case 'not':
        return syntax(
          `${word} stands where a term is expected`,
          where,
          `operators stand between terms, one at a time; to search for the word write "${word}" in quotes`,
        );
      case ':':
        return syntax(
          'a second ":" in one term',
          where,
          'escape a colon inside a value as \\: or put the value in quotes',
        );
      case ')':
        return syntax('")" stands where a term is expected', where, 'take it out, or escape a literal one as \\)');
      case '+':
      case '-':
        return syntax(`"${word}" stands where a term is expected`, where, `escape a literal one as \\${word}`);
      case 'fuzzy':
      case '^':
        return syntax(
          `"${word}" has no term in front of it`,
          where,
          `escape a literal ${word[0] ?? ''} as \\${word[0] ?? ''}`,
        );
      default:
        return syntax(`"${word}" is not expected here`, where, 'escape special characters with a backslash');
    }
  }
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });

function range(token: LuceneToken, where: Span): LuceneNode {
  const { range: found } = token;
  if (found === undefined) throw syntax('a range without ends', where);
  // elasticsearch: QueryStringQueryParser.getRangeQuery reads a star as open, quoted or not
  const bound = (one: LuceneBound): string | undefined => {
    const text = unescape(one.text, where);
    return text === '*' ? undefined : text;
  };
  return {
    kind: 'range',
    low: bound(found.low),
    high: bound(found.high),
    includeLow: found.includeLow,
    includeHigh: found.includeHigh,
    span: where,
  };
}
