import { scalarText } from '../../algebra/scalar-text.ts';
import { isJsonObject, NumberToken, own, type Json, type JsonObject } from '../../../text/json.ts';
import type { Range, Scalar } from '../../algebra/query.ts';
import { Unsupported } from '../../failure.ts';
import { flag, fuzziness, given, object, oneField, oneOf, only, optionalText, prefixLength, scalar, text, valued, whole, withoutNulls, type ClauseParser } from '../read.ts'; // prettier-ignore
import { refuse } from '../refuse.ts';
import { regexpFlags } from '../regexp-flags.ts';
import { any, EVERYWHERE, flagged, integer, onlyText, plain, plainOrNull, rewriteMethod, rewriteMethodOrNull, type Shapes } from '../shapes.ts'; // prettier-ignore

const cased = (more: JsonObject): { caseInsensitive?: boolean } =>
  given({ caseInsensitive: flag(own(more, 'case_insensitive'), 'case_insensitive') });

const term: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'term', ['value', 'term'], { case_insensitive: flagged });
  return { kind: 'term', field, value, ...cased(more) };
};

/** A list, or an object that says where one is, belongs to a field, whatever its name. */
const isField = (value: Json | undefined): boolean => typeof value === 'object' && !(value instanceof NumberToken);

const terms: ClauseParser = (body) => {
  const beside = Object.entries(object(body, '[terms]')).filter(
    ([key, value]) => Object.hasOwn(EVERYWHERE, key) && (value === null || !isField(value)),
  );
  only(Object.fromEntries(beside), 'terms', {});
  const { field, value } = oneField(body, 'terms', beside.map(([key]) => key)); // prettier-ignore
  if (isJsonObject(value)) throw new Unsupported('a terms lookup in another index');
  if (!Array.isArray(value)) return refuse(`[terms] on ${field} needs a list`, 'for one value use term');
  const list = value as readonly Json[];
  return {
    kind: 'terms',
    field,
    values: list.map((item) => scalar(item, '[terms]') ?? refuse(`[terms] on ${field} holds null`)),
  };
};

const PATTERN: Shapes = { case_insensitive: flagged, rewrite: rewriteMethodOrNull };

const wildcard: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'wildcard', ['value', 'wildcard'], PATTERN);
  return { kind: 'wildcard', field, pattern: scalarText(value), ...cased(more) };
};

const prefix: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'prefix', ['value'], PATTERN);
  return { kind: 'prefix', field, value: scalarText(value), ...cased(more) };
};

const regexp: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'regexp', ['value'], {
    ...PATTERN,
    flags: plainOrNull,
    flags_value: integer,
    max_determinized_states: integer,
  });
  const flags = regexpFlags(more);
  return {
    kind: 'regexp',
    field,
    pattern: scalarText(value),
    ...(flags === undefined ? {} : { flags }),
    ...given({
      maxDeterminizedStates: whole(own(more, 'max_determinized_states'), '[regexp] max_determinized_states'),
    }),
    ...cased(more),
  };
};

const fuzzy: ClauseParser = (body) => {
  const { field, value, more } = valued(body, 'fuzzy', ['value', 'term'], {
    fuzziness: any,
    prefix_length: integer,
    max_expansions: integer,
    transpositions: flagged,
    rewrite: rewriteMethod,
  });
  return {
    kind: 'fuzzy',
    field,
    value: scalarText(value),
    fuzziness: fuzziness(own(more, 'fuzziness'), '[fuzzy] fuzziness') ?? 'AUTO',
    ...given({
      prefixLength: prefixLength(more, 'fuzzy'),
      transpositions: flag(own(more, 'transpositions'), '[fuzzy] transpositions'),
    }),
  };
};

const REMOVED = ['from', 'to', 'include_lower', 'include_upper'];

const range: ClauseParser = (body) => {
  const { field, value } = oneField(withoutNulls(object(body, '[range]')), 'range');
  const bounds = object(value, `[range] on ${field}`);
  if (REMOVED.some((key) => Object.hasOwn(bounds, key)))
    refuse(
      '[range] no longer knows from, to, include_lower and include_upper',
      'they are gone since Elasticsearch 9.0: write gte and lte',
    );
  only(bounds, 'range', { gt: any, gte: any, lt: any, lte: any, format: plain, time_zone: plain, relation: plain });
  const made: Range = {
    kind: 'range',
    field,
    ...bound(bounds, 'gt', 'gte'),
    ...bound(bounds, 'lt', 'lte'),
    ...given({
      format: optionalText(own(bounds, 'format'), '[range] format'),
      timeZone: optionalText(own(bounds, 'time_zone'), '[range] time_zone'),
      relation: oneOf(own(bounds, 'relation'), ['intersects', 'contains', 'within'] as const, '[range] relation'),
    }),
  };
  return made;
};

/**
 * One end of a range. Of two that are given the later one counts; null leaves the end open, which leaves out the last value of all
 * where a field tells the two apart.
 */
function bound(bounds: JsonObject, open: 'gt' | 'lt', closed: 'gte' | 'lte'): Partial<Record<string, Scalar>> {
  const last = Object.keys(bounds).findLast((key) => key === open || key === closed);
  if (last === undefined) return {};
  const value = scalar(own(bounds, last), `[range] ${last}`);
  return value === null && last === closed ? {} : { [last]: value };
}

const exists: ClauseParser = (body) => {
  const inner = object(body, '[exists]');
  only(inner, 'exists', { field: plain });
  return { kind: 'exists', field: text(own(inner, 'field'), '[exists] field') };
};

const ids: ClauseParser = (body) => {
  const inner = object(body, '[ids]');
  only(inner, 'ids', { values: any, _name: onlyText });
  const values = own(inner, 'values') ?? (Object.hasOwn(inner, 'values') ? null : []);
  const list = Array.isArray(values)
    ? (values as readonly Json[])
    : typeof values === 'string'
      ? [values]
      : refuse('[ids] values is a list of ids');
  return { kind: 'ids', values: list.map((one) => text(one, '[ids] values')) };
};

/** Clauses that compare with the terms of a field as they are. */
export const TERM_LEVEL = { term, terms, wildcard, prefix, regexp, fuzzy, range, exists, ids };
