import type { Json, JsonObject } from '../../../../text/json.ts';
import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { randomLeaf } from './leaf.ts';
import { multiMatch, queryString, simpleQueryString } from './multi-field.ts';
import { atLeast } from './parameters.ts';

const DEPTH = 3;

/** A query of Query DSL: a leaf, or clauses around clauses. */
export function randomDsl(fields: readonly FuzzField[], random: Random, depth = 0): JsonObject {
  const inner = (): JsonObject => randomDsl(fields, random, depth + 1);
  const list = (most: number): Json => Array.from({ length: random.int(0, most) }, inner);
  const around = depth >= DEPTH ? 0 : depth === 0 ? 1 : 0.6;
  return random.weighted<JsonObject>([
    [depth === 0 ? 6 : 4, () => randomLeaf(fields, random)],
    [2.5 * around, () => bool(random, list)],
    [0.15, () => nothingBeside(fields, random)],
    [0.8 * around, () => nested(fields, random, (within) => randomDsl(within, random, depth + 1))],
    [0.3 * around, () => ({ constant_score: { filter: inner() } })],
    [0.3 * around, () => ({ dis_max: { queries: [inner(), inner()] } })],
    [0.25 * around, () => ({ boosting: { positive: inner(), negative: inner(), negative_boost: 0.5 } })],
    [0.1 * around, () => ({ function_score: { query: inner(), functions: [{ filter: inner(), weight: 2 }] } })],
    [0.15, () => ({ match_all: {} })],
    [0.15, () => ({ match_none: {} })],
    [0.1, () => ({ ids: { values: random.picks(['0', '1', '2', 'x'], random.int(0, 2)) } })],
    [0.8, () => multiMatch(fields, random)],
    [0.8, () => queryString(fields, random)],
    [0.5, () => simpleQueryString(fields, random)],
  ]);
}

/** Paths of nested objects, and names of what is none. */
const PATHS = ['n', 'n', 'n', 'n.k', 'n.k', 'o', 'nope'];

/** A clause about nested objects, mostly on fields of theirs. */
function nested(
  fields: readonly FuzzField[],
  random: Random,
  query: (within: readonly FuzzField[]) => JsonObject,
): JsonObject {
  const path = random.pick(PATHS);
  const within = fields.filter(({ nestedPath }) => nestedPath?.startsWith(path) === true);
  return {
    nested: {
      path,
      query: query(within.length > 0 && random.chance(0.8) ? within : fields),
      ...(random.chance(0.3) ? { ignore_unmapped: true } : {}),
    },
  };
}

/** Clauses that can match nowhere, beside one that fails where it is built: what is left out is not built at all. */
function nothingBeside(fields: readonly FuzzField[], random: Random): JsonObject {
  const nothing = (): JsonObject => ({ term: { [random.pick(['nope', 'o.nope'])]: 'x' } });
  const failing: JsonObject = { match: { [random.pick(fields).name]: { query: random.pick(['nope', '..', 'a b']) } } };
  const around = (key: string): JsonObject => ({ [key]: Array.from({ length: random.int(1, 2) }, nothing) });
  const [one, other] = [random.pick(['should', 'should', 'must', 'filter', 'must_not']), random.pick(['must_not', 'must_not', 'should', 'must'])]; // prettier-ignore
  return { bool: { ...around(one), ...(one === other ? {} : { [other]: [failing] }) } };
}

function bool(random: Random, list: (most: number) => Json): JsonObject {
  const body: Record<string, Json> = {};
  for (const key of ['must', 'filter', 'should', 'must_not'])
    if (random.chance(0.4)) body[key] = list(key === 'should' && random.chance(0.3) ? 4 : 2);
  if (random.chance(body['should'] === undefined ? 0.05 : 0.25)) body['minimum_should_match'] = atLeast(random);
  if (random.chance(0.05)) body['adjust_pure_negative'] = false;
  return { bool: body };
}
