import type { FieldType } from '../mapping.ts';
import type { Parameters } from './parameter.ts';
import * as keyword from './parameters/keyword.ts';
import * as objects from './parameters/objects.ts';
import * as spatial from './parameters/spatial.ts';
import * as text from './parameters/text.ts';
import * as values from './parameters/values.ts';

/** A type that is run: the type of field that does what it means, and the parameters that it has. */
export interface RunType {
  readonly runs: FieldType;
  readonly parameters: Parameters;
}

/** A type that is not run: a query that asks for such a field fails and says so. */
export interface RefusedType {
  readonly why: string;
  /** Whether text without a field would be looked for in it as well, so that such a query has to fail too. */
  readonly searchedByDefault: boolean;
}

const run = (runs: FieldType, parameters: Parameters): RunType => ({ runs, parameters });

/** Types of fields that are run, by the name that a mapping gives them. */
export const RUN_TYPES: Readonly<Record<string, RunType>> = {
  keyword: run('keyword', keyword.KEYWORD),
  constant_keyword: run('constant_keyword', keyword.CONSTANT_KEYWORD),
  wildcard: run('wildcard', keyword.WILDCARD),
  counted_keyword: run('keyword', keyword.COUNTED_KEYWORD),
  version: run('version', keyword.VERSION),
  text: run('text', text.TEXT),
  match_only_text: run('match_only_text', text.MATCH_ONLY_TEXT),
  long: run('long', values.NUMBER),
  integer: run('integer', values.NUMBER),
  short: run('short', values.NUMBER),
  byte: run('byte', values.NUMBER),
  double: run('double', values.NUMBER),
  float: run('float', values.NUMBER),
  half_float: run('half_float', values.NUMBER),
  scaled_float: run('scaled_float', values.SCALED_FLOAT),
  unsigned_long: run('unsigned_long', values.UNSIGNED_LONG),
  boolean: run('boolean', values.BOOLEAN),
  ip: run('ip', values.IP),
  date: run('date', values.DATE),
  date_nanos: run('date_nanos', values.DATE),
  integer_range: run('integer_range', values.RANGE),
  long_range: run('long_range', values.RANGE),
  float_range: run('float_range', values.RANGE),
  double_range: run('double_range', values.RANGE),
  ip_range: run('ip_range', values.RANGE),
  date_range: run('date_range', values.DATE_RANGE),
  binary: run('binary', values.BINARY),
  histogram: run('histogram', values.HISTOGRAM),
  geo_point: run('geo_point', spatial.GEO_POINT),
  geo_shape: run('geo_shape', spatial.GEO_SHAPE),
  flattened: run('flattened', objects.FLATTENED),
  object: run('object', objects.OBJECT),
  nested: run('nested', objects.NESTED),
  passthrough: run('object', objects.PASSTHROUGH),
  alias: run('alias', objects.ALIAS),
};

const refused = (why: string): RefusedType => ({ why, searchedByDefault: false });
const searched = (why: string): RefusedType => ({ why, searchedByDefault: true });

const VECTOR = 'a vector is compared by distance';
const FEATURE = 'a feature changes scores alone';
const SUMMARY = 'a summary of many values is aggregated, not searched';
const SEMANTIC = 'a model decides what is found';

/** Types of fields that are not run. */
export const REFUSED_TYPES: Readonly<Record<string, RefusedType>> = {
  aggregate_metric_double: searched('a query asks for the one of its metrics that is the default'),
  annotated_text: searched('annotations in the text are terms as well'),
  completion: searched('suggestions are analysed in their own way'),
  dense_vector: refused(VECTOR),
  exponential_histogram: refused(SUMMARY),
  icu_collation_keyword: searched('values are compared by the rules of a language'),
  join: searched('documents of one index stand in a hierarchy'),
  murmur3: refused('a hash is aggregated, not searched'),
  offset_source: refused('a piece of another field is kept for a model'),
  pattern_text: searched('templates and arguments of log lines are analysed in their own way'),
  patterned_text: searched('templates and arguments of log lines are analysed in their own way'),
  percolator: refused('a document holds a query'),
  point: refused('points of a plane are searched by geometry'),
  rank_feature: refused(FEATURE),
  rank_features: refused(FEATURE),
  rank_vectors: refused(VECTOR),
  search_as_you_type: searched('prefixes and neighbouring words are fields of their own'),
  semantic: refused(SEMANTIC),
  semantic_text: refused(SEMANTIC),
  shape: refused('shapes of a plane are searched by geometry'),
  sparse_vector: refused(VECTOR),
  tdigest: refused(SUMMARY),
  token_count: searched('the number of tokens is counted when a document is indexed'),
};

const lookUp = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export const runType = (name: string): RunType | undefined => lookUp(RUN_TYPES, name);
export const refusedType = (name: string): RefusedType | undefined => lookUp(REFUSED_TYPES, name);

export const TYPE_NAMES: readonly string[] = [...Object.keys(RUN_TYPES), ...Object.keys(REFUSED_TYPES)];

/** The type that runs a field; any other type is kept by its name, and a query that asks for such a field fails and says so. */
export const typeOf = (name: string): FieldType => runType(name)?.runs ?? 'unsupported';
