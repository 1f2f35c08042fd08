import { jsonText, NumberToken, own, type Json } from '../../../text/json.ts';
import { Unsupported } from '../../failure.ts';
import { SIMPLE_FLAGS } from '../../simple/flags.ts';
import { fieldNames, flag, given, minimum, object, only, operator, text, whole, type ClauseParser } from '../read.ts';
import { refuse } from '../refuse.ts';
import { any, flagged, integer, plain, plainOrNull, type Shapes } from '../shapes.ts';
import { multiType } from './full-text.ts';

const SHAPES: Shapes = {
  query: plain,
  fields: any,
  default_operator: any,
  analyze_wildcard: flagged,
  lenient: flagged,
  flags: any,
  minimum_should_match: plain,
  analyzer: plain,
  quote_field_suffix: plainOrNull,
  auto_generate_synonyms_phrase_query: flagged,
  fuzzy_max_expansions: integer,
  fuzzy_prefix_length: integer,
  fuzzy_transpositions: flagged,
  type: any,
};

export const simpleQueryString: ClauseParser = (body) => {
  const inner = object(body, '[simple_query_string]');
  only(inner, 'simple_query_string', SHAPES);
  for (const name of ['analyzer', 'quote_field_suffix', 'fuzzy_prefix_length', 'fuzzy_transpositions'])
    if (own(inner, name) !== undefined) throw new Unsupported(`[simple_query_string] with ${name}`);
  const fields = own(inner, 'fields');
  if (fields !== undefined && !Array.isArray(fields)) refuse('[simple_query_string] fields has to be a list');
  const names = fieldNames(fields ?? [], '[simple_query_string] fields', 'leaves');
  const type = multiType(own(inner, 'type'), '[simple_query_string] type');
  if (type !== undefined && type !== 'best_fields' && type !== 'most_fields')
    throw new Unsupported(`[simple_query_string] of type ${type}`);
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
const BITS = [...SIMPLE_FLAGS.keys()].filter((name) => name !== 'SLOP');

/** `AND|PREFIX`, `NONE`, or undefined for all; by name, of which the first ALL or NONE decides, or by number. */
function flags(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' || value instanceof NumberToken) {
    const bits = whole(value, '[simple_query_string] flags') ?? -1;
    return bits < 0 ? undefined : BITS.filter((_, bit) => (bits & (1 << bit)) !== 0).join('|') || 'NONE';
  }
  plain(value, '[simple_query_string] flags');
  const named: string[] = [];
  for (const one of jsonText(value).split('|')) {
    const name = one.toUpperCase();
    if (name === 'ALL') return undefined;
    if (name === 'NONE') return 'NONE';
    if (name === '') continue;
    if (!SIMPLE_FLAGS.has(name)) refuse(`[simple_query_string] does not know the flag [${one}]`);
    named.push(name);
  }
  return jsonText(value) === '' ? undefined : named.join('|') || 'NONE';
}
