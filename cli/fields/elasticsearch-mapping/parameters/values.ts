import { followed, refused, type Parameters } from '../parameter.ts';
import { COMMON, DIMENSION, LOCALE, metric, NULL_VALUE, SCRIPTED, STORAGE, UNREAD_MALFORMED } from './common.ts';

const MALFORMED: Parameters = { ignore_malformed: followed('flag') };

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/NumberFieldMapper.java */
export const NUMBER: Parameters = {
  ...COMMON,
  ...STORAGE,
  ...MALFORMED,
  ...SCRIPTED,
  ...DIMENSION,
  ...metric('gauge', 'counter'),
  coerce: followed('flag'),
  null_value: NULL_VALUE,
};

/** elasticsearch: modules/mapper-extras/…/ScaledFloatFieldMapper.java */
export const SCALED_FLOAT: Parameters = {
  ...COMMON,
  ...STORAGE,
  ...MALFORMED,
  ...metric('gauge', 'counter'),
  coerce: followed('flag'),
  null_value: NULL_VALUE,
  scaling_factor: followed('number'),
};

/** elasticsearch: x-pack/plugin/mapper-unsigned-long/…/UnsignedLongFieldMapper.java; it knows no coercion. */
export const UNSIGNED_LONG: Parameters = {
  ...COMMON,
  ...STORAGE,
  ...MALFORMED,
  ...DIMENSION,
  ...metric('gauge', 'counter'),
  null_value: NULL_VALUE,
};

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/BooleanFieldMapper.java, IpFieldMapper.java */
export const BOOLEAN: Parameters = {
  ...COMMON,
  ...STORAGE,
  ...MALFORMED,
  ...SCRIPTED,
  ...DIMENSION,
  null_value: NULL_VALUE,
};
export const IP: Parameters = BOOLEAN;

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/DateFieldMapper.java */
export const DATE: Parameters = {
  ...COMMON,
  ...STORAGE,
  ...MALFORMED,
  ...SCRIPTED,
  format: followed('text'),
  locale: LOCALE,
  null_value: NULL_VALUE,
};

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/RangeFieldMapper.java */
export const RANGE: Parameters = {
  ...COMMON,
  ...STORAGE,
  coerce: followed('flag'),
  locale: LOCALE,
};
export const DATE_RANGE: Parameters = { ...RANGE, format: followed('text') };

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/BinaryFieldMapper.java */
export const BINARY: Parameters = {
  ...COMMON,
  doc_values: followed('flag'),
  store: followed('flag'),
};

/** elasticsearch: x-pack/plugin/analytics/…/HistogramFieldMapper.java */
export const HISTOGRAM: Parameters = {
  ...COMMON,
  ...metric('gauge', 'counter', 'histogram'),
  ignore_malformed: UNREAD_MALFORMED,
  coerce: refused('flag', 'an exponential histogram is taken for a histogram', false),
};
