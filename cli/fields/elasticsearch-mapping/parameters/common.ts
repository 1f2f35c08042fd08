import { followed, noEffect, refused, type Parameter, type Parameters } from '../parameter.ts';

/** Why a script cannot be followed. */
const SCRIPT = 'a Painless script gives the values when a document is indexed';

export const SOURCE_KEEP = noEffect(['none', 'arrays', 'all']);

/** Parameters of every type of field but objects and aliases (elasticsearch: FieldMapper.java, class Builder, parse). */
export const COMMON: Parameters = {
  fields: followed('any'),
  copy_to: followed('texts'),
  meta: noEffect('object'),
  synthetic_source_keep: SOURCE_KEEP,
};

export const INDEX = { index: followed('flag') } as const;

/** `index`, `doc_values` and `store`, which decide whether a field can be searched and exists. */
export const STORAGE: Parameters = {
  ...INDEX,
  doc_values: followed('flag'),
  store: followed('flag'),
};

export const SCRIPTED: Parameters = {
  script: refused('any', SCRIPT),
  on_script_error: noEffect(['fail', 'continue']),
};

export const NULL_VALUE: Parameter = followed('scalar', { nullable: true });

/** Marks of a time series: they say where a document is kept and how metrics are added up. */
export const DIMENSION: Parameters = { time_series_dimension: noEffect('flag') };
export const metric = (...kinds: readonly string[]): Parameters => ({
  time_series_metric: noEffect(kinds, { nullable: true }),
});

/** Of types whose values are not read: whatever stands there counts as a value. */
export const UNREAD_MALFORMED: Parameter = refused('flag', 'a malformed value is kept, and does not exist', false);

export const SIMILARITY: Parameter = noEffect('text', { nullable: true });

/** Names of months and days other than English ones would be read. */
export const LOCALE: Parameter = {
  use: 'refused',
  value: 'text',
  why: 'dates are read with the names of months and days of that language',
  harmless: ['en', 'en_US', 'en-US', 'ROOT', ''],
};
