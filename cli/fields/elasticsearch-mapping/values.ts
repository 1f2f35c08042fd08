import type { Json } from '../../text/json.ts';

/** Parameters of a mapping and settings of an index as Elasticsearch takes them: numbers and booleans may be text. */
export const string = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

export const number = (value: Json | undefined): number | undefined =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)
      ? Number(value)
      : undefined;

export const flag = (value: Json | undefined): boolean | undefined =>
  typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;

export const list = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];

/** The members that are there; `exactOptionalPropertyTypes` knows no undefined members. */
export function present<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
