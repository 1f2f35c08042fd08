import { isJsonObject, jsonText, NumberToken, own, type Json, type JsonObject } from '../../text/json.ts';
import { didYouMean } from '../../text/suggest.ts';
import type { Query, Scalar } from '../algebra/query.ts';
import { scalarText } from '../algebra/scalar-text.ts';
import { QueryFailure } from '../failure.ts';
import { readFuzziness } from '../fuzziness.ts';

/** One clause: its body and the number of clauses around it, itself included. */
export type ClauseParser = (body: Json, depth: number, inner: InnerParser) => Query;
export type InnerParser = (clause: Json, depth: number) => Query;

/** Why a query would be refused; `help` says what to write. */
export function refuse(what: string, help?: string): never {
  throw new QueryFailure(what, { why: 'Elasticsearch refuses the search', ...(help === undefined ? {} : { help }) });
}

export const object = (value: Json | undefined, what: string): JsonObject =>
  isJsonObject(value) ? value : refuse(`${what} has to be an object`);

/** A plain value; null stays null. A whole number beyond 2^53 is exact; one with a fraction or an exponent stays a token. */
export function scalar(value: Json | undefined, what: string): Scalar {
  if (value instanceof NumberToken) return value.whole ? wholeToken(value) : value;
  if (value === undefined || (typeof value === 'object' && value !== null)) refuse(`${what} needs a plain value`);
  return value;
}

/** Java reads `-0` as the whole number 0. */
const wholeToken = ({ token }: NumberToken): number | bigint => (token === '-0' ? 0 : BigInt(token));

/** A plain value that is there. */
export function present(value: Json | undefined, what: string): Exclude<Scalar, null> {
  if (value === undefined || value === null) refuse(`${what} has no value`, 'null can only be asked for with exists');
  if (typeof value === 'object' && !(value instanceof NumberToken))
    refuse(`${what} takes one value, not a list or an object`);
  return scalar(value, what) ?? refuse(`${what} has no value`);
}

/** A plain value as Java prints it. */
export const text = (value: Json | undefined, what: string): string => scalarText(present(value, what));

export const optionalText = (value: Json | undefined, what: string): string | undefined =>
  value === undefined || value === null ? undefined : text(value, what);

export function flag(value: Json | undefined, what: string): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return refuse(`${what} is true or false, not ${jsonText(value)}`);
}

export function whole(value: Json | undefined, what: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number =
    value instanceof NumberToken
      ? value.value
      : typeof value === 'string' && /^-?\d+$/.test(value)
        ? Number(value)
        : value;
  return typeof number === 'number' && Number.isFinite(number)
    ? Math.trunc(number)
    : refuse(`${what} is a whole number, not ${jsonText(value)}`);
}

/** minimum_should_match: a number, a percentage, or conditions such as `2<75%`; read when it is known how many clauses there are. */
export function minimum(value: Json | undefined, what: string): string | number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && !(value instanceof NumberToken))
    return refuse(`${what} is a number or a percentage`);
  if (value instanceof NumberToken) return value.token;
  return typeof value === 'number' ? value : jsonText(value);
}

export function operator(value: Json | undefined, what: string): 'and' | 'or' | undefined {
  if (value === undefined) return undefined;
  const found = jsonText(value).toLowerCase();
  return found === 'and' || found === 'or' ? found : refuse(`${what} is "and" or "or", not ${jsonText(value)}`);
}

export function oneOf<T extends string>(value: Json | undefined, known: readonly T[], what: string): T | undefined {
  if (value === undefined) return undefined;
  const found = known.find((one) => one === jsonText(value).toLowerCase());
  return found ?? refuse(`${what} is one of ${known.join(', ')}, not ${jsonText(value)}`);
}

export const fuzziness = (value: Json | undefined, what: string): string | number | undefined =>
  value === undefined
    ? undefined
    : (readFuzziness(value) ?? refuse(`${what} is AUTO, AUTO:low,high, 0, 1 or 2, not ${jsonText(value)}`));

/** `prefix_length`; beside it `max_expansions` is checked, which changes no verdict on one event. */
export function prefixLength(more: JsonObject, clause: string): number | undefined {
  const length = whole(own(more, 'prefix_length'), `[${clause}] prefix_length`);
  if (length !== undefined && length < 0) refuse(`[${clause}] prefix_length is 0 or more, not ${length}`);
  const expansions = whole(own(more, 'max_expansions'), `[${clause}] max_expansions`);
  if (expansions !== undefined && expansions <= 0) refuse(`[${clause}] max_expansions is 1 or more, not ${expansions}`);
  return length;
}

/** Refuses parameters that the clause does not know; `boost` and `_name` are known everywhere and change no verdict. */
export function only(body: JsonObject, clause: string, allowed: readonly string[]): void {
  for (const key of Object.keys(body))
    if (key !== 'boost' && key !== '_name' && !allowed.includes(key))
      refuse(`[${clause}] does not know the parameter [${key}]${didYouMean(key, allowed)}`);
}

export interface FieldBody {
  readonly field: string;
  readonly value: Json;
}

/** `{field: body}`: exactly one field. `beside`: parameters that may stand next to it. */
export function oneField(body: Json, clause: string, beside: readonly string[] = []): FieldBody {
  const inner = object(body, `[${clause}]`);
  const names = Object.keys(inner).filter((key) => !beside.includes(key));
  const [field] = names;
  if (field === undefined) return refuse(`[${clause}] names no field`);
  if (names.length > 1) return refuse(`[${clause}] takes one field, it has ${names.length}: ${names.join(', ')}`);
  return { field, value: own(inner, field) ?? null };
}

/** `{field: value}` or `{field: {<key>: value, …}}`; `keys` are the names of the value, `allowed` the parameters beside it. */
export function valued(
  body: Json,
  clause: string,
  keys: readonly string[],
  allowed: readonly string[],
  beside: readonly string[] = [],
): { readonly field: string; readonly value: Exclude<Scalar, null>; readonly more: JsonObject } {
  const { field, value } = oneField(body, clause, beside);
  const where = `[${clause}] on ${field}`;
  if (!isJsonObject(value)) return { field, value: present(value, where), more: {} };
  only(value, clause, [...keys, ...allowed]);
  const key = keys.find((one) => Object.hasOwn(value, one));
  if (key === undefined) return refuse(`${where} has no ${keys[0] ?? 'value'}`);
  return { field, value: present(own(value, key), where), more: value };
}

/** Members that are there. */
export function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** A list of clauses; one clause may stand without its list. */
export function clauses(
  value: Json | undefined,
  depth: number,
  inner: InnerParser,
  what: string,
): readonly Query[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') refuse(`${what} has to be a clause or a list of clauses`);
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return items.map((item) => inner(item, depth + 1));
}
