import { span as spanOf, type Span } from '../../text/span.ts';
import type { Query, QueryString } from '../algebra/query.ts';
import { QueryFailure } from '../failure.ts';
import type { RunContext } from '../run/context.ts';
import { Clauses } from './clauses.ts';
import { lexLucene, syntax, unescape, type LuceneToken } from './lexer.ts';

const MAX_DEPTH = 300;

/**
 * A query_string as algebra: Lucene's classic syntax with Elasticsearch's additions (lucene: QueryParser.jj,
 * QueryParserBase.java; elasticsearch: QueryStringQueryParser.java). Throws a QueryFailure for syntax errors.
 */
export function lowerQueryString(node: QueryString, context: RunContext): Query {
  if (node.query.trim() === '') return { kind: 'match_none' };
  const query = new Parser(node, context).parse() ?? { kind: 'match_none' };
  const { minimumShouldMatch } = node;
  return minimumShouldMatch !== undefined && query.kind === 'bool' ? { ...query, minimumShouldMatch } : query;
}

type Occur = 'required' | 'optional' | 'prohibited';

interface Clause {
  occur: Occur;
  readonly query: Query;
}

class Parser {
  readonly #tokens: readonly LuceneToken[];
  readonly #node: QueryString;
  readonly #clauses: Clauses;
  #at = 0;
  #depth = 0;

  constructor(node: QueryString, context: RunContext) {
    this.#node = node;
    this.#tokens = lexLucene(node.query);
    this.#clauses = new Clauses(node, context);
  }

  #peek(ahead = 0): LuceneToken {
    return (
      this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? { kind: 'end', text: '', start: 0, end: 0 }
    );
  }

  #next(): LuceneToken {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  /** Spans of the tokens are in the query text; a query_string that KQL made stands for a value elsewhere. */
  #place(token: Span): Span {
    return this.#node.span ?? spanOf(token.start, token.end);
  }

  parse(): Query | undefined {
    const query = this.#query(undefined);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw syntax(`"${rest.text}" is not expected here`, this.#place(rest));
    return query;
  }

  #query(field: string | undefined): Query | undefined {
    if (++this.#depth > MAX_DEPTH)
      throw syntax(`the query is nested more than ${MAX_DEPTH} levels deep`, this.#place(this.#peek()));
    const clauses: Clause[] = [];
    let first = true;
    while (first || !['end', ')'].includes(this.#peek().kind)) {
      const merged = this.#multiTerm(field);
      if (merged !== undefined) {
        if (merged.query !== undefined)
          clauses.push({ occur: this.#node.defaultOperator === 'and' ? 'required' : 'optional', query: merged.query });
      } else {
        const conjunction = first ? undefined : this.#conjunction();
        const modifier = this.#modifier();
        this.#add(clauses, conjunction, modifier, this.#clause(field));
      }
      first = false;
    }
    this.#depth--;
    return build(clauses);
  }

  /** Bare terms in a row are one text for the field, unless the last of them belongs to something else. */
  #multiTerm(field: string | undefined): { readonly query: Query | undefined } | undefined {
    const follows = (ahead: number): boolean =>
      this.#peek(ahead).kind === 'term' &&
      ![':', 'star', 'fuzzy', '^', 'and', 'or'].includes(this.#peek(ahead + 1).kind);
    if (this.#peek().kind !== 'term' || !follows(1)) return undefined;
    const start = this.#next();
    let text = start.text;
    let end = start.end;
    while (follows(0)) {
      const token = this.#next();
      text += ` ${token.text}`;
      end = token.end;
    }
    const where = this.#place(spanOf(start.start, end));
    return { query: this.#clauses.text(field, unescape(text, where), where) };
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

  /** lucene: QueryParserBase.addClause */
  #add(
    clauses: Clause[],
    conjunction: 'and' | 'or' | undefined,
    modifier: 'not' | 'required' | undefined,
    query: Query | undefined,
  ): void {
    const previous = clauses.at(-1);
    const all = this.#node.defaultOperator === 'and';
    if (previous !== undefined && previous.occur !== 'prohibited') {
      if (conjunction === 'and') previous.occur = 'required';
      if (all && conjunction === 'or') previous.occur = 'optional';
    }
    if (query === undefined) return;
    let occur: Occur = 'optional';
    if (modifier === 'not') occur = 'prohibited';
    else if (all) occur = conjunction === 'or' ? 'optional' : 'required';
    else if (modifier === 'required' || conjunction === 'and') occur = 'required';
    if (modifier === 'required') occur = 'required';
    clauses.push({ occur, query });
  }

  #clause(field: string | undefined): Query | undefined {
    let target = field;
    const token = this.#peek();
    if ((token.kind === 'term' || token.kind === 'star') && this.#peek(1).kind === ':') {
      target = token.kind === 'star' ? '*' : unescape(token.text, this.#place(token));
      this.#at += 2;
    }
    const start = this.#peek();
    if (start.kind === '(') {
      this.#at++;
      const query = this.#query(target);
      if (this.#peek().kind !== ')')
        throw syntax('the parenthesis is not closed', this.#place(start), 'close it, or escape it as \\(');
      this.#at++;
      this.#boost();
      return query;
    }
    return this.#term(target);
  }

  #boost(): void {
    if (this.#peek().kind === '^') this.#at++;
  }

  #term(field: string | undefined): Query | undefined {
    const token = this.#next();
    const where = this.#place(token);
    switch (token.kind) {
      case 'term': {
        let fuzzy = this.#fuzzy();
        this.#boost();
        fuzzy ??= this.#fuzzy();
        const text = unescape(token.text, where);
        return fuzzy === undefined
          ? this.#clauses.text(field, text, where)
          : this.#clauses.fuzzy(field, text, fuzzy, where);
      }
      case 'star':
        this.#boost();
        return this.#clauses.star(field, where);
      case 'prefix':
        this.#boost();
        return this.#clauses.prefix(field, unescape(token.text.slice(0, -1), where), where);
      case 'wild':
        this.#boost();
        return this.#clauses.wildcard(field, token.text, where);
      case 'regexp':
        this.#boost();
        return this.#clauses.regexp(field, token.text, where);
      case 'quoted': {
        const slop = this.#fuzzy();
        this.#boost();
        return this.#clauses.phrase(
          field,
          unescape(token.text, where),
          slop === undefined || slop === '' ? 0 : Math.trunc(Number(slop)),
          where,
        );
      }
      case 'range': {
        this.#boost();
        const { range } = token;
        if (range === undefined) throw new QueryFailure('a range without ends', { span: where });
        const bound = (text: string, quoted: boolean): string | undefined =>
          text === '*' && !quoted ? undefined : unescape(text, where);
        return this.#clauses.range(
          field,
          {
            low: bound(range.low, range.lowQuoted),
            high: bound(range.high, range.highQuoted),
            includeLow: range.includeLow,
            includeHigh: range.includeHigh,
          },
          where,
        );
      }
      case 'end':
        throw syntax(
          'the query ends where a term is expected',
          this.#place(spanOf(Math.max(0, token.start - 1), token.end)),
        );
      default:
        throw syntax(
          `"${token.text}" is not expected here`,
          where,
          'operators stand between terms; escape special characters with a backslash',
        );
    }
  }

  #fuzzy(): string | undefined {
    return this.#peek().kind === 'fuzzy' ? this.#next().text : undefined;
  }
}

/** A required clause makes optional ones irrelevant; prohibitions alone are a complement. */
function build(clauses: readonly Clause[]): Query | undefined {
  const of = (occur: Occur): Query[] => clauses.filter((one) => one.occur === occur).map((one) => one.query);
  const [must, should, mustNot] = [of('required'), of('optional'), of('prohibited')];
  if (clauses.length === 0) return undefined;
  const [only] = should;
  if (clauses.length === 1 && only !== undefined) return only;
  return {
    kind: 'bool',
    ...(must.length > 0 ? { must } : {}),
    ...(should.length > 0 ? { should } : {}),
    ...(mustNot.length > 0 ? { mustNot } : {}),
  };
}
