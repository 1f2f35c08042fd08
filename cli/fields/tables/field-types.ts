import type { FieldType } from '../mapping.ts';

/** Types of the tables below which other names stand. */
export const CONTAINERS: ReadonlySet<string> = new Set(['object', 'group', 'array', 'nested']);

/** Field types of the tables that the engine runs as another one. */
const RUN_AS: Readonly<Record<string, FieldType>> = {
  counted_keyword: 'keyword',
  group: 'object',
  // Neither Fleet nor Beats map an `array` without an `object_type`: its texts are keywords by dynamic mapping.
  array: 'keyword',
  // The tables name an alias without its target. Its values are compared as keywords.
  alias: 'keyword',
};

const TYPES = new Set<string>([
  'keyword', 'constant_keyword', 'wildcard', 'text', 'match_only_text', 'long', 'integer', 'short', 'byte', 'unsigned_long', 'double', 'float',
  'half_float', 'scaled_float', 'boolean', 'ip', 'date', 'date_nanos', 'version', 'flattened', 'ip_range', 'date_range',
  'integer_range', 'long_range', 'double_range', 'float_range', 'geo_point', 'geo_shape', 'binary', 'histogram', 'object',
  'nested',
]); // prettier-ignore

const isFieldType = (type: string): type is FieldType => TYPES.has(type);

/** The type that the engine runs for one of the tables. */
export const runAs = (type: string): FieldType => RUN_AS[type] ?? (isFieldType(type) ? type : 'unsupported');
