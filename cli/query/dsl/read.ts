import { isJsonObject, jsonText, NumberToken, own, type Json, type JsonObject } from '../../text/json.ts';
import { didYouMean } from '../../text/suggest.ts';
import type { Query, Scalar } from '../algebra/query.ts';
import { writtenText } from '../algebra/scalar-text.ts';
import { readFuzziness } from '../fuzziness.ts';
import { refuse } from './refuse.ts';
import { EVERYWHERE, flagged, integerOf, isNegativeFactor, numberOf, plain, type Shapes } from './shapes.ts';

/** One clause: its body and the number of clauses around it, itself included. */
export type ClauseParser = (body: Json, depth: number, inner: InnerParser) => Query;
export type InnerParser = (clause: Json, depth: number) => Query;

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

/** A plain value as it is written. */
export const text = (value: Json | undefined, what: string): string =>
  value instanceof NumberToken ? value.token : writtenText(present(value, what));

export const optionalText = (value: Json | undefined, what: string): string | undefined =>
  value === undefined || value === null ? undefined : text(value, what);

export function flag(value: Json | undefined, what: string): boolean | undefined {
  if (value === undefined) return undefined;
  flagged(value, what);
  return value === true || value === 'true';
}

export function whole(value: Json | undefined, what: string): number | undefined {
  if (value === undefined) return undefined;
  return integerOf(value) ?? refuse(`${what} is a whole number, not ${jsonText(value)}`);
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
  return namedExactly(jsonText(value).toLowerCase(), known, what);
}

/** A name that is written in small letters and no others. */
export function namedExactly<T extends string>(
  value: Json | undefined,
  known: readonly T[],
  what: string,
): T | undefined {
  if (value === undefined) return undefined;
  return known.find((one) => one === value) ?? refuse(`${what} is one of ${known.join(', ')}, not ${jsonText(value)}`);
}

/**
 * Names of fields, each with or without a factor behind `^`. The last factor of a name counts; one without a factor resets it in a
 * multi_match, and leaves it in query strings (elasticsearch: MultiMatchQueryBuilder.java, QueryParserHelper.java parseFieldsAndWeights).
 */
export function fieldNames(value: Json, what: string, bare: 'resets' | 'leaves'): readonly string[] {
  const last = new Map<string, string>();
  for (const written of writtenNames(value, what)) {
    const name = written.replace(/\^.*$/s, '');
    if (bare === 'resets' || name !== written || !last.has(name)) last.set(name, written);
  }
  last.forEach((name) => checkFactor(name, what));
  return [...last.values()];
}

const factorOf = (name: string): string | undefined => /\^(.*)$/s.exec(name)?.[1];

function writtenNames(value: Json, what: string): readonly string[] {
  const names = (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((one) => text(one, what));
  for (const name of names) {
    const factor = factorOf(name);
    if (factor !== undefined && numberOf(factor) === undefined) refuse(`${what}: ${name} has no number behind ^`);
  }
  return names;
}

function checkFactor(name: string, what: string): void {
  if (isNegativeFactor(numberOf(factorOf(name) ?? '1') ?? 1))
    refuse(`${what}: the number behind ^ is 0 or more in ${name}`);
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

/** Refuses parameters that the clause does not know, or that are of another type. */
export function only(body: JsonObject, clause: string, known: Shapes): void {
  for (const [key, value] of Object.entries(body)) {
    const shape = Object.hasOwn(known, key) ? known[key] : Object.hasOwn(EVERYWHERE, key) ? EVERYWHERE[key] : undefined;
    if (shape === undefined)
      refuse(`[${clause}] does not know the parameter [${key}]${didYouMean(key, Object.keys(known))}`);
    else shape(value, `[${clause}] ${key}`);
  }
}

/** Some parsers pass over null, of known parameters and others, as it is no value (elasticsearch: NestedQueryBuilder.java). */
export const withoutNulls = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

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

/** `{field: value}` or `{field: {<key>: value, …}}`; `keys` are the names of the value, of which the last one counts. */
export function valued(
  body: Json,
  clause: string,
  keys: readonly string[],
  parameters: Shapes,
): {
  readonly field: string;
  readonly value: Exclude<Scalar, null>;
  /** The value as it is written. */
  readonly written: string;
  readonly more: JsonObject;
} {
  const { field, value } = oneField(body, clause);
  const where = `[${clause}] on ${field}`;
  if (!isJsonObject(value)) return { field, value: present(value, where), written: text(value, where), more: {} };
  const named = Object.keys(value).filter((key) => keys.includes(key));
  for (const key of named) present(own(value, key), where);
  only(value, clause, { ...Object.fromEntries(keys.map((key) => [key, plain])), ...parameters });
  const key = named.at(-1);
  if (key === undefined) return refuse(`${where} has no ${keys[0] ?? 'value'}`);
  return { field, value: present(own(value, key), where), written: text(own(value, key), where), more: value };
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
