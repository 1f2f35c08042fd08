import { followed, noEffect, refused, type Parameters } from '../parameter.ts';
import { COMMON, DIMENSION, NULL_VALUE, SCRIPTED, SIMILARITY, STORAGE } from './common.ts';

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/KeywordFieldMapper.java */
export const KEYWORD: Parameters = {
  ...COMMON,
  ...STORAGE,
  ...SCRIPTED,
  ...DIMENSION,
  null_value: NULL_VALUE,
  ignore_above: followed('whole'),
  normalizer: followed('text', { nullable: true }),
  split_queries_on_whitespace: followed('flag'),
  // A phrase on a keyword is one term, which needs no positions
  index_options: noEffect(['docs', 'freqs']),
  norms: followed('flag'),
  eager_global_ordinals: noEffect('flag'),
  normalizer_skip_store_original_value: noEffect('flag'),
  similarity: SIMILARITY,
};

/**
 * elasticsearch: x-pack/plugin/mapper-constant-keyword/src/main/java/org/elasticsearch/xpack/constantkeyword/mapper/
 * ConstantKeywordFieldMapper.java; it is built without multi-fields and copies, so that both are read and dropped.
 */
export const CONSTANT_KEYWORD: Parameters = {
  ...COMMON,
  fields: noEffect('any'),
  copy_to: noEffect('texts'),
  value: followed('scalar'),
};

/** elasticsearch: x-pack/plugin/wildcard/src/main/java/org/elasticsearch/xpack/wildcard/mapper/WildcardFieldMapper.java */
export const WILDCARD: Parameters = {
  ...COMMON,
  ignore_above: followed('whole'),
  null_value: NULL_VALUE,
};

/** elasticsearch: x-pack/plugin/mapper-counted-keyword/…/CountedKeywordFieldMapper.java */
export const COUNTED_KEYWORD: Parameters = {
  ...COMMON,
  index: refused('flag', 'every search of it fails, though it has doc values', true),
};

/** elasticsearch: x-pack/plugin/mapper-version/…/VersionStringFieldMapper.java */
export const VERSION: Parameters = { ...COMMON };
