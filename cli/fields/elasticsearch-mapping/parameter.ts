import { isJsonObject, type Json } from '../../text/json.ts';

/**
 * What becomes of a parameter or setting. `followed`: it does what it means. `no effect`: it is read, and no verdict depends on
 * it (scoring, storage, highlighting). `refused`: a verdict depends on it and it cannot be run; it is named where it is used.
 * What is in no class is unknown, and refused as Elasticsearch refuses it.
 */
export type Use = 'followed' | 'no effect' | 'refused';

/** What a value has to be; a list of texts: one of them. */
export type ValueKind =
  | 'flag'
  | 'whole'
  | 'size'
  | 'limit'
  | 'number'
  | 'text'
  | 'texts'
  | 'scalar'
  | 'object'
  | 'list'
  | 'any'
  | readonly string[];

export interface Parameter {
  readonly use: Use;
  readonly value: ValueKind;
  /** Whether it may be written as null, for its default. */
  readonly nullable?: boolean;
  /** Of a refused one: what it would do. */
  readonly why?: string;
  /** Of a refused one: values that mean the default, with which nothing is refused. */
  readonly harmless?: readonly Json[];
  /** Of a refused number: from here on it is one of those. */
  readonly harmlessFrom?: number;
}

export type Parameters = Readonly<Record<string, Parameter>>;

export const followed = (value: ValueKind, more: Pick<Parameter, 'nullable'> = {}): Parameter => ({
  use: 'followed',
  value,
  ...more,
});
export const noEffect = (value: ValueKind, more: Pick<Parameter, 'nullable'> = {}): Parameter => ({
  use: 'no effect',
  value,
  ...more,
});
export const refused = (value: ValueKind, why: string, ...harmless: readonly Json[]): Parameter => ({
  use: 'refused',
  value,
  why,
  nullable: true,
  harmless: [null, ...harmless],
});

/** A limit that fails what goes beyond it, unless it is as high as the default. */
export const refusedBelow = (least: number, why: string): Parameter => ({
  ...refused('whole', why),
  harmlessFrom: least,
});

const isText = (value: Json): boolean => typeof value === 'string';
const isScalar = (value: Json): value is string | number | boolean => value !== null && typeof value !== 'object';

const isWhole = (value: Json): boolean =>
  typeof value === 'string' ? /^[+-]?\d{1,18}$/.test(value) : Number.isInteger(value);
const isAtLeast = (value: Json, least: number): boolean => isWhole(value) && Number(value) >= least;

const CHECKS: Readonly<
  Record<Exclude<ValueKind, readonly string[]>, { readonly fits: (value: Json) => boolean; readonly what: string }>
> = {
  flag: {
    fits: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
    what: 'true or false',
  },
  whole: {
    fits: isWhole,
    what: 'a whole number',
  },
  size: { fits: (value) => isAtLeast(value, 0), what: 'a whole number of 0 or more' },
  limit: { fits: (value) => isAtLeast(value, 1), what: 'a whole number of 1 or more' },
  number: {
    fits: (value) =>
      typeof value === 'string' ? value.trim() !== '' && Number.isFinite(Number(value)) : typeof value === 'number',
    what: 'a number',
  },
  text: { fits: isScalar, what: 'text' },
  texts: {
    fits: (value) => isText(value) || (Array.isArray(value) && (value as readonly Json[]).every(isText)),
    what: 'text or a list of texts',
  },
  scalar: { fits: isScalar, what: 'a single value' },
  object: { fits: isJsonObject, what: 'an object' },
  list: { fits: (value) => Array.isArray(value), what: 'a list' },
  any: { fits: () => true, what: 'anything' },
};

/** What is wrong with a value, as the end of `"index" is …`; undefined: nothing. */
export function valueFault(value: Json, kind: ValueKind): string | undefined {
  if (typeof kind !== 'string') {
    const fits = isScalar(value) && kind.includes(String(value).toLowerCase());
    return fits ? undefined : `none of ${kind.join(', ')}`;
  }
  const { fits, what } = CHECKS[kind];
  return fits(value) ? undefined : `not ${what}`;
}
