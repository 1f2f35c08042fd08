import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';

export const object = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
export const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** JSON with sorted keys, so that equal values have equal texts. */
export const canonical = (value: Json): string =>
  Array.isArray(value)
    ? `[${(value as readonly Json[]).map(canonical).join(',')}]`
    : isJsonObject(value)
      ? `{${Object.keys(value)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${canonical(own(value, key) ?? null)}`)
          .join(',')}}`
      : JSON.stringify(value);
