import { elements, jsonText, own, type Json } from '../../../text/json.ts';
import type { Query, SimpleQueryString } from '../../algebra/query.ts';
import { parseSimpleQuery, type SimpleNode, type SimpleOperator } from '../simple-query-parser.ts';
import { Unsupported } from '../../failure.ts';
import { flag, given, minimum, object, only, operator, refuse, text, type ClauseParser } from '../read.ts';

const FLAGS: ReadonlyMap<string, SimpleOperator> = new Map([
  ['AND', 'and'], ['NOT', 'not'], ['OR', 'or'], ['PREFIX', 'prefix'], ['PHRASE', 'phrase'], ['PRECEDENCE', 'precedence'],
  ['ESCAPE', 'escape'], ['WHITESPACE', 'whitespace'], ['FUZZY', 'fuzzy'], ['NEAR', 'near'], ['SLOP', 'near'],
]); // prettier-ignore

const operatorsOf = ({ flags: on }: SimpleQueryString): ReadonlySet<SimpleOperator> =>
  new Set(on === undefined ? FLAGS.values() : on.split('|').flatMap((name) => FLAGS.get(name) ?? []));

export const simpleQueryString: ClauseParser = (body) => {
  const inner = object(body, '[simple_query_string]');
  only(inner, 'simple_query_string', [
    'query', 'fields', 'default_operator', 'analyze_wildcard', 'lenient', 'flags', 'minimum_should_match', 'analyzer',
    'quote_field_suffix', 'auto_generate_synonyms_phrase_query', 'fuzzy_max_expansions', 'fuzzy_prefix_length',
    'fuzzy_transpositions',
  ]); // prettier-ignore
  for (const name of ['analyzer', 'quote_field_suffix', 'fuzzy_prefix_length', 'fuzzy_transpositions'])
    if (own(inner, name) !== undefined) throw new Unsupported(`[simple_query_string] with ${name}`);
  const fields = own(inner, 'fields');
  if (fields !== undefined && !Array.isArray(fields)) refuse('[simple_query_string] fields has to be a list');
  const names = elements(fields).map((one) => text(one, '[simple_query_string] fields'));
  return {
    kind: 'simple_query_string',
    query: text(own(inner, 'query'), '[simple_query_string] query'),
    ...given({
      fields: names.length === 0 ? undefined : names,
      defaultOperator: operator(own(inner, 'default_operator'), '[simple_query_string] default_operator'),
      analyzeWildcard: flag(own(inner, 'analyze_wildcard'), '[simple_query_string] analyze_wildcard'),
      lenient: flag(own(inner, 'lenient'), '[simple_query_string] lenient'),
      minimumShouldMatch: minimum(own(inner, 'minimum_should_match'), '[simple_query_string] minimum_should_match'),
      flags: flags(own(inner, 'flags')),
    }),
  };
};

/** Flags in the order of their bits (elasticsearch: server/src/main/java/org/elasticsearch/index/query/SimpleQueryStringFlag.java). */
const BITS = [...FLAGS.keys()].filter((name) => name !== 'SLOP');

/** `AND|PREFIX`, `NONE`, or undefined for all; by name, of which the first ALL or NONE decides, or by number. */
function flags(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') {
    const bits = Math.trunc(value);
    return bits < 0 ? undefined : BITS.filter((_, bit) => (bits & (1 << bit)) !== 0).join('|') || 'NONE';
  }
  const named: string[] = [];
  for (const one of jsonText(value).split('|')) {
    const name = one.toUpperCase();
    if (name === 'ALL') return undefined;
    if (name === 'NONE') return 'NONE';
    if (name === '') continue;
    if (!FLAGS.has(name)) refuse(`[simple_query_string] does not know the flag [${one}]`);
    named.push(name);
  }
  return jsonText(value) === '' ? undefined : named.join('|') || 'NONE';
}

/** simple_query_string never fails on syntax (elasticsearch: server/.../index/search/SimpleQueryStringQueryParser.java). */
export function lowerSimpleQuery(node: SimpleQueryString): Query {
  const { query, defaultOperator = 'or', minimumShouldMatch: spec } = node;
  if (query.trim() === '*') return { kind: 'match_all' };
  const tree = parseSimpleQuery(query, defaultOperator, operatorsOf(node));
  const made = tree === undefined ? ({ kind: 'match_none' } as const) : new Lowering(node).query(tree, 'none');
  return spec === undefined || (made.kind !== 'bool' && made.kind !== 'multi_match')
    ? made
    : { ...made, minimumShouldMatch: spec };
}

const escaped = (value: string): string => value.replace(/[-\s=&|><!(){}[\]^"~*?:\\/+]/g, '\\$&');

class Lowering {
  readonly #fields: readonly string[] | undefined;
  readonly #base: { readonly fields?: readonly string[]; readonly lenient?: boolean };
  readonly #analyzeWildcard: boolean | undefined;
  readonly #operator: 'and' | 'or';

  constructor({ fields, lenient, analyzeWildcard, defaultOperator = 'or' }: SimpleQueryString) {
    this.#fields = fields;
    this.#base = given({ fields, lenient });
    this.#analyzeWildcard = analyzeWildcard;
    this.#operator = defaultOperator;
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
