import type { Json, JsonObject } from '../../../../text/json.ts';
import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { randomLeaf } from './leaf.ts';
import { luceneText, simpleText } from './lucene.ts';
import { NUMBERS } from '../values/numbers.ts';
import { phrase } from './values.ts';

const DEPTH = 3;

/** A query of Query DSL: a leaf, or clauses around clauses. */
export function randomDsl(fields: readonly FuzzField[], random: Random, depth = 0): JsonObject {
  const inner = (): JsonObject => randomDsl(fields, random, depth + 1);
  const list = (most: number): Json => Array.from({ length: random.int(0, most) }, inner);
  const around = depth >= DEPTH ? 0 : depth === 0 ? 1 : 0.6;
  return random.weighted<JsonObject>([
    [depth === 0 ? 6 : 4, () => randomLeaf(fields, random)],
    [2.5 * around, () => bool(random, list)],
    [0.8 * around, () => ({ nested: { path: random.chance(0.9) ? 'n' : random.pick(['o', 'nope']), query: inner(), ...(random.chance(0.3) ? { ignore_unmapped: true } : {}) } })],
    [0.3 * around, () => ({ constant_score: { filter: inner() } })],
    [0.3 * around, () => ({ dis_max: { queries: [inner(), inner()] } })],
    [0.25 * around, () => ({ boosting: { positive: inner(), negative: inner(), negative_boost: 0.5 } })],
    [0.15, () => ({ match_all: {} })],
    [0.15, () => ({ match_none: {} })],
    [0.1, () => ({ ids: { values: random.picks(['0', '1', '2', 'x'], random.int(0, 2)) } })],
    [0.8, () => multiMatch(fields, random)],
    [0.8, () => ({ query_string: { query: random.chance(0.03) ? random.pick(NUMBERS) : luceneText(fields, random), ...fieldsOf(fields, random), ...(random.chance(0.3) ? { analyze_wildcard: true } : {}), ...(random.chance(0.1) ? { default_operator: 'AND' } : {}), ...(random.chance(0.1) ? { lenient: random.chance(0.5) } : {}) } })],
    [0.4, () => ({ simple_query_string: { query: random.chance(0.03) ? random.pick(NUMBERS) : simpleText(random), ...fieldsOf(fields, random), ...(random.chance(0.2) ? { default_operator: 'and' } : {}), ...(random.chance(0.2) ? { analyze_wildcard: true } : {}) } })],
  ]); // prettier-ignore
}

function bool(random: Random, list: (most: number) => Json): JsonObject {
  const body: Record<string, Json> = {};
  for (const key of ['must', 'filter', 'should', 'must_not']) if (random.chance(0.4)) body[key] = list(2);
  if (random.chance(0.15)) body['minimum_should_match'] = random.pick([0, 1, 2, '50%', '-1', '-0%', 'x', 3]);
  if (random.chance(0.05)) body['adjust_pure_negative'] = false;
  return { bool: body };
}

function fieldsOf(fields: readonly FuzzField[], random: Random): JsonObject {
  if (random.chance(0.5)) return {};
  return {
    fields: random.weighted<string[]>([
      [5, () => random.picks(fields, random.int(1, 2)).map(({ name }) => name)],
      [1, () => ['*']],
      [1, () => ['f*', 'o.*']],
      [0.4, () => ['nope']],
      [
        0.4,
        () =>
          random
            .picks(fields, random.int(1, 2))
            .map(({ name }) => `${name}^${random.pick(['2', '0.5', '-1', '-0', '0', 'x'])}`),
      ],
    ]),
  };
}

const multiMatch = (fields: readonly FuzzField[], random: Random): JsonObject => ({
  multi_match: {
    query: random.chance(0.04) ? random.pick(NUMBERS) : phrase(random),
    ...fieldsOf(fields, random),
    ...(random.chance(0.5) ? { type: random.pick(['best_fields', 'most_fields', 'phrase', 'phrase_prefix', 'bool_prefix']) } : {}),
    ...(random.chance(0.5) ? { lenient: true } : {}),
    ...(random.chance(0.15) ? { operator: 'and' } : {}),
  },
}); // prettier-ignore
