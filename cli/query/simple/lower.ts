import { javaTrim } from '../../text/java-trim.ts';
import { analyze, lowerCase } from '../../fields/analysis/index.ts';
import type { Field } from '../../fields/mapping.ts';
import type { Bool, Match, MatchPhrase, Query, SimpleQueryString } from '../algebra/query.ts';
import { Unsupported } from '../failure.ts';
import type { RunContext } from '../run/context.ts';
import { holdsText, searchedFields, type SearchedFields } from '../run/default-fields.ts';
import { hasNoWords } from '../run/leaf/keyword-words.ts';
import { quoteAnalyzerOf, searchAnalyzerOf } from '../run/leaf/text-analyzers.ts';
import { operatorsOf } from './flags.ts';
import { parseSimpleQuery, type SimpleTerm } from './parse.ts';

/**
 * A simple_query_string as algebra. It never fails on syntax, and a text that comes to nothing is read as if it were not there
 * (elasticsearch:server/src/main/java/org/elasticsearch/index/search/SimpleQueryStringQueryParser.java).
 */
export function lowerSimpleQuery(node: SimpleQueryString, context: RunContext): Query {
  const { query, defaultOperator = 'or', minimumShouldMatch: spec } = node;
  if (javaTrim(query) === '*') return { kind: 'match_all' };
  const clauses = new Clauses(node, context);
  const made = parseSimpleQuery(query, defaultOperator, operatorsOf(node.flags), (term) => clauses.of(term));
  if (made === undefined) return { kind: 'match_none', reason: 'it holds nothing to look for' };
  const isCounted = made.kind === 'bool' || (made.kind === 'match' && !clauses.isBoosted(made.field));
  return spec !== undefined && isCounted ? { ...made, minimumShouldMatch: spec } : made;
}

const isText = ({ type }: Field): boolean => type === 'text' || type === 'match_only_text';

class Clauses {
  readonly #context: RunContext;
  readonly #searched: SearchedFields;
  readonly #lenient: boolean;
  readonly #analyzeWildcard: boolean;
  readonly #all: boolean;

  constructor({ fields, lenient, analyzeWildcard, defaultOperator }: SimpleQueryString, context: RunContext) {
    this.#context = context;
    this.#searched = searchedFields(fields, context);
    this.#lenient = lenient ?? this.#searched.everything;
    this.#analyzeWildcard = analyzeWildcard === true;
    this.#all = defaultOperator === 'and';
  }

  isBoosted(field: string): boolean {
    return this.#searched.boosted.has(field);
  }

  of(term: SimpleTerm): Query | undefined {
    const { fields } = this.#searched;
    const queries = fields.map((field) => this.#on(field, term)).filter((query) => query !== undefined);
    const [only] = queries;
    if (queries.length === 1) return only;
    // Of fields that are all unmapped a prefix makes no clause, anything else one that matches nothing.
    if (queries.length === 0 && (fields.length > 0 || term.kind === 'prefix')) return undefined;
    return { kind: 'dis_max', queries };
  }

  /** Undefined: the text has no word for the field. */
  #on(field: Field, term: SimpleTerm): Query | undefined {
    const { name } = field;
    const lenient = this.#lenient;
    switch (term.kind) {
      case 'text':
        return this.#unlessEmpty(
          field,
          { kind: 'match', field: name, query: term.text, lenient, ...(this.#all ? { operator: 'and' } : {}) },
          searchAnalyzerOf,
        );
      case 'phrase':
        return this.#unlessEmpty(
          field,
          { kind: 'match_phrase', field: name, query: term.text, slop: term.slop, lenient },
          quoteAnalyzerOf,
        );
      case 'fuzzy':
        return { kind: 'fuzzy', field: name, value: this.#normal(field, term.text), fuzziness: term.edits, lenient };
      case 'prefix':
        return this.#analyzeWildcard && holdsText(field)
          ? this.#words(field, term.text)
          : { kind: 'prefix', field: name, value: this.#normal(field, term.text), lenient, fromQueryString: true };
    }
  }

  /** Undefined: the field splits the text into words, and there are none. */
  #unlessEmpty(field: Field, query: Match | MatchPhrase, analyzerOf: typeof searchAnalyzerOf): Query | undefined {
    const { mapping } = this.#context;
    const none = isText(field)
      ? analyze(String(query.query), analyzerOf(field, mapping)).length === 0
      : hasNoWords(field, query, this.#context);
    return none ? undefined : query;
  }

  /** What the analyzer of a text field does to letters; keywords are normalised when their clause is compiled. */
  #normal(field: Field, text: string): string {
    return isText(field) && searchAnalyzerOf(field, this.#context.mapping).lowercase ? lowerCase(text) : text;
  }

  /**
   * The words of a prefix, the last of which is one. It is looked for among the terms of the very name, of which types without texts
   * have none, and neither has an alias.
   */
  #words(field: Field, text: string): Query | undefined {
    const { name } = field;
    const tokens = isText(field) ? analyze(text, searchAnalyzerOf(field, this.#context.mapping)) : [{ term: text }];
    const last = tokens.at(-1);
    if (last === undefined) return undefined;
    const prefix = this.#prefixOfTerms(field, last.term);
    if (tokens.length === 1) return prefix;
    const lenient = this.#lenient;
    const words = tokens.slice(0, -1).map(({ term }): Query => ({ kind: 'term', field: name, value: term, lenient }));
    const bool: Bool = { kind: 'bool', [this.#all ? 'must' : 'should']: [...words, prefix] };
    return bool;
  }

  #prefixOfTerms(field: Field, value: string): Query {
    const { name, type } = field;
    if (type === 'wildcard')
      throw new Unsupported(`[simple_query_string] with analyze_wildcard and a prefix on ${name}, a wildcard field,`);
    if (name === '_id' || name === '_index') return { kind: 'match_none', reason: `${name} has no texts in the index` };
    const holdsTerms =
      isText(field) || type === 'keyword' || (type === 'flattened' && field.flattenedRoot === undefined);
    return holdsTerms && field.indexed !== false && field.runtime !== true && !this.#searched.aliased.has(name)
      ? { kind: 'prefix', field: name, value, fromQueryString: true }
      : { kind: 'match_none', reason: `${name} has no texts in the index that could begin so` };
  }
}
