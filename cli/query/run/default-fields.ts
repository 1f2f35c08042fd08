import type { Field } from '../../fields/mapping.ts';
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

const expanded = new WeakMap<RunContext['mapping'], readonly Field[]>();

/**
 * The fields of `index.query.default_field: *`: all that can be searched by a term, multi-fields included, aliases as their
 * targets (elasticsearch: server/src/main/java/org/elasticsearch/index/search/QueryParserHelper.java).
 */
export function defaultFields(context: RunContext): readonly Field[] {
  const [differing] = context.mapping.options?.differing ?? [];
  if (differing !== undefined)
    throw new Unsupported('text without a field over indices that look for it in different ways', {
      why: `the setting ${SETTING[differing]} is not the same in all of them`,
      help: 'name the fields that it is looked for in',
    });
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
