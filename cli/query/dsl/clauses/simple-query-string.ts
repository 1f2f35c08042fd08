import { own, type Json, type JsonObject } from '../../../text/json.ts';
import type { Query } from '../../algebra/query.ts';
import { parseSimpleQuery, type SimpleNode, type SimpleOperator } from '../simple-query-parser.ts';
import { Unsupported } from '../../failure.ts';
import { flag, given, minimum, object, only, operator, refuse, text, type ClauseParser } from '../read.ts';

const FLAGS: ReadonlyMap<string, SimpleOperator> = new Map([
  ['AND', 'and'], ['NOT', 'not'], ['OR', 'or'], ['PREFIX', 'prefix'], ['PHRASE', 'phrase'], ['PRECEDENCE', 'precedence'],
  ['ESCAPE', 'escape'], ['WHITESPACE', 'whitespace'], ['FUZZY', 'fuzzy'], ['NEAR', 'near'], ['SLOP', 'near'],
]); // prettier-ignore

/** `AND|OR|PREFIX`, ALL or NONE. */
function operatorsOf(value: Json | undefined): ReadonlySet<SimpleOperator> {
  const all = new Set(FLAGS.values());
  if (value === undefined || value === -1) return all;
  if (typeof value !== 'string') throw new Unsupported('[simple_query_string] with flags by number');
  const names = value.split('|').map((name) => name.trim().toUpperCase());
  if (names.includes('ALL')) return all;
  return new Set(
    names
      .filter((name) => name !== 'NONE' && name !== '')
      .map((name) => FLAGS.get(name) ?? refuse(`[simple_query_string] does not know the flag [${name}]`)),
  );
}

/** simple_query_string never fails on syntax (elasticsearch: server/.../index/search/SimpleQueryStringQueryParser.java). */
export const simpleQueryString: ClauseParser = (body) => {
  const inner = object(body, '[simple_query_string]');
  only(inner, 'simple_query_string', [
    'query', 'fields', 'default_operator', 'analyze_wildcard', 'lenient', 'flags', 'minimum_should_match', 'analyzer',
    'quote_field_suffix', 'auto_generate_synonyms_phrase_query', 'fuzzy_max_expansions', 'fuzzy_prefix_length',
    'fuzzy_transpositions',
  ]); // prettier-ignore
  for (const name of ['analyzer', 'quote_field_suffix', 'fuzzy_prefix_length', 'fuzzy_transpositions'])
    if (own(inner, name) !== undefined) throw new Unsupported(`[simple_query_string] with ${name}`);
  const query = text(own(inner, 'query'), '[simple_query_string] query');
  if (query.trim() === '*') return { kind: 'match_all' };
  const byDefault = operator(own(inner, 'default_operator'), '[simple_query_string] default_operator') ?? 'or';
  const tree = parseSimpleQuery(query, byDefault, operatorsOf(own(inner, 'flags')));
  const spec = minimum(own(inner, 'minimum_should_match'), '[simple_query_string] minimum_should_match');
  const made =
    tree === undefined ? ({ kind: 'match_none' } as const) : new Lowering(inner, byDefault).query(tree, 'none');
  return spec === undefined || (made.kind !== 'bool' && made.kind !== 'multi_match')
    ? made
    : { ...made, minimumShouldMatch: spec };
};

const escaped = (value: string): string => value.replace(/[-\s=&|><!(){}[\]^"~*?:\\/+]/g, '\\$&');

class Lowering {
  readonly #fields: readonly string[] | undefined;
  readonly #base: { readonly fields?: readonly string[]; readonly lenient?: boolean };
  readonly #analyzeWildcard: boolean | undefined;
  readonly #operator: 'and' | 'or';

  constructor(body: JsonObject, byDefault: 'and' | 'or') {
    const fields = own(body, 'fields');
    if (fields !== undefined && !Array.isArray(fields)) refuse('[simple_query_string] fields has to be a list');
    const names = ((fields ?? []) as readonly Json[]).map((one) => text(one, '[simple_query_string] fields'));
    this.#fields = names.length === 0 ? undefined : names;
    this.#base = given({ fields: this.#fields, lenient: flag(own(body, 'lenient'), '[simple_query_string] lenient') });
    this.#analyzeWildcard = flag(own(body, 'analyze_wildcard'), '[simple_query_string] analyze_wildcard');
    this.#operator = byDefault;
  }

  /** `empty`: what a text without a token has to come to so that it does not count where it stands. */
  query(node: SimpleNode, empty: 'all' | 'none'): Query {
    switch (node.kind) {
      case 'not':
        return { kind: 'bool', mustNot: [this.query(node.child, empty === 'all' ? 'none' : 'all')] };
      case 'and':
        return { kind: 'bool', must: node.children.map((child) => this.query(child, 'all')) };
      case 'or':
        return { kind: 'bool', should: node.children.map((child) => this.query(child, 'none')) };
      case 'fuzzy':
        return { kind: 'query_string', query: `${escaped(node.text)}~${node.edits}`, ...this.#base };
      case 'prefix':
        return {
          kind: 'query_string',
          query: `${escaped(node.text)}*`,
          ...given({ analyzeWildcard: this.#analyzeWildcard }),
          ...this.#base,
        };
      case 'text':
        return {
          kind: 'multi_match',
          type: 'most_fields',
          query: node.text,
          ...(this.#operator === 'and' ? { operator: 'and' } : {}),
          ...this.#zero(empty),
          ...this.#base,
        };
      case 'phrase':
        return {
          kind: 'multi_match',
          type: 'phrase',
          query: node.text,
          slop: node.slop,
          ...this.#zero(empty),
          ...this.#base,
        };
    }
  }

  /** With several fields one that has a token is enough for the text to count. */
  #zero(empty: 'all' | 'none'): { readonly zeroTermsQuery?: 'all' } {
    return empty === 'all' && this.#fields?.length === 1 ? { zeroTermsQuery: 'all' } : {};
  }
}
