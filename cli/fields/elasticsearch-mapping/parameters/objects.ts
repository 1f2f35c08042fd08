import { followed, noEffect, refused, type Parameters } from '../parameter.ts';
import { SIMILARITY, SOURCE_KEEP } from './common.ts';

const DYNAMIC = followed(['true', 'false', 'strict', 'runtime']);

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/ObjectMapper.java, class TypeParser */
export const OBJECT: Parameters = {
  properties: followed('any'),
  dynamic: DYNAMIC,
  enabled: followed('flag'),
  subobjects: followed('flag'),
  synthetic_source_keep: SOURCE_KEEP,
  store_array_source: noEffect('any', { nullable: true }),
  include_in_all: noEffect('any', { nullable: true }),
};

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/NestedObjectMapper.java, class TypeParser */
export const NESTED: Parameters = {
  properties: followed('any'),
  dynamic: DYNAMIC,
  enabled: followed('flag'),
  include_in_parent: followed('flag'),
  include_in_root: followed('flag'),
  synthetic_source_keep: SOURCE_KEEP,
  store_array_source: noEffect('any', { nullable: true }),
  include_in_all: noEffect('any', { nullable: true }),
};

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/PassThroughObjectMapper.java */
export const PASSTHROUGH: Parameters = {
  properties: followed('any'),
  dynamic: DYNAMIC,
  enabled: followed('flag'),
  synthetic_source_keep: SOURCE_KEEP,
  store_array_source: noEffect('any', { nullable: true }),
  include_in_all: noEffect('any', { nullable: true }),
  priority: followed('whole'),
  time_series_dimension: noEffect('flag'),
};

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/FieldAliasMapper.java */
export const ALIAS: Parameters = { path: followed('text') };

const SUB_FIELDS = 'keys below it have types of their own';

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/flattened/FlattenedFieldMapper.java */
export const FLATTENED: Parameters = {
  meta: noEffect('object'),
  synthetic_source_keep: SOURCE_KEEP,
  index: followed('flag'),
  doc_values: followed('flag'),
  depth_limit: followed('whole'),
  null_value: followed('scalar', { nullable: true }),
  ignore_above: followed('whole'),
  split_queries_on_whitespace: followed('flag'),
  index_options: noEffect(['docs', 'freqs']),
  eager_global_ordinals: noEffect('flag'),
  similarity: SIMILARITY,
  time_series_dimensions: noEffect('texts'),
  preserve_leaf_arrays: noEffect('text'),
  properties: refused('object', SUB_FIELDS),
  passthrough: refused('object', SUB_FIELDS),
};
