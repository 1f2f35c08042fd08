import type { Json, JsonObject } from '../../../../text/json.ts';
import { ANALYZERS } from '../mappings.ts';
import type { Random } from '../random.ts';

/** A parameter that is there some of the time. */
export const maybe = (random: Random, share: number, name: string, value: () => Json): JsonObject =>
  random.chance(share) ? { [name]: value() } : {};

/** Values that are right, and some of the time one that is wrong or strange. */
const mostly = (random: Random, right: readonly Json[], wrong: readonly Json[]): Json =>
  random.pick(random.chance(0.85) ? right : wrong);

export const insensitive = (random: Random): JsonObject => maybe(random, 0.2, 'case_insensitive', () => true);

export const fuzziness = (random: Random): Json =>
  mostly(random, [0, 1, 1, 2, 2, 'AUTO', 'AUTO', '1', 'AUTO:1,2'], ['AUTO:4,2', 1.5, '0.5', '', 3]);

/** How many clauses have to match. */
export const atLeast = (random: Random): Json =>
  mostly(random, [1, 2, 3, '50%', '34%', '-1', '-2', '-50%', '-40%', '2<75%', '1<-1 3<50%'], [0, '-0%', 'x', 9, '3<x']);

const analyzer = (random: Random): Json => mostly(random, ANALYZERS, ['nope', 'default']);

/** Parameters of clauses whose text is analysed. */
export const analysed = (random: Random): JsonObject => ({
  ...maybe(random, 0.05, 'analyzer', () => analyzer(random)),
  ...maybe(random, 0.08, 'zero_terms_query', () => random.pick(['all', 'none'])),
});

/** Parameters of clauses whose words are counted. */
export const counted = (random: Random): JsonObject => ({
  ...maybe(random, 0.2, 'operator', () => random.pick(['and', 'or', 'AND'])),
  ...maybe(random, 0.2, 'minimum_should_match', () => atLeast(random)),
});

/** Parameters of clauses whose words may be misspelt. */
export const misspelt = (random: Random): JsonObject =>
  random.chance(0.8)
    ? {}
    : {
        fuzziness: fuzziness(random),
        ...maybe(random, 0.3, 'prefix_length', () => random.int(0, 3)),
        ...maybe(random, 0.3, 'fuzzy_transpositions', () => false),
      };

/** Near the gap between two values of a list, too. */
export const slop = (random: Random): JsonObject =>
  maybe(random, 0.5, 'slop', () => random.pick([1, 1, 1, 2, 2, 3, 5, 98, 99, 100, 101]));
