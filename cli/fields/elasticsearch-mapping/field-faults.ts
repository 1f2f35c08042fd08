import type { Field } from '../mapping.ts';
import { own, type Json, type JsonObject } from '../../text/json.ts';
import { indexValue } from '../values/indexed.ts';
import { readGeoPoint } from '../values/types/geo-point.ts';
import { malformed } from './faults.ts';
import { flag, number } from './values.ts';

/** Types whose `null_value` has to be a value of theirs. */
const READ = new Set<Field['type']>([
  'long', 'integer', 'short', 'byte', 'unsigned_long', 'double', 'float', 'half_float', 'scaled_float', 'boolean', 'ip', 'date',
  'date_nanos',
]); // prettier-ignore

const WHOLE = new Set<Field['type']>(['long', 'integer', 'short', 'byte', 'unsigned_long']);

/** One that is written out is not told from one that is left out. */
const DEFAULT_GAP = 100;

const withoutPositions = ({ indexOptions }: Field): boolean => indexOptions === 'docs' || indexOptions === 'freqs';

function textFault(field: Field, body: JsonObject): string | undefined {
  const faster = ['index_phrases', 'index_prefixes'].find((name) => {
    const value = own(body, name);
    return value !== undefined && value !== null && flag(value) !== false;
  });
  if (faster !== undefined && field.indexed === false) return `has ${faster} without an index`;
  if (faster === 'index_phrases' && withoutPositions(field)) return 'has index_phrases without positions';
  if (
    (field.positionIncrementGap ?? DEFAULT_GAP) !== DEFAULT_GAP &&
    (withoutPositions(field) || field.indexed === false)
  )
    return 'has a position_increment_gap without positions';
  if (field.fielddata === true && field.indexed === false) return 'has fielddata without an index';
  return undefined;
}

/** Throws a KnownError for parameters that do not go together, or that do not fit the type. */
export function checkField(field: Field, body: JsonObject): void {
  const { name, type } = field;
  const negative = [
    ['ignore_above', field.ignoreAbove],
    ['position_increment_gap', field.positionIncrementGap],
    ['depth_limit', field.depthLimit],
  ].find(([, value]) => typeof value === 'number' && value < 0);
  if (negative !== undefined) throw malformed(name, `has a negative ${String(negative[0])}`);
  if (type === 'alias' && field.aliasOf === undefined)
    throw malformed(name, 'is an alias without a target', { help: 'name it with "path"' });
  if (type === 'scaled_float' && (field.scalingFactor === undefined || field.scalingFactor <= 0))
    throw malformed(name, 'is a scaled_float without a scaling_factor', { help: 'write "scaling_factor": 1000' });
  if (field.typeName === 'passthrough' && (number(own(body, 'priority')) ?? -1) < 0)
    throw malformed(name, 'is a passthrough without a priority of 0 or more', { help: 'write "priority": 10' });
  const { nullValue } = field;
  if (WHOLE.has(type) && nullValue !== undefined && !Number.isInteger(Number(nullValue)))
    throw malformed(name, `has a null_value that is no ${field.typeName}`);
  const isNoValue =
    type === 'geo_point'
      ? (value: Json) => readGeoPoint([value], false).places !== 1
      : (value: Json) => READ.has(type) && indexValue(field, value) === undefined;
  if (nullValue !== undefined && nullValue !== null && isNoValue(nullValue))
    throw malformed(name, `has a null_value that is no ${field.typeName}`);
  const fault = type === 'text' ? textFault(field, body) : undefined;
  if (fault !== undefined) throw malformed(name, fault);
}

/** Why parameters that are followed one by one are not followed together; undefined: they are. */
export function refusedTogether(field: Field, body: JsonObject): string | undefined {
  const gap = field.positionIncrementGap ?? 1;
  return field.type === 'text' && gap === 0 && flag(own(body, 'index_phrases')) === true
    ? 'with index_phrases, no phrase reaches from one value of a list into the next'
    : undefined;
}
