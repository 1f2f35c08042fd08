import type { Field } from '../../fields/mapping.ts';
import type { RunContext } from './context.ts';

/** Types whose values no text can be compared with (elasticsearch: TextSearchInfo.NONE). */
const WITHOUT_TEXT = new Set<Field['type']>([
  'object', 'nested', 'unsupported', 'binary', 'histogram', 'geo_point', 'geo_shape',
]); // prettier-ignore

const expanded = new WeakMap<RunContext['mapping'], readonly Field[]>();

/**
 * The fields of `index.query.default_field: *`: all that can be searched by a term, multi-fields included, aliases as their
 * targets (elasticsearch: server/src/main/java/org/elasticsearch/index/search/QueryParserHelper.java).
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
