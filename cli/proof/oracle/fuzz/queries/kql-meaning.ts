import type { JsonObject } from '../../../../text/json.ts';
import type { FuzzField } from '../mappings.ts';

/**
 * What Kibana sends for a comparison, written down once more beside the engine's own conversion: no server takes KQL, so that a
 * fault of the parser or the conversion would be sent to both sides (kibana: kbn-es-query/src/kuery/functions/is.ts, range.ts, and.ts,
 * or.ts, not.ts, nested.ts). Undefined: not known here.
 */
export type Meant = JsonObject | undefined;

/** The zone that the conversion is given. */
export const ZONE = 'Zulu';

const oneOf = (clause: JsonObject): JsonObject => ({ bool: { should: [clause], minimum_should_match: 1 } });

const known = (parts: readonly Meant[]): readonly JsonObject[] | undefined => {
  const found = parts.filter((part) => part !== undefined);
  return found.length === parts.length ? found : undefined;
};

export function all(parts: readonly Meant[]): Meant {
  if (parts.length === 1) return parts[0];
  const filter = known(parts);
  return filter === undefined ? undefined : { bool: { filter } };
}

export function any(parts: readonly Meant[]): Meant {
  if (parts.length === 1) return parts[0];
  const should = known(parts);
  return should === undefined ? undefined : { bool: { should, minimum_should_match: 1 } };
}

export const none = (part: Meant): Meant => (part === undefined ? undefined : { bool: { must_not: [part] } });

export const within = (path: string, part: Meant): Meant =>
  part === undefined ? undefined : { nested: { path, query: part, score_mode: 'none' } };

const isDate = ({ type }: FuzzField): boolean => type === 'date' || type === 'date_nanos';

/** A value is read in the zone, unless it is a count of milliseconds. */
const zoned = (value: string): JsonObject => (/^\d+$/.test(value) ? {} : { time_zone: ZONE });

/** A value in quotes or, of `quoted` false, without. */
export function valueClause(field: FuzzField, value: string | boolean, quoted: boolean): Meant {
  if (field.disabled === true) return undefined;
  const { name, type } = field;
  if (isDate(field)) return oneOf({ range: { [name]: { gte: value, lte: value, ...zoned(String(value)) } } });
  if (type === 'keyword') return oneOf({ term: { [name]: { value } } });
  return oneOf(quoted ? { match_phrase: { [name]: value } } : { match: { [name]: value } });
}

/** Whether a text without quotes has words or spaces that mean something there. */
const isSyntax = (text: string): boolean => /[\s\u00a0]|^(?:and|or)$|not$/i.test(text);

/** A value without quotes. */
export function commonValue(field: FuzzField, value: string): Meant {
  if (value === 'null' || isSyntax(value)) return undefined;
  return valueClause(field, value === 'true' ? true : value === 'false' ? false : value, false);
}

/** Kibana escapes the text of a wildcard for a query_string, on keywords as well. */
const escapedParts = (parts: readonly string[]): string =>
  parts.map((part) => part.replace(/[+\-=&|><!(){}[\]^"~*?:\\/]/g, '\\$&')).join('*');

export function wildcardClause(field: FuzzField, parts: readonly string[]): Meant {
  if (field.disabled === true || parts.some(isSyntax)) return undefined;
  const { name, type } = field;
  if (parts.length === 2 && parts.every((part) => part === '')) return oneOf({ exists: { field: name } });
  const text = escapedParts(parts);
  return oneOf(
    type === 'keyword' ? { wildcard: { [name]: { value: text } } } : { query_string: { fields: [name], query: text } },
  );
}

export function comparisonOf(field: FuzzField, operator: 'gt' | 'gte' | 'lt' | 'lte', value: string): Meant {
  if (field.disabled === true) return undefined;
  return oneOf({ range: { [field.name]: { [operator]: value, ...(isDate(field) ? zoned(value) : {}) } } });
}
