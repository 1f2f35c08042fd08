import type { Json, JsonObject } from '../../../../text/json.ts';
import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { phrase } from '../values/phrases.ts';
import { luceneText, simpleText } from './lucene.ts';
import { analysed, atLeast, counted, fuzziness, maybe, misspelt, slop } from './parameters.ts';
import { textOrNumber } from './values.ts';

/** The fields that a clause names: none, some of them with a boost, or patterns. */
function fieldsOf(fields: readonly FuzzField[], random: Random): JsonObject {
  if (random.chance(0.4)) return {};
  const named = (): string =>
    random.pick(fields).name +
    (random.chance(0.15) ? random.pick(['^2', '^2', '^1.5', '^0.5', '^-1', '^-0', '^0', '^x']) : '');
  return {
    fields: random.weighted<string[]>([
      [5, () => Array.from({ length: random.int(1, 2) }, named)],
      [1, () => ['*']],
      [1, () => ['f*', 'o.*']],
      [0.4, () => ['nope']],
      [0.3, () => ['f*^2', 'al']],
      [0.1, () => []],
    ]),
  };
}

const LENIENT = (random: Random): JsonObject => maybe(random, 0.3, 'lenient', () => random.chance(0.8));

/** A clause of several fields whose text is analysed by each of them. */
export function multiMatch(fields: readonly FuzzField[], random: Random): JsonObject {
  const type = random.pick(['best_fields', 'best_fields', 'most_fields', 'phrase', 'phrase_prefix', 'bool_prefix']);
  const phrases = type.startsWith('phrase');
  return {
    multi_match: {
      query: textOrNumber(phrase, random),
      ...fieldsOf(fields, random),
      ...(type === 'best_fields' ? {} : { type }),
      ...LENIENT(random),
      ...counted(random),
      ...analysed(random),
      ...(phrases ? slop(random) : misspelt(random)),
    },
  };
}

/** A clause in Lucene's syntax, with the parameters that the engine runs. */
export const queryString = (fields: readonly FuzzField[], random: Random): JsonObject => ({
  query_string: {
    query: textOrNumber((some) => luceneText(fields, some), random),
    ...(random.chance(0.1) ? { default_field: random.pick(fields).name } : fieldsOf(fields, random)),
    ...maybe(random, 0.3, 'analyze_wildcard', () => true),
    ...maybe(random, 0.15, 'default_operator', () => 'AND'),
    ...LENIENT(random),
    ...maybe(random, 0.1, 'minimum_should_match', () => atLeast(random)),
    ...maybe(random, 0.08, 'fuzziness', () => fuzziness(random)),
    ...maybe(random, 0.08, 'phrase_slop', () => random.int(0, 3)),
    ...maybe(random, 0.06, 'type', () => random.pick(['phrase', 'most_fields', 'best_fields'])),
    ...maybe(random, 0.05, 'allow_leading_wildcard', () => false),
    ...maybe(random, 0.04, 'escape', () => true),
  },
});

const FLAGS: readonly Json[] = [
  'ALL', 'NONE', 'AND|OR', 'PREFIX', 'PHRASE|PRECEDENCE', 'ESCAPE|WHITESPACE', 'OR|FUZZY|NEAR|WHITESPACE', 'and|prefix', 'NOT|SLOP|PHRASE', '', 'nope', 1, 3, 255, 1023, -1, 0,
]; // prettier-ignore

/** A clause in the simple syntax, which never fails. */
export const simpleQueryString = (fields: readonly FuzzField[], random: Random): JsonObject => ({
  simple_query_string: {
    query: textOrNumber(simpleText, random),
    ...fieldsOf(fields, random),
    ...LENIENT(random),
    ...maybe(random, 0.25, 'default_operator', () => 'and'),
    ...maybe(random, 0.2, 'analyze_wildcard', () => true),
    ...maybe(random, 0.1, 'minimum_should_match', () => atLeast(random)),
    ...maybe(random, 0.15, 'flags', () => random.pick(FLAGS)),
  },
});
