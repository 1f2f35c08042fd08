import { javaTrim } from '../../text/java-trim.ts';
import type { Span } from '../../text/span.ts';
import type { Bool, Query, QueryString } from '../algebra/query.ts';
import type { RunContext } from '../run/context.ts';
import { occurrences, type LuceneClause, type LuceneGroup, type LuceneNode } from './ast.ts';
import { Clauses } from './clauses.ts';
import { parseLucene } from './parse.ts';
import { LuceneSyntax } from './syntax.ts';

/**
 * A query_string as algebra: Lucene's classic syntax with Elasticsearch's additions (elasticsearch:
 * server/src/main/java/org/elasticsearch/index/search/QueryStringQueryParser.java). Throws a QueryFailure for a text that
 * cannot be parsed and for values that a field's type refuses.
 */
export function lowerQueryString(node: QueryString, context: RunContext): Query {
  const text = node.escape === true ? escapeAll(node.query) : node.query;
  if (javaTrim(text) === '') return { kind: 'match_none' };
  const query = new Lowering(node, context).group(parsed(text, node.span)) ?? { kind: 'match_none' };
  return withMinimum(query, node.minimumShouldMatch);
}

/** A text that KQL or a filter made stands for a value elsewhere: its faults are shown there. */
function parsed(text: string, where: Span | undefined): LuceneGroup {
  try {
    return parseLucene(text);
  } catch (error) {
    if (!(error instanceof LuceneSyntax) || where === undefined || where.end - where.start === text.length) throw error;
    throw new LuceneSyntax(error.message, {
      span: where,
      ...(error.why === undefined ? {} : { why: error.why }),
      ...(error.help === undefined ? {} : { help: error.help }),
    });
  }
}

/** lucene: QueryParserBase.escape */
const escapeAll = (text: string): string => text.replace(/[\\+\-!():^[\]"{}~*?|&/]/g, '\\$&');

/** minimum_should_match counts the optional clauses of the whole query; a query of one clause has none. */
function withMinimum(query: Query, spec: string | number | undefined): Query {
  if (spec === undefined) return query;
  if (query.kind === 'match') return { ...query, minimumShouldMatch: spec };
  if (query.kind !== 'bool') return query;
  const negative = query.must === undefined && query.should === undefined;
  return { ...query, ...(negative ? { filter: [{ kind: 'match_all' }] } : {}), minimumShouldMatch: spec };
}

class Lowering {
  readonly #node: QueryString;
  readonly #clauses: Clauses;

  constructor(node: QueryString, context: RunContext) {
    this.#node = node;
    this.#clauses = new Clauses(node, context);
  }

  /** Undefined: nothing is left of the clauses once the texts without a token are gone. */
  group({ clauses }: LuceneGroup, field?: string): Query | undefined {
    const queries = clauses.map(({ node }) => this.#query(node, field));
    const occurs = occurrences(clauses, this.#node.defaultOperator ?? 'or', (index) => queries[index] === undefined);
    const parts = { must: [] as Query[], should: [] as Query[], mustNot: [] as Query[] };
    queries.forEach((query, index) => {
      if (query === undefined) return;
      const occur = occurs[index];
      const list = occur === 'required' ? parts.must : occur === 'optional' ? parts.should : parts.mustNot;
      list.push(...this.#flat(clauses[index], query, field));
    });
    const count = parts.must.length + parts.should.length + parts.mustNot.length;
    if (count === 0) return undefined;
    const [only] = queries;
    if (count === 1 && only !== undefined && clauses[0]?.modifier === undefined) return only;
    const bool: Bool = {
      kind: 'bool',
      ...(parts.must.length > 0 ? { must: parts.must } : {}),
      ...(parts.should.length > 0 ? { should: parts.should } : {}),
      ...(parts.mustNot.length > 0 ? { mustNot: parts.mustNot } : {}),
    };
    return bool;
  }

  /** The tokens of several bare terms on one text field are clauses of the list itself; that matters to their count only. */
  #flat(clause: LuceneClause | undefined, query: Query, field: string | undefined): readonly Query[] {
    if (clause?.merged !== true || this.#node.minimumShouldMatch === undefined || query.kind !== 'match')
      return [query];
    return this.#clauses.tokens(query, field) ?? [query];
  }

  #query(node: LuceneNode, inherited: string | undefined): Query | undefined {
    const field = node.field ?? inherited;
    // A query_string that KQL made stands for a value of its text; spans of the tokens mean nothing there.
    const where = this.#place(node.span);
    switch (node.kind) {
      case 'group':
        return this.group(node, field);
      case 'text':
        return this.#clauses.text(field, node.text, where);
      case 'phrase':
        return this.#clauses.phrase(field, node.text, node.slop, where);
      case 'prefix':
        return this.#clauses.prefix(field, node.text, where);
      case 'star':
        return this.#clauses.star(field, where);
      case 'wildcard':
        return this.#clauses.wildcard(field, node.pattern, where);
      case 'regexp':
        return this.#clauses.regexp(field, node.pattern, where);
      case 'fuzzy':
        return this.#clauses.fuzzy(field, node.text, node.edits, where);
      case 'range':
        return this.#clauses.range(
          field,
          { low: node.low, high: node.high, includeLow: node.includeLow, includeHigh: node.includeHigh },
          where,
        );
    }
  }

  #place(inText: Span): Span {
    const { span, query } = this.#node;
    return span === undefined || (span.start === 0 && span.end === query.length) ? inText : span;
  }
}
