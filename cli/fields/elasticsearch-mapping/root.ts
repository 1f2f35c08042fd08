import { followed, noEffect, refused, type Parameters } from './parameter.ts';
import { SOURCE_KEEP } from './parameters/common.ts';

/** Members of the root of a mapping (elasticsearch: RootObjectMapper.java, MappingParser.java). */
export const ROOT: Parameters = {
  properties: followed('any'),
  runtime: followed('any'),
  dynamic: followed(['true', 'false', 'strict', 'runtime']),
  dynamic_templates: followed('list'),
  date_detection: followed('flag'),
  numeric_detection: followed('flag'),
  dynamic_date_formats: followed('texts'),
  date_formats: followed('texts'),
  subobjects: followed('flag'),
  enabled: refused('flag', 'nothing of a document is indexed', true),
  _source: followed('object'),
  _meta: noEffect('object', { nullable: true }),
  _routing: noEffect('object'),
  _field_names: noEffect('object'),
  _data_stream_timestamp: followed('object'),
  _size: followed('object'),
  synthetic_source_keep: SOURCE_KEEP,
  store_array_source: noEffect('any', { nullable: true }),
  include_in_all: noEffect('any', { nullable: true }),
};

/** Members of `_source` (elasticsearch: SourceFieldMapper.java). */
export const SOURCE: Parameters = {
  enabled: followed('flag'),
  mode: followed(['stored', 'synthetic', 'disabled']),
  includes: followed('list'),
  excludes: followed('list'),
};
export const ROUTING: Parameters = {
  required: refused('flag', 'a document that names no routing is refused, and events name none', false, 'false'),
};
/** Of `_field_names`, whose `enabled` is gone. */
export const NONE: Parameters = {};
export const ENABLED: Parameters = { enabled: followed('flag') };
