import { filled, object, oneOf, string, type Shape } from '../zod.ts';

/** Types of Elasticsearch that a value list can hold. */
export const VALUE_TYPES = [
  'binary', 'boolean', 'byte', 'date', 'date_nanos', 'date_range', 'double', 'double_range', 'float', 'float_range',
  'geo_point', 'geo_shape', 'half_float', 'integer', 'integer_range', 'ip', 'ip_range', 'keyword', 'long', 'long_range',
  'shape', 'short', 'text',
] as const; // prettier-ignore

const LIST: Readonly<Record<string, Shape>> = {
  name: filled,
  description: filled,
  'id?': filled,
  'meta?': object({}),
  'serializer?': string(),
  'deserializer?': string(),
};

/** Bodies of the routes of value lists (kibana: kbn-securitysolution-lists-common/api). */
export const listShape = object({ ...LIST, type: oneOf(...VALUE_TYPES) });
export const listChangeShape = object({ ...LIST, id: filled, '_version?': string() });
export const listPatchShape = object({ id: filled, 'name?': filled, 'description?': filled, 'meta?': object({}) });
export const itemShape = object({ list_id: filled, value: filled, 'id?': filled, 'meta?': object({}) });
export const itemChangeShape = object({ id: filled, value: filled, '_version?': string(), 'meta?': object({}) });
export const itemPatchShape = object({ id: filled, 'value?': filled, '_version?': string(), 'meta?': object({}) });
