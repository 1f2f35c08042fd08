import type { Field, IndexOptions } from '../../fields/mapping.ts';
import type { SimpleQueryString } from '../algebra/query.ts';
import { Unsupported } from '../failure.ts';
import type { RunContext } from './context.ts';

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

/** A simple_query_string with the fields that the index gives it; over named fields it is not lenient by itself. */
export function withDefaultFields(query: SimpleQueryString, context: RunContext): SimpleQueryString {
  if (query.fields !== undefined) return query.fields.includes('*') ? query : { lenient: false, ...query };
  const fields = defaultFieldNames(context);
  return fields === undefined ? query : { lenient: false, ...query, fields };
}

const expanded = new WeakMap<RunContext['mapping'], readonly Field[]>();

/**
 * All fields that can be searched by a term, multi-fields included, aliases as their targets
 * (elasticsearch: server/src/main/java/org/elasticsearch/index/search/QueryParserHelper.java).
 */
export function defaultFields(context: RunContext): readonly Field[] {
  let found = expanded.get(context.mapping);
  if (found === undefined) expanded.set(context.mapping, (found = namedFields('*', context, true)));
  return found;
}

/** Fields that fit a pattern. `searchableOnly` leaves out what has no index, as an expanded list of fields does. */
export function namedFields(pattern: string, { mapping }: RunContext, searchableOnly = false): readonly Field[] {
  const fields = mapping
    .matching(pattern)
    .map((field) =>
      field.type === 'alias' && field.aliasOf !== undefined ? (mapping.field(field.aliasOf) ?? field) : field,
    );
  return [...new Map(fields.map((field) => [field.name, field])).values()].filter(
    (field) =>
      !field.name.startsWith('_') &&
      field.disabled !== true &&
      (!searchableOnly ||
        ((field.searchedByDefault === true || !WITHOUT_TEXT.has(field.type)) && field.indexed !== false)),
  );
}
