import type { Event } from '../../fields/event.ts';
import { formatIp } from '../../fields/ip.ts';
import type { Field, FieldType, Mapping } from '../../fields/mapping.ts';
import { compileConstant } from '../../fields/values/constant.ts';
import { compileReader, type IndexedValue } from '../../fields/values/indexed.ts';
import { compareVersions } from '../../fields/version.ts';
import { visible } from '../../query/run/fields.ts';
import { compareTerms } from '../../query/run/leaf/terms.ts';
import { ROOT } from '../../query/run/context.ts';
import type { Json } from '../../text/json.ts';
import { KnownError } from '../../text/known-error.ts';

/** A value that an aggregation makes a bucket of: as the index holds it, dates in epoch milliseconds. */
export type BucketKey = IndexedValue;

/** A field as a source of buckets. */
export interface BucketSource {
  /** The distinct keys of a document; empty when the field has no value there. */
  keys(event: Event): readonly BucketKey[];
  /** Order of the buckets. */
  compare(a: BucketKey, b: BucketKey): number;
  /** The key as the answer of a search shows it: dates as numbers, addresses in their short form. */
  json(key: BucketKey): Json;
}

/** Types without values to aggregate on, which make the search fail (elasticsearch: the fielddataBuilder of each mapper). */
const REFUSED: ReadonlySet<FieldType> = new Set<FieldType>([
  'text', 'match_only_text', 'binary', 'geo_point', 'geo_shape', 'histogram', 'unsupported',
  'ip_range', 'date_range', 'integer_range', 'long_range', 'float_range', 'double_range',
]); // prettier-ignore

const NONE: BucketSource = { keys: () => [], compare: () => 0, json: () => null };

/**
 * Reads a field as `composite`, `terms` and `cardinality` aggregations do. Undefined fields, objects and fields below a nested
 * object have no value. Throws a KnownError for a field on which Elasticsearch refuses to aggregate.
 */
export function bucketSource(name: string, mapping: Mapping): BucketSource {
  if (name === '_index')
    return { keys: (event) => [event.index], compare: compareKeys, json: (key) => jsonOf(key, 'keyword') };
  const field = target(name, mapping);
  if (field === undefined || field.type === 'object' || field.type === 'nested') return NONE;
  if (REFUSED.has(field.type)) throw refused(name, `does not aggregate fields of type ${field.typeName}`);
  if (field.docValues === false) throw refused(name, `has no doc values of ${field.name} to aggregate on`);
  if (!visible(field, ROOT, mapping)) return NONE;
  if (field.type === 'constant_keyword') {
    const constant = compileConstant(field);
    return {
      ...NONE,
      keys: (event) => [constant(event.source, event)].filter((one) => one !== undefined),
      json: (key) => jsonOf(key, field.type),
    };
  }
  const read = compileReader(field);
  const keyOf = field.type === 'date_nanos' ? toMillis : (value: IndexedValue): BucketKey => value;
  return {
    keys: (event) => distinct(read(event.source, event).map(keyOf)),
    compare: field.type === 'version' ? (a, b) => compareVersions(String(a), String(b)) : compareKeys,
    json: (key) => jsonOf(key, field.type),
  };
}

const refused = (name: string, why: string): KnownError =>
  new KnownError(`alerts cannot be grouped by ${name}`, {
    why: `Elasticsearch ${why}: the rule fails at every run`,
    help: 'group by a keyword field',
  });

function target(name: string, mapping: Mapping): Field | undefined {
  const field = mapping.field(name);
  return field?.aliasOf === undefined ? field : mapping.field(field.aliasOf);
}

/** Aggregations see date_nanos in milliseconds (elasticsearch: server/.../index/fielddata/IndexNumericFieldData.java). */
const toMillis = (value: IndexedValue): BucketKey => {
  if (typeof value !== 'bigint') return value;
  const below = ((value % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return Number((value - below) / 1_000_000n);
};

/** Zero and minus zero are two keys. */
export const sameKey = (a: BucketKey | null, b: BucketKey | null): boolean => Object.is(a, b);

function distinct(keys: readonly BucketKey[]): readonly BucketKey[] {
  if (keys.length < 2) return keys;
  return keys.filter((key, at) => keys.findIndex((other) => sameKey(key, other)) === at);
}

/** Texts by their bytes, numbers and addresses by value, minus zero before zero, false before true. */
function compareKeys(a: BucketKey, b: BucketKey): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTerms(a, b);
  if (a === 0 && b === 0) return Object.is(a, b) ? 0 : Object.is(a, -0) ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whole numbers beyond 2^53 as JavaScript reads them out of the answer: two of them may look alike. */
function jsonOf(key: BucketKey, type: FieldType): Json {
  if (typeof key !== 'bigint') return key;
  return type === 'ip' ? formatIp(key) : Number(key);
}
