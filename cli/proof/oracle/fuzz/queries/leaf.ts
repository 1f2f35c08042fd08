import { isJsonObject, type Json, type JsonObject } from '../../../../text/json.ts';
import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { DATE_FORMATS, TIME_ZONES } from '../values/dates.ts';
import { REGEXPS, TEXTS, WILDCARDS } from '../values/texts.ts';
import { constantFor, factor, phrase, textFor } from './values.ts';

type Maker = (field: FuzzField, random: Random) => JsonObject;

const maybe = (random: Random, share: number, name: string, value: () => Json): JsonObject =>
  random.chance(share) ? { [name]: value() } : {};

const insensitive = (random: Random): JsonObject => maybe(random, 0.2, 'case_insensitive', () => true);
const fuzziness = (random: Random): Json =>
  random.pick([0, 1, 2, 'AUTO', '1', 'AUTO:1,2', 'AUTO:4,2', 1.5, '0.5', '', 3]);
const atLeast = (random: Random): Json =>
  random.pick([1, 2, '50%', '-1', '-50%', '2<75%', '1<-1 3<50%', 0, '-0%', 'x', 3]);

const term: Maker = ({ name, type }, random) => ({
  term: { [name]: { value: constantFor(type, random), ...insensitive(random) } },
});
const terms: Maker = ({ name, type }, random) => ({
  terms: { [name]: Array.from({ length: random.int(0, 3) }, () => constantFor(type, random)) },
});
const prefix: Maker = ({ name }, random) => ({
  prefix: { [name]: { value: textFor(TEXTS, random), ...insensitive(random) } },
});
const wildcard: Maker = ({ name }, random) => ({
  wildcard: { [name]: { value: textFor(WILDCARDS, random), ...insensitive(random) } },
});
const regexp: Maker = ({ name }, random) => ({
  regexp: {
    [name]: {
      value: textFor(REGEXPS, random),
      ...insensitive(random),
      ...maybe(random, 0.12, 'flags', () => random.pick(['ALL', 'NONE', 'INTERVAL', 'COMPLEMENT|INTERVAL', 'ANYSTRING', 'EMPTY', ''])),
    },
  },
}); // prettier-ignore
const fuzzy: Maker = ({ name }, random) => ({
  fuzzy: {
    [name]: {
      value: textFor(TEXTS, random),
      ...maybe(random, 0.7, 'fuzziness', () => fuzziness(random)),
      ...maybe(random, 0.2, 'prefix_length', () => random.int(0, 3)),
      ...maybe(random, 0.2, 'transpositions', () => false),
    },
  },
});
const BAD_FORMATS: readonly Json[] = ['foo', '', true, 'yyyy||qqqq'];
const range: Maker = ({ name, type, format }, random) => {
  const dated = type === 'date' || type === 'date_nanos' || type === 'date_range';
  return {
    range: {
      [name]: {
        ...maybe(random, 0.75, random.pick(['gte', 'gt']), () => constantFor(type, random)),
        ...maybe(random, 0.65, random.pick(['lte', 'lt']), () => constantFor(type, random)),
        ...maybe(random, dated ? 0.2 : 0.03, 'format', () => random.pick([...DATE_FORMATS, format ?? 'date', ...(dated ? [] : BAD_FORMATS)])),
        ...maybe(random, dated ? 0.2 : 0, 'time_zone', () => random.pick(TIME_ZONES)),
        ...maybe(random, type.endsWith('_range') ? 0.5 : 0, 'relation', () => random.pick(['within', 'contains', 'intersects'])),
      },
    },
  }; // prettier-ignore
};
const full = (field: FuzzField, random: Random): Json =>
  field.type === 'text' || field.type === 'keyword' ? random.weighted<Json>([[3, () => phrase(random)], [1, () => constantFor(field.type, random)]]) : constantFor(field.type, random); // prettier-ignore
const match: Maker = (field, random) => ({
  match: {
    [field.name]: {
      query: full(field, random),
      ...maybe(random, 0.2, 'operator', () => random.pick(['and', 'or', 'AND'])),
      ...maybe(random, 0.12, 'minimum_should_match', () => atLeast(random)),
      ...maybe(random, 0.12, 'fuzziness', () => fuzziness(random)),
      ...maybe(random, 0.1, 'zero_terms_query', () => random.pick(['all', 'none'])),
      ...maybe(random, 0.12, 'lenient', () => true),
    },
  },
});
const matchPhrase: Maker = (field, random) => ({
  match_phrase: {
    [field.name]: {
      query: full(field, random),
      ...maybe(random, 0.2, 'slop', () => random.pick([1, 2, 5, 101])),
      ...maybe(random, 0.08, 'zero_terms_query', () => random.pick(['all', 'none'])),
    },
  },
});
const matchPhrasePrefix: Maker = (field, random) => ({
  match_phrase_prefix: { [field.name]: { query: full(field, random), ...maybe(random, 0.15, 'slop', () => 1) } },
});
const matchBoolPrefix: Maker = (field, random) => ({
  match_bool_prefix: {
    [field.name]: { query: full(field, random), ...maybe(random, 0.2, 'operator', () => 'and') },
  },
});
const exists: Maker = ({ name }, random) => ({
  exists: {
    field: random.chance(0.9) ? name : random.pick(['f*', 'o', 'n', 'o.*', 'n.*', 'nope', 'al*', '*n', 'f0.*']),
  },
});

const LEAVES: readonly (readonly [number, Maker])[] = [
  [5, term], [2, terms], [2, prefix], [3, wildcard], [2.5, regexp], [1.5, fuzzy], [5, range], [3, match], [2, matchPhrase],
  [1, matchPhrasePrefix], [1, matchBoolPrefix], [2, exists],
]; // prettier-ignore

/** The same clause with a factor of its score. */
function withFactor(clause: JsonObject, random: Random): JsonObject {
  const [kind = '', body] = Object.entries(clause)[0] ?? [];
  if (!isJsonObject(body)) return clause;
  const [field = '', inner] = Object.entries(body)[0] ?? [];
  const boost = factor(random);
  return { [kind]: isJsonObject(inner) ? { [field]: { ...inner, boost } } : { ...body, boost } };
}

const UNKNOWN: readonly FuzzField[] = [
  { name: 'nope', type: 'keyword', written: false },
  { name: 'o', type: 'keyword', written: false },
  { name: 'n', type: 'keyword', written: false },
];

/** A clause on one field, sometimes on a name that is in no mapping or an object. */
export function randomLeaf(fields: readonly FuzzField[], random: Random): JsonObject {
  const field = random.chance(0.05) ? random.pick(UNKNOWN) : random.pick(fields);
  const made = random.weighted(LEAVES.map(([weight, make]) => [weight, () => make(field, random)]));
  return random.chance(0.02) ? withFactor(made, random) : made;
}
