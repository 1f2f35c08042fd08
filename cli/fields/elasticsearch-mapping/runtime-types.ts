import type { FieldType } from '../mapping.ts';
import { followed, noEffect, refused, type Parameters } from './parameter.ts';
import { LOCALE } from './parameters/common.ts';

const COMMON: Parameters = {
  meta: noEffect('object'),
  script: refused('any', 'a Painless script gives the values'),
  on_script_error: noEffect(['fail', 'continue']),
};

/** Runtime fields that are run as long as they have no script; they read the source at their own path. */
export const RUNTIME_TYPES: Readonly<Record<string, { readonly runs: FieldType; readonly parameters: Parameters }>> = {
  boolean: { runs: 'boolean', parameters: COMMON },
  date: { runs: 'date', parameters: { ...COMMON, format: followed('text'), locale: LOCALE } },
  double: { runs: 'double', parameters: COMMON },
  geo_point: { runs: 'geo_point', parameters: COMMON },
  ip: { runs: 'ip', parameters: COMMON },
  keyword: { runs: 'keyword', parameters: COMMON },
  long: { runs: 'long', parameters: COMMON },
};

/** Runtime fields that are not run, and why. */
export const REFUSED_RUNTIME_TYPES: Readonly<Record<string, string>> = {
  composite: 'a Painless script gives several fields',
  geo_shape: 'a Painless script gives the values',
  lookup: 'values come from another index',
};
