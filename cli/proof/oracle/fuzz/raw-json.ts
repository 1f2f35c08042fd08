import { isJsonObject, NumberToken, type Json } from '../../../text/json.ts';

/** JSON as text, with each number as it is spelled. */
export const rawJson = (value: Json): string => {
  if (value instanceof NumberToken) return value.token;
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(rawJson).join(',')}]`;
  if (isJsonObject(value))
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}:${rawJson(inner)}`)
      .join(',')}}`;
  return JSON.stringify(value);
};

/** A number by its token. */
export const num = (token: string): Json =>
  /^-?(?:0|[1-9]\d{0,14})$/.test(token) && token !== '-0' ? Number(token) : new NumberToken(token);
