import type { Field, IndexOptions } from '../../fields/mapping.ts';
import { parseDouble } from '../../fields/java-numbers/parse-double.ts';
import { ClauseFailure, Unsupported } from '../failure.ts';
import type { RunContext } from './context.ts';
import { compileStars } from '../../fields/patterns/wildcard.ts';
import { fieldOf } from './fields.ts';

/** Types whose values no text can be compared with (elasticsearch: TextSearchInfo.NONE). */
const WITHOUT_TEXT = new Set<Field['type']>([
  'object', 'nested', 'unsupported', 'binary', 'histogram', 'geo_point', 'geo_shape',
]); // prettier-ignore

const SETTING = {
  defaultField: 'index.query.default_field',
  queryStringLenient: 'index.query_string.lenient',
} as const;

/** What an index says of text without a field. Several indices that say different things fail a query that depends on it. */
function option<K extends keyof typeof SETTING>(name: K, { mapping }: RunContext): IndexOptions[K] | undefined {
  const { options } = mapping;
  if (options?.differing?.includes(name) === true)
    throw new Unsupported('text without a field over indices that look for it in different ways', {
      why: `the setting ${SETTING[name]} is not the same in all of them`,
      help: 'name the fields that it is looked for in',
    });
  return options?.[name];
}

/** `index.query.default_field`, names and patterns; undefined: all fields. */
export function defaultFieldNames(context: RunContext): readonly string[] | undefined {
  const names = option('defaultField', context);
  return names?.some((name) => name.replace(/\^.*$/s, '') === '*') === true ? undefined : names;
}

/** `index.query_string.lenient`: whether a query_string over named fields passes over values that they refuse. */
export const lenientByDefault = (context: RunContext): boolean => option('queryStringLenient', context) === true;

const expanded = new WeakMap<RunContext['mapping'], readonly Field[]>();

/**
 * All fields that can be searched by a term, multi-fields included, aliases as their targets
 * (elasticsearch: server/src/main/java/org/elasticsearch/index/search/QueryParserHelper.java).
 */
export function defaultFields(context: RunContext): readonly Field[] {
  if (context.fieldHeld !== undefined) return namedFields('*', context, true);
  let found = expanded.get(context.mapping);
  if (found === undefined) expanded.set(context.mapping, (found = namedFields('*', context, true)));
  return found;
}

/** Whether values of a field can be compared with text (elasticsearch: TextSearchInfo). */
export const holdsText = (field: Field): boolean => field.searchedByDefault === true || !WITHOUT_TEXT.has(field.type);

/**
 * Whether anything can be found in a field: in its index, or unless it is text in its doc values (MappedFieldType.java mayExistInIndex,
 * which is false as well of a field that no document of the index has).
 */
const mayHoldValues = ({ type, indexed, docValues, store, unread }: Field): boolean =>
  unread !== true &&
  (indexed !== false || store === true || (docValues !== false && type !== 'text' && type !== 'match_only_text'));

/** Fields that fit a pattern, aliases as their targets. `searchableOnly` leaves out those in which no text can be found. */
export function namedFields(
  pattern: string,
  { mapping, fieldHeld }: RunContext,
  searchableOnly = false,
): readonly Field[] {
  const fields = mapping
    .matching(pattern)
    .map((field) =>
      field.type === 'alias' && field.aliasOf !== undefined ? (mapping.field(field.aliasOf) ?? field) : field,
    );
  return [...new Map(fields.map((field) => [field.name, field])).values()].filter(
    (field) =>
      !field.name.startsWith('_') &&
      field.disabled !== true &&
      (!searchableOnly || (holdsText(field) && mayHoldValues(field) && fieldHeld?.(field) !== false)),
  );
}

/** Where the text of a clause is looked for. The fields are found when they are asked for: a pattern may fit tens of thousands. */
export interface SearchedFields {
  /** Those that are mapped. */
  readonly fields: readonly Field[];
  /** Names of those that are reached by an alias alone. */
  readonly aliased: ReadonlySet<string>;
  /**
   * Names of those whose boost is not 1: their clauses stand in one that only weighs, which hides what is inside from who counts
   * clauses (elasticsearch: MultiMatchQueryParser.java, SimpleQueryStringQueryParser.java wrapWithBoost).
   */
  readonly boosted: ReadonlySet<string>;
  /** Whether all fields are meant, in which values that a type refuses are passed over. */
  readonly everything: boolean;
}

/** A field of a list, and its boost: `name^2`. */
function nameAndBoost(written: string): readonly [name: string, boost: number] {
  const at = written.indexOf('^');
  return at < 0 ? [written, 1] : [written.slice(0, at), Math.fround(parseDouble(written.slice(at + 1)) ?? 1)];
}

/** The fields that a list of names and patterns stands for; undefined: those of the index's settings. */
export function searchedFields(written: readonly string[] | undefined, context: RunContext): SearchedFields {
  const names = written ?? defaultFieldNames(context) ?? ['*'];
  let known: Found | undefined;
  const found = (): Found => (known ??= fieldsOf(names, context));
  return {
    get fields() {
      return found().fields;
    },
    get aliased() {
      return found().aliased;
    },
    get boosted() {
      return found().boosted;
    },
    everything: names.some((written) => nameAndBoost(written)[0] === '*'),
  };
}

/** A factor that a float cannot hold fails once there is a clause that it belongs to (lucene: BoostQuery.java). */
function refuseFactor(boost: number, written: string): void {
  if (!Number.isFinite(boost))
    throw new ClauseFailure(`the number behind ^ in ${written} is not one that a float holds`, {
      why: 'Elasticsearch refuses the search',
      help: 'write a number such as 2 or 0.5',
    });
}

type Found = Omit<SearchedFields, 'everything'>;

function fieldsOf(written: readonly string[], context: RunContext): Found {
  const found = new Map<string, Field>();
  const aliased = new Set<string>();
  /** Boosts of a field that is named more than once are multiplied (QueryParserHelper.java resolveMappingFields). */
  const boosts = new Map<string, { readonly field: string; readonly boost: number }>();
  for (const [at, [name, boost]] of written.map(nameAndBoost).entries()) {
    const isPattern = name.includes('*');
    const fits = isPattern ? compileStars(name) : (one: string) => one === name;
    const one = isPattern ? undefined : fieldOf(name, context.mapping);
    const patterned = name === '*' ? defaultFields(context) : isPattern ? namedFields(name, context, true) : [];
    const fields = one === undefined ? patterned : [one];
    if (fields.length > 0) refuseFactor(boost, written[at] ?? '');
    for (const field of fields) {
      if (fits(field.name)) aliased.delete(field.name);
      else if (!found.has(field.name)) aliased.add(field.name);
      found.set(field.name, field);
      // An alias has boosts of its own
      const key = isPattern || one === undefined ? field.name : name;
      const known = boosts.get(key) ?? { field: field.name, boost: 1 };
      boosts.set(key, { ...known, boost: Math.fround(known.boost * boost) });
    }
  }
  const boosted = new Set([...boosts.values()].flatMap(({ field, boost }) => (boost === 1 ? [] : [field])));
  return { fields: [...found.values()], aliased, boosted };
}
