import { isJsonObject, NumberToken, type Json } from './json.ts';

/** JSON text of a value in which each number stands as it was written: what `parseJsonSpelled` reads comes out the same. */
export function spelledJson(value: Json): string {
  if (value instanceof NumberToken) return value.token;
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(spelledJson).join(',')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${spelledJson(inner)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}
