import { isJsonObject, own, type Json, type JsonObject } from '../../text/json.ts';
import { parseJsonExactly } from '../../text/parse-json.ts';

/** The elements of a list; none if it is something else. */
export const list = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

/** The objects in a list. */
export const objects = (value: Json | undefined): readonly JsonObject[] => list(value).filter(isJsonObject);

export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** A member as text; empty if it is absent or something else. */
export const textOf = (object: JsonObject, key: string): string => text(own(object, key));

/** The object without these members. */
export const without = (object: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

/** Those of the named members that are there and not null. */
export const pick = (object: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = own(object, key);
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );

/** Lines of NDJSON, one newline after each. */
export const ndjson = (lines: readonly Json[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** Objects and lists inside each other; more would break what walks over them. */
const DEPTH = 200;

/** The value of a JSON text, with numbers as JavaScript has them; throws for what is no JSON or nested too deep. */
export function boundedJson(written: string): Json {
  if (parseJsonExactly(written).depth > DEPTH) throw new SyntaxError(`nested deeper than ${DEPTH}, is not valid JSON`);
  return JSON.parse(written) as Json;
}
