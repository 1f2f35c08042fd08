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
    values: list.map((item) => scalar(plainItem(item), '[terms]') ?? refuse(`[terms] on ${field} holds null`)),
  };
};

function plainItem(item: Json): Json {
  if (isJsonObject(item)) throw new Unsupported('an object among the values of [terms]');
  return item;
}

const PATTERN: Shapes = { case_insensitive: flagged, rewrite: rewriteMethodOrNull };

const wildcard: ClauseParser = (body) => {
  const { field, written, more } = valued(body, 'wildcard', ['value', 'wildcard'], PATTERN);
  return { kind: 'wildcard', field, pattern: written, ...cased(more) };
};

const prefix: ClauseParser = (body) => {
  const { field, written, more } = valued(body, 'prefix', ['value'], PATTERN);
  return { kind: 'prefix', field, value: written, ...cased(more) };
};

const regexp: ClauseParser = (body) => {
  const { field, written, more } = valued(body, 'regexp', ['value'], {
    ...PATTERN,
    flags: plainOrNull,
    flags_value: integer,
    max_determinized_states: integer,
  });
  const flags = regexpFlags(more);
  return {
    kind: 'regexp',
    field,
    pattern: written,
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

/** Parameters that a range has until Elasticsearch 9.0. */
const REMOVED: Shapes = { from: any, to: any, include_lower: flagged, include_upper: flagged };

const range: ClauseParser = (body) => {
  const { field, value } = oneField(withoutNulls(object(body, '[range]')), 'range');
  const written = object(value, `[range] on ${field}`);
  only(written, 'range', { gt: any, gte: any, lt: any, lte: any, format: plain, time_zone: plain, relation: plain, ...REMOVED }); // prettier-ignore
  const removed = Object.keys(REMOVED).some((key) => Object.hasOwn(written, key));
  const bounds = removed ? withoutRemoved(written) : written;
  const made: Range = {
    kind: 'range',
    field,
    ...(removed ? { removed } : {}),
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
 * The same range in today's parameters: `from` and `to` are ends, and whether the value belongs to it is what was said last, be it by
 * `include_lower` or by the name of the end (elasticsearch 8.18: server/.../index/query/RangeQueryBuilder.java fromXContent).
 */
function withoutRemoved(written: JsonObject): JsonObject {
  const { gt: _gt, gte: _gte, lt: _lt, lte: _lte, from: _from, to: _to, include_lower: _lower, include_upper: _upper, ...rest } = written; // prettier-ignore
  const ends = { lower: { value: null as Json, included: true }, upper: { value: null as Json, included: true } };
  for (const [key, value] of Object.entries(written)) {
    const end = /^(?:from|gte?|include_lower)$/.test(key) ? ends.lower : /^(?:to|lte?|include_upper)$/.test(key) ? ends.upper : undefined; // prettier-ignore
    if (end === undefined) continue;
    if (key.startsWith('include_')) end.included = flag(value, `[range] ${key}`) ?? true;
    else end.value = value;
    if (/^[gl]t/.test(key)) end.included = key.endsWith('e');
  }
  const { lower, upper } = ends;
  return {
    ...rest,
    ...(lower.value === null && lower.included ? {} : { [lower.included ? 'gte' : 'gt']: lower.value }),
    ...(upper.value === null && upper.included ? {} : { [upper.included ? 'lte' : 'lt']: upper.value }),
  };
}

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
