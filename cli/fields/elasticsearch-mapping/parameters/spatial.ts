import { followed, noEffect, refused, type Parameters } from '../parameter.ts';
import { COMMON, metric, SCRIPTED, STORAGE, UNREAD_MALFORMED } from './common.ts';

/** elasticsearch: server/src/main/java/org/elasticsearch/index/mapper/GeoPointFieldMapper.java */
export const GEO_POINT: Parameters = {
  ...COMMON,
  ...STORAGE,
  ...SCRIPTED,
  ...metric('position'),
  time_series_dimension: noEffect(['false']),
  ignore_malformed: followed('flag'),
  ignore_z_value: refused('flag', 'a point with a third coordinate refuses the document', true),
  null_value: followed('any', { nullable: true }),
};

/** elasticsearch: x-pack/plugin/spatial/…/GeoShapeWithDocValuesFieldMapper.java */
export const GEO_SHAPE: Parameters = {
  ...COMMON,
  ...STORAGE,
  ignore_malformed: UNREAD_MALFORMED,
  ignore_z_value: refused('flag', 'a shape with a third coordinate refuses the document', true),
  coerce: noEffect('flag'),
  orientation: noEffect('text'),
};
