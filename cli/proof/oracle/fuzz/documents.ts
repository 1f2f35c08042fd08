import { isJsonObject, NumberToken, type Json, type JsonObject } from '../../../text/json.ts';
import type { FuzzField, FuzzMapping } from './mappings.ts';
import type { Random } from './random.ts';
import { num } from './values/num.ts';
import { DATE_TEXTS } from './values/dates.ts';
import { NUMBER_TEXTS, NUMBERS } from './values/numbers.ts';
import { ADDRESSES, BASE64, BOOLEANS, POINTS, RANGE_ENDS } from './values/others.ts';
import { phrase } from './values/phrases.ts';
import { takenValues } from './values/taken.ts';
import { TEXTS } from './values/texts.ts';

/** Values that a type may refuse, or read in its own way, whatever it is. */
const ANYTHING: readonly Json[] = [null, [], [null], {}, { a: 1 }, [{}], true, false, '', 'x', ...NUMBERS.slice(0, 12)];

const DATE_NUMBERS: readonly Json[] = ['0', '1', '-1', '2024', '20240115', '1705314030', '1705314030000', '1767225600', '253402300800000'].map(num); // prettier-ignore

/** A value that the type takes, most of the time: a document that is refused tells nothing of queries. */
function takenValue(type: string, random: Random, format?: string): Json {
  const list = takenValues(type, format);
  return list === undefined ? plainValue(type, random) : random.usual(list);
}

function plainValue(type: string, random: Random): Json {
  const numbers = (): Json => random.usual(NUMBERS);
  switch (type) {
    case 'keyword':
    case 'text':
    case 'flattened key':
      return random.weighted<Json>([
        [8, () => random.usual(TEXTS)],
        [type === 'text' ? 12 : 0.5, () => phrase(random)],
        [1.5, numbers],
        [0.5, () => random.chance(0.5)],
      ]);
    case 'boolean':
      return random.pick(BOOLEANS);
    case 'ip':
      return random.usual(ADDRESSES);
    case 'date':
    case 'date_nanos':
      return random.weighted<Json>([
        [4, () => random.usual(DATE_TEXTS)],
        [1, () => random.usual(DATE_NUMBERS)],
      ]);
    case 'flattened':
      return flattened(random, 0);
    case 'geo_point':
      return random.pick(POINTS);
    case 'binary':
      return random.pick(BASE64);
    default: {
      const ends = RANGE_ENDS[type];
      if (ends !== undefined) return rangeOf(ends, random);
      return random.weighted<Json>([
        [3, numbers],
        [1.5, () => random.usual(NUMBER_TEXTS)],
      ]);
    }
  }
}

function flattened(random: Random, depth: number): Json {
  const object: Record<string, Json> = {};
  for (const key of random.picks(['a', 'b', 'c.d', 'a.b', 'e'], random.int(0, 3)))
    object[key] = random.weighted<Json>([
      [5, () => random.usual(TEXTS)],
      [2, () => random.usual(NUMBERS)],
      [1, () => random.chance(0.5)],
      [0.5, () => null],
      [1, () => [random.usual(TEXTS), random.usual(TEXTS)]],
      [depth < 4 ? 2 : 0, () => flattened(random, depth + 1)],
    ]);
  return object;
}

function rangeOf(ends: readonly Json[], random: Random): Json {
  if (random.chance(0.08)) return random.pick([...ends, '10.0.0.0/24', null]);
  const object: Record<string, Json> = {};
  if (random.chance(0.9)) object[random.pick(['gte', 'gt'])] = random.pick(ends);
  if (random.chance(0.9)) object[random.pick(['lte', 'lt'])] = random.pick(ends);
  if (random.chance(0.03)) object[random.pick(['from', 'x', 'to'])] = random.pick(ends);
  return object;
}

/**
 * A value of a field. `hard`: mostly one of all that can be written for its type; else mostly one that it takes, now and then
 * a list or null.
 */
export function randomValue({ type, format }: Pick<FuzzField, 'type' | 'format'>, random: Random, hard: boolean): Json {
  const one = (): Json => (hard ? plainValue(type, random) : takenValue(type, random, format));
  return random.weighted<Json>([
    [10, one],
    [type === 'text' ? 3 : 1.5, () => Array.from({ length: random.int(0, 3) }, one)],
    [0.4, () => null],
    [hard ? 0.15 : 0.02, () => [one(), [one(), null]]],
    [hard ? 0.15 : 0.01, () => random.pick(ANYTHING)],
  ]);
}

/** The value of one field at its place in a document: dotted, in objects, or in a list of objects. */
function put(document: Record<string, Json>, name: string, value: Json, random: Random): void {
  const dot = name.indexOf('.');
  const [head, tail] = [name.slice(0, dot), name.slice(dot + 1)];
  const there = document[head];
  const within = (object: JsonObject): JsonObject => {
    const copy = { ...object };
    put(copy, tail, value, random);
    return copy;
  };
  if (dot < 0 || (there === undefined && random.chance(0.15))) document[name] = value;
  else if (Array.isArray(there)) {
    const objects = there as readonly Json[];
    const last = objects.at(-1);
    document[head] = isJsonObject(last) && random.chance(0.5) ? [...objects.slice(0, -1), within(last)] : [...objects, within({})]; // prettier-ignore
  } else if (isJsonObject(there)) document[head] = random.chance(0.2) ? [there, within({})] : within(there);
  else document[head] = within({});
}

const isDate = (type: string): boolean => type === 'date' || type === 'date_nanos';
const ORDINARY: Json = 1705314030000;

/**
 * Not among the numbers of dates are fractions and those beyond a long, after which a 9.2 server reads the next number of the
 * document wrong, and those so far back that it stores them and cannot show them.
 */
function tame(value: Json): Json {
  if (value instanceof NumberToken || typeof value === 'number')
    return Number.isSafeInteger(Number(value)) && /^-?\d+$/.test(String(value)) ? value : ORDINARY;
  if (Array.isArray(value)) return (value as readonly Json[]).map(tame);
  return value;
}

/** A document with some of the fields, and now and then a name that no field has. */
export function randomDocument({ fields }: FuzzMapping, random: Random, hard = random.chance(0.3)): JsonObject {
  const document: Record<string, Json> = {};
  for (const field of fields) {
    const share = field.written ? 0.6 : hard ? 0.01 : 0.001;
    if (!random.chance(share)) continue;
    const value = randomValue(field, random, hard);
    const asDate = fields.some(({ name, type }) => isDate(type) && (name === field.name || name === `${field.name}.m`));
    put(document, field.name, asDate ? tame(value) : value, random);
  }
  if (random.chance(hard ? 0.06 : 0.01)) document[random.pick(['u', 'o.u', 'a.', 'x..y', ' ', '.x', 'n.u', 'f0.z', 'a b', '*', '_id'])] = random.usual(TEXTS); // prettier-ignore
  return document;
}
