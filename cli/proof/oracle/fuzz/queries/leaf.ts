import { isJsonObject, type Json, type JsonObject } from '../../../../text/json.ts';
import type { FuzzField } from '../mappings.ts';
import type { Random } from '../random.ts';
import { DATE_FORMATS, TIME_ZONES } from '../values/dates.ts';
import { misspelling } from '../values/near-misses.ts';
import { regexpPattern, wildcardPattern } from '../values/patterns.ts';
import { phrase, shortPhrase } from '../values/phrases.ts';
import { TEXTS } from '../values/texts.ts';
import { analysed, counted, fuzziness, insensitive, maybe, misspelt, slop } from './parameters.ts';
import { constantFor, factor, textOrNumber } from './values.ts';

type Maker = (field: FuzzField, random: Random) => JsonObject;

/** A text that terms may be near to. */
const misspeltText = (random: Random): string => (random.chance(0.75) ? misspelling(random) : random.usual(TEXTS));

const term: Maker = ({ name, type, format }, random) => ({
  term: { [name]: { value: constantFor(type, random, format), ...insensitive(random) } },
});
const terms: Maker = ({ name, type }, random) => ({
  terms: { [name]: Array.from({ length: random.int(0, 3) }, () => constantFor(type, random)) },
});
const prefix: Maker = ({ name }, random) => ({
  prefix: { [name]: { value: textOrNumber((some) => some.usual(TEXTS), random), ...insensitive(random) } },
});
const wildcard: Maker = ({ name }, random) => {
  const folded = insensitive(random);
  const pattern = (some: Random): string => wildcardPattern(some, 'case_insensitive' in folded);
  return { wildcard: { [name]: { value: textOrNumber(pattern, random), ...folded } } };
};
const regexp: Maker = ({ name }, random) => {
  const operators = random.chance(0.35);
  return {
    regexp: {
      [name]: {
        value: textOrNumber((some) => regexpPattern(some, operators), random),
        ...insensitive(random),
        ...maybe(random, operators ? 0.6 : 0.08, 'flags', () => random.pick(FLAGS)),
      },
    },
  };
};
const FLAGS = [
  'ALL', 'NONE', 'INTERVAL', 'COMPLEMENT|INTERVAL', 'ANYSTRING', 'EMPTY', '', '', 'INTERSECTION', 'anystring|complement', 'nope',
]; // prettier-ignore
const fuzzy: Maker = ({ name }, random) => ({
  fuzzy: {
    [name]: {
      value: textOrNumber(misspeltText, random),
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
        ...maybe(random, 0.75, random.pick(['gte', 'gt']), () => constantFor(type, random, format)),
        ...maybe(random, 0.65, random.pick(['lte', 'lt']), () => constantFor(type, random, format)),
        ...maybe(random, dated ? 0.2 : 0.03, 'format', () => random.pick([...DATE_FORMATS, format ?? 'date', ...(dated ? [] : BAD_FORMATS)])),
        ...maybe(random, dated ? 0.2 : 0, 'time_zone', () => random.pick(TIME_ZONES)),
        ...maybe(random, type.endsWith('_range') ? 0.5 : 0, 'relation', () => random.pick(['within', 'contains', 'intersects'])),
      },
    },
  }; // prettier-ignore
};
const full = (field: FuzzField, random: Random): Json =>
  field.type === 'text' || field.type === 'keyword' ? random.weighted<Json>([[3, () => phrase(random)], [1, () => constantFor(field.type, random)]]) : constantFor(field.type, random); // prettier-ignore
const match: Maker = (field, random) => {
  const edits = misspelt(random);
  const query = 'fuzziness' in edits && random.chance(0.7) ? misspeltText(random) : full(field, random);
  const lenient = maybe(random, 0.12, 'lenient', () => true);
  return { match: { [field.name]: { query, ...counted(random), ...analysed(random), ...edits, ...lenient } } };
};
/** A phrase, which is short where its words may stand apart: of a long one hardly a document has all words. */
function phraseWithSlop(field: FuzzField, random: Random): JsonObject {
  const moved = slop(random);
  const query = 'slop' in moved && random.chance(0.7) ? shortPhrase(random) : full(field, random);
  return { query, ...moved, ...analysed(random) };
}
const matchPhrase: Maker = (field, random) => ({ match_phrase: { [field.name]: phraseWithSlop(field, random) } });
const matchPhrasePrefix: Maker = (field, random) => ({
  match_phrase_prefix: { [field.name]: phraseWithSlop(field, random) },
});
const matchBoolPrefix: Maker = (field, random) => {
  // The last word of a text that goes on behind it is no prefix
  const query = random.chance(0.3) ? `${shortPhrase(random).slice(0, -1)}${random.pick([' ', '.', ''])}` : full(field, random); // prettier-ignore
  return { match_bool_prefix: { [field.name]: { query, ...counted(random), ...misspelt(random) } } };
};
const exists: Maker = ({ name }, random) => ({
  exists: {
    field: random.chance(0.9) ? name : random.pick(['f*', 'o', 'n', 'o.*', 'n.*', 'nope', 'al*', '*n', 'f0.*']),
  },
});

/** Types on which clauses find something that fail on all others, or are a plain comparison there. */
const TERMS: ReadonlySet<string> = new Set(['keyword', 'text', 'flattened']);
const WORDS: ReadonlySet<string> = new Set(['text']);

const LEAVES: readonly (readonly [weight: number, make: Maker, suited?: ReadonlySet<string>])[] = [
  [5, term], [2, terms], [2, prefix, TERMS], [3, wildcard, TERMS], [2.5, regexp, TERMS], [1.5, fuzzy, TERMS], [5, range], [3, match],
  [2, matchPhrase, WORDS], [1, matchPhrasePrefix, WORDS], [1, matchBoolPrefix, WORDS], [2, exists],
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

/** The short form of a clause, where it has one parameter: `{"term": {"f": "x"}}`. */
function shortened(clause: JsonObject): JsonObject {
  const [name = '', body] = Object.entries(clause)[0] ?? [];
  const [field = '', inner] = isJsonObject(body) ? (Object.entries(body)[0] ?? []) : [];
  if (name === 'range' || !isJsonObject(inner) || Object.keys(inner).length !== 1) return clause;
  return { [name]: { [field]: Object.values(inner)[0] ?? null } };
}

/** A clause on one field, sometimes on a name that is in no mapping or an object. */
export function randomLeaf(fields: readonly FuzzField[], random: Random): JsonObject {
  const [make, types] = random.weighted(
    LEAVES.map(([weight, maker, suited]) => [weight, () => [maker, suited] as const]),
  );
  const suited = types === undefined ? [] : fields.filter(({ type }) => types.has(type));
  const among = suited.length > 0 && random.chance(0.6) ? suited : fields;
  const made = make(random.pick(random.chance(0.05) ? UNKNOWN : among), random);
  return random.chance(0.02) ? withFactor(made, random) : random.chance(0.1) ? shortened(made) : made;
}
