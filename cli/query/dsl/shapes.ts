import { parseDouble } from '../../fields/java-numbers/parse-double.ts';
import { NumberToken, type Json } from '../../text/json.ts';
import { refuse } from './refuse.ts';

/**
 * What a parameter may be, whether it changes a verdict or not: Elasticsearch reads each as one type and refuses the others
 * (elasticsearch:libs/x-content/src/main/java/org/elasticsearch/xcontent/support/AbstractXContentParser.java).
 */
export type Shape = (value: Json, what: string) => void;
export type Shapes = Readonly<Record<string, Shape>>;

const shown = (value: Json): string => JSON.stringify(value).slice(0, 60);

const isPlain = (value: Json): value is string | number | boolean | NumberToken =>
  value !== null && (typeof value !== 'object' || value instanceof NumberToken);

/** Read where it is used. */
export const any: Shape = () => undefined;

/** Text; numbers, true and false count by their text. */
export const plain: Shape = (value, what) => {
  if (!isPlain(value)) refuse(`${what} takes one plain value, not ${shown(value)}`);
};

export const plainOrNull: Shape = (value, what) => {
  if (value !== null) plain(value, what);
};

export const onlyText: Shape = (value, what) => {
  if (typeof value !== 'string') refuse(`${what} is a text, not ${shown(value)}`);
};

/** The empty text is false. */
export const flagged: Shape = (value, what) => {
  if (typeof value !== 'boolean' && value !== 'true' && value !== 'false' && value !== '')
    refuse(`${what} is true or false, not ${shown(value)}`);
};

/** A number, also as text; undefined: it is none. */
export function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof NumberToken) return value.value;
  return typeof value === 'string' ? parseDouble(value) : undefined;
}

/** A number that is cut to a whole one of 32 bits; undefined: it is none. */
export function integerOf(value: Json): number | undefined {
  const number = numberOf(value);
  return number !== undefined && number >= -(2 ** 31) && number < 2 ** 31 ? Math.trunc(number) : undefined;
}

export const integer: Shape = (value, what) => {
  if (integerOf(value) === undefined) refuse(`${what} is a whole number, not ${shown(value)}`);
};

export const notNegative: Shape = (value, what) => {
  integer(value, what);
  if ((integerOf(value) ?? 0) < 0) refuse(`${what} is 0 or more, not ${shown(value)}`);
};

export const decimal: Shape = (value, what) => {
  if (numberOf(value) === undefined) refuse(`${what} is a number, not ${shown(value)}`);
};

const between =
  (low: number, high: number): Shape =>
  (value, what) => {
    decimal(value, what);
    const number = numberOf(value);
    if (number !== undefined && (number < low || number > high))
      refuse(`${what} is ${high === Infinity ? `${low} or more` : `from ${low} to ${high}`}, not ${shown(value)}`);
  };

/** A factor of the score. */
export const positive = between(0, Infinity);

/** Whether a factor is below zero for Java's Float.compare, as -0.0 is. */
export const isNegativeFactor = (factor: number): boolean => factor < 0 || Object.is(factor, -0);

/** The factor of a clause (elasticsearch: AbstractQueryBuilder.java checkNegativeBoost, lucene: BoostQuery.java). */
const boost: Shape = (value, what) => {
  decimal(value, what);
  // A whole number has no negative zero
  const factor = value instanceof NumberToken && value.token === '-0' ? 0 : Math.fround(numberOf(value) ?? 0);
  if (isNegativeFactor(factor)) refuse(`${what} is 0 or more, not ${shown(value)}`);
  if (!Number.isFinite(factor)) refuse(`${what} is a number that a float holds, not ${shown(value)}`);
};
export const share = between(0, 1);

const REWRITES =
  /^(?:constant_score|constant_score_(?:auto|blended|boolean)|scoring_boolean|top_terms_(?:boost_|blended_freqs_)?\d+)$/;

/** How a pattern is turned into terms, which changes scores (elasticsearch: QueryParsers.java parseRewriteMethod). */
export const rewriteMethod: Shape = (value, what) => {
  plain(value, what);
  if (typeof value !== 'string' || !REWRITES.test(value)) refuse(`${what} ${shown(value)} is not known`);
};

export const rewriteMethodOrNull: Shape = (value, what) => {
  if (value !== null) rewriteMethod(value, what);
};

/** `boost` and `_name` are known everywhere and change no verdict. */
export const EVERYWHERE: Shapes = { boost, _name: plain };
