import { createHash } from 'node:crypto';
import { isJsonObject, own, type Json } from '../../text/json.ts';

/** JSON with sorted keys: equal values give equal texts. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(own(value, key) ?? null)}`);
  return `{${members.join(',')}}`;
}

/** A short name for a value: 16 hexadecimal digits of its SHA-256. Equal values, and in practice only those, have the same. */
export const digest = (value: Json): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);

export const same = (a: Json, b: Json): boolean => canonical(a) === canonical(b);
