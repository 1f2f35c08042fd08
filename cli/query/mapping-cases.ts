import type { Json, JsonObject } from '../text/json.ts';

/**
 * For tests: what a parameter of a mapping, a member of its root or a setting of an index changes. The answers are those of an
 * Elasticsearch 9.2.0, names of documents that match or `fails`, with what is named and without it.
 */
export interface MappingCase {
  /** `type.parameter`, `root.member` or the name of a setting. */
  readonly of: string;
  readonly properties: JsonObject;
  readonly root?: JsonObject;
  readonly settings?: JsonObject;
  /** What stands in place of `properties`, `root` and `settings` where they are not as in the case. */
  readonly plain: { readonly properties?: JsonObject; readonly root?: JsonObject; readonly settings?: JsonObject };
  readonly docs: Readonly<Record<string, JsonObject>>;
  readonly query: Json;
  readonly answer: string;
  readonly without: string;
}

interface Parts {
  readonly docs: Readonly<Record<string, JsonObject>>;
  readonly query: Json;
  readonly answer: string;
  readonly without: string;
  /** Other fields. */
  readonly more?: JsonObject;
  /** `dynamic` of the root; with none of its own a mapping is not extended here. */
  readonly dynamic?: boolean;
}

/** A field `f` of a type, with a parameter and without it. */
const parameter = (
  of: string,
  written: JsonObject,
  { more = {}, ...parts }: Parts,
  others: JsonObject = {},
): MappingCase => {
  const type = of.slice(0, of.indexOf('.'));
  return {
    of,
    properties: { ...more, f: { type, ...others, ...written } },
    plain: { properties: { ...more, f: { type, ...others } } },
    ...parts,
  };
};

const dynamicOf = (dynamic: boolean | undefined): JsonObject => (dynamic === undefined ? {} : { dynamic });

const setting = (of: string, value: Json, { more = {}, dynamic, ...parts }: Parts): MappingCase => ({
  of,
  properties: more,
  root: dynamicOf(dynamic),
  settings: { [of]: value },
  plain: { settings: {} },
  ...parts,
});

const root = (of: string, value: Json, { more = {}, dynamic, ...parts }: Parts): MappingCase => ({
  of: `root.${of}`,
  properties: more,
  root: { ...dynamicOf(dynamic), [of]: value },
  plain: { root: dynamicOf(dynamic) },
  ...parts,
});

const a = (f: Json): { readonly a: JsonObject } => ({ a: { f } });
const match = (query: Json): Json => ({ match: { f: query } });
const phrase = (query: Json): Json => ({ match_phrase: { f: query } });
const term = (value: Json): Json => ({ term: { f: value } });
const exists = (field = 'f'): Json => ({ exists: { field } });
const byKey: Json = { term: { k: 'x' } };
const KEY: JsonObject = { k: { type: 'keyword' } };
const all: Json = { match_all: {} };

const TEXT: readonly MappingCase[] = [
  parameter('text.analyzer', { analyzer: 'whitespace' }, { docs: a('Foo-Bar'), query: match('foo-bar'), answer: '', without: 'a' }),
  parameter('text.search_analyzer', { analyzer: 'standard', search_analyzer: 'keyword' }, { docs: a('foo bar'), query: match('foo bar'), answer: '', without: 'a' }),
  parameter('text.search_quote_analyzer', { search_quote_analyzer: 'keyword' }, { docs: a('foo bar'), query: phrase('foo bar'), answer: '', without: 'a' }),
  parameter('text.position_increment_gap', { position_increment_gap: 0 }, { docs: a(['foo', 'bar']), query: phrase('foo bar'), answer: 'a', without: '' }),
  parameter('text.index_options', { index_options: 'freqs' }, { docs: a('foo bar'), query: phrase('foo bar'), answer: 'fails', without: 'a' }),
  parameter('text.index_prefixes', { index_prefixes: {} }, { docs: a('\u{1f600}'), query: { prefix: { f: '\u{1f600}' } }, answer: 'fails', without: 'a' }),
  parameter('text.index', { index: false }, { docs: a('foo'), query: match('foo'), answer: 'fails', without: 'a' }),
  parameter('text.store', { store: true }, { docs: a('foo'), query: exists(), answer: 'a', without: '' }, { index: false, norms: false }),
  parameter('text.norms', { norms: false }, { docs: a('foo'), query: exists(), answer: 'a', without: '' }, { index: false, store: true }),
  parameter('text.fields', { fields: { raw: { type: 'keyword' } } }, { docs: a('Foo'), query: { term: { 'f.raw': 'Foo' } }, answer: 'a', without: '' }),
  parameter('text.copy_to', { copy_to: 'k' }, { more: KEY, docs: a('x'), query: byKey, answer: 'a', without: '' }),
]; // prettier-ignore

const KEYWORDS: readonly MappingCase[] = [
  parameter('keyword.ignore_above', { ignore_above: 2 }, { docs: a('foo'), query: term('foo'), answer: '', without: 'a' }),
  parameter('keyword.normalizer', { normalizer: 'lowercase' }, { docs: a('FOO'), query: term('Foo'), answer: 'a', without: '' }),
  parameter('keyword.null_value', { null_value: 'none' }, { docs: a(null), query: term('none'), answer: 'a', without: '' }),
  parameter('keyword.split_queries_on_whitespace', { split_queries_on_whitespace: true }, { docs: a('foo'), query: match('foo bar'), answer: 'a', without: '' }),
  parameter('keyword.index', { index: false }, { docs: a('foo'), query: term('foo'), answer: 'fails', without: 'a' }, { doc_values: false }),
  parameter('keyword.doc_values', { doc_values: false }, { docs: a('foo'), query: term('foo'), answer: 'fails', without: 'a' }, { index: false }),
  parameter('keyword.store', { store: true }, { docs: a('foo'), query: exists(), answer: 'a', without: '' }, { index: false, doc_values: false }),
  parameter('keyword.norms', { norms: true }, { docs: a('foo'), query: exists(), answer: '', without: 'a' }, { index: false, doc_values: false, store: true }),
  parameter('keyword.fields', { fields: { raw: { type: 'text' } } }, { docs: a('Foo'), query: { match: { 'f.raw': 'foo' } }, answer: 'a', without: '' }),
  parameter('keyword.copy_to', { copy_to: ['k'] }, { more: KEY, docs: a('x'), query: byKey, answer: 'a', without: '' }),
]; // prettier-ignore

const VALUES: readonly MappingCase[] = [
  parameter('long.coerce', { coerce: false }, { docs: a('5'), query: term(5), answer: '', without: 'a' }),
  parameter('long.ignore_malformed', { ignore_malformed: true }, { more: KEY, docs: { a: { f: 'x', k: 'x' } }, query: byKey, answer: 'a', without: '' }),
  parameter('long.null_value', { null_value: 7 }, { docs: a(null), query: term(7), answer: 'a', without: '' }),
  parameter('long.index', { index: false }, { docs: a(5), query: term(5), answer: 'fails', without: 'a' }, { doc_values: false }),
  parameter('long.doc_values', { doc_values: false }, { docs: a(5), query: exists(), answer: '', without: 'a' }, { index: false }),
  parameter('long.store', { store: true }, { docs: a(5), query: exists(), answer: 'a', without: '' }, { index: false, doc_values: false }),
  parameter('long.copy_to', { copy_to: 'k' }, { more: KEY, docs: a(5), query: { term: { k: '5' } }, answer: 'a', without: '' }),
  parameter('long.fields', { fields: { raw: { type: 'keyword' } } }, { docs: a(5), query: { term: { 'f.raw': '5' } }, answer: 'a', without: '' }),
  parameter('boolean.ignore_malformed', { ignore_malformed: true }, { more: KEY, docs: { a: { f: 'x', k: 'x' } }, query: byKey, answer: 'a', without: '' }),
  parameter('boolean.null_value', { null_value: true }, { docs: a(null), query: term(true), answer: 'a', without: '' }),
  parameter('boolean.index', { index: false }, { docs: a(true), query: term(true), answer: 'fails', without: 'a' }, { doc_values: false }),
  parameter('boolean.doc_values', { doc_values: false }, { docs: a(true), query: term(true), answer: 'fails', without: 'a' }, { index: false }),
  parameter('boolean.store', { store: true }, { docs: a(true), query: exists(), answer: 'a', without: '' }, { index: false, doc_values: false }),
  parameter('ip.ignore_malformed', { ignore_malformed: true }, { more: KEY, docs: { a: { f: 'x', k: 'x' } }, query: byKey, answer: 'a', without: '' }),
  parameter('ip.null_value', { null_value: '10.0.0.1' }, { docs: a(null), query: term('10.0.0.1'), answer: 'a', without: '' }),
  parameter('ip.index', { index: false }, { docs: a('10.0.0.1'), query: term('10.0.0.1'), answer: 'fails', without: 'a' }, { doc_values: false }),
  parameter('ip.doc_values', { doc_values: false }, { docs: a('10.0.0.1'), query: term('10.0.0.1'), answer: 'fails', without: 'a' }, { index: false }),
  parameter('ip.store', { store: true }, { docs: a('10.0.0.1'), query: exists(), answer: 'a', without: '' }, { index: false, doc_values: false }),
  parameter('date.format', { format: 'yyyy-MM-dd' }, { docs: a('2026-03-01'), query: term('2026-03-01T00Z'), answer: 'fails', without: 'a' }),
  parameter('date.ignore_malformed', { ignore_malformed: true }, { more: KEY, docs: { a: { f: 'x', k: 'x' } }, query: byKey, answer: 'a', without: '' }),
  parameter('date.null_value', { null_value: '2026-01-01' }, { docs: a(null), query: term('2026-01-01'), answer: 'a', without: '' }),
  parameter('date.index', { index: false }, { docs: a('2026-01-01'), query: term('2026-01-01'), answer: 'fails', without: 'a' }, { doc_values: false }),
  parameter('date.doc_values', { doc_values: false }, { docs: a('2026-01-01'), query: term('2026-01-01'), answer: 'fails', without: 'a' }, { index: false }),
  parameter('date.store', { store: true }, { docs: a('2026-01-01'), query: exists(), answer: 'a', without: '' }, { index: false, doc_values: false }),
  parameter('integer_range.coerce', { coerce: false }, { docs: a({ gte: 1.5, lte: 4 }), query: term(1), answer: '', without: 'a' }),
  parameter('integer_range.index', { index: false }, { docs: a({ gte: 1, lte: 4 }), query: term(2), answer: 'fails', without: 'a' }),
  parameter('integer_range.doc_values', { doc_values: false }, { docs: a({ gte: 1, lte: 4 }), query: exists(), answer: '', without: 'a' }, { index: false }),
  parameter('integer_range.store', { store: true }, { docs: a({ gte: 1, lte: 4 }), query: exists(), answer: 'a', without: '' }, { index: false, doc_values: false }),
  parameter('date_range.format', { format: 'yyyy/MM/dd' }, { docs: a({ gte: '2026/03/01' }), query: term('2026/03/02'), answer: 'a', without: 'fails' }),
  parameter('binary.doc_values', { doc_values: true }, { docs: a('U29tZQ=='), query: exists(), answer: 'a', without: '' }),
  parameter('binary.store', { store: true }, { docs: a('U29tZQ=='), query: exists(), answer: 'a', without: '' }),
  parameter('geo_point.ignore_malformed', { ignore_malformed: true }, { more: KEY, docs: { a: { f: 'x,y,z,0', k: 'x' } }, query: byKey, answer: 'a', without: '' }),
  parameter('geo_point.doc_values', { doc_values: false }, { docs: a('1,2'), query: exists(), answer: '', without: 'a' }, { index: false }),
  parameter('geo_point.store', { store: true }, { docs: a('1,2'), query: exists(), answer: 'a', without: '' }, { index: false, doc_values: false }),
  parameter('geo_point.null_value', { null_value: '1,2' }, { docs: a(null), query: exists(), answer: 'a', without: '' }),
]; // prettier-ignore

/** Types of modules that the server did not have; their answers are read in the sources of their mappers. */
const MODULES: readonly MappingCase[] = [
  parameter('scaled_float.coerce', { coerce: false }, { docs: a('5'), query: term(5), answer: '', without: 'a' }, { scaling_factor: 10 }),
  parameter('scaled_float.scaling_factor', { scaling_factor: 1 }, { docs: a(0.4), query: term(0), answer: 'a', without: '' }, { scaling_factor: 10 }),
  parameter('wildcard.ignore_above', { ignore_above: 2 }, { docs: a('foo'), query: term('foo'), answer: '', without: 'a' }),
  parameter('constant_keyword.value', { value: 'foo' }, { docs: { a: {} }, query: term('foo'), answer: 'a', without: '' }),
]; // prettier-ignore

const OBJECTS: readonly MappingCase[] = [
  parameter('flattened.depth_limit', { depth_limit: 1 }, { docs: a({ x: { y: 'z' } }), query: all, answer: '', without: 'a' }),
  parameter('flattened.null_value', { null_value: 'none' }, { docs: a({ x: null }), query: { term: { 'f.x': 'none' } }, answer: 'a', without: '' }),
  parameter('flattened.ignore_above', { ignore_above: 2 }, { docs: a({ x: 'foo' }), query: { term: { 'f.x': 'foo' } }, answer: '', without: 'a' }),
  parameter('flattened.index', { index: false }, { docs: a({ x: 'foo' }), query: { term: { 'f.x': 'foo' } }, answer: 'fails', without: 'a' }),
  parameter('flattened.doc_values', { doc_values: false }, { docs: a({ x: 'foo' }), query: exists(), answer: '', without: 'a' }, { index: false }),
  parameter('flattened.split_queries_on_whitespace', { split_queries_on_whitespace: true }, { docs: a({ x: 'foo' }), query: match('foo bar'), answer: 'a', without: '' }),
  parameter('object.dynamic', { dynamic: 'strict' }, { docs: a({ x: 1 }), query: all, answer: '', without: 'a' }, { properties: {} }),
  parameter('object.enabled', { enabled: false }, { docs: a({ x: 1 }), query: { term: { 'f.x': 1 } }, answer: '', without: 'a' }, { properties: { x: { type: 'long' } } }),
  parameter('object.subobjects', { subobjects: false }, { docs: a({ x: 1, 'x.y': 2 }), query: { term: { 'f.x.y': 2 } }, answer: 'a', without: 'refused' }, { properties: { x: { type: 'long' }, 'x.y': { type: 'long' } } }),
  parameter('nested.include_in_root', { include_in_root: true }, { docs: a([{ x: 1 }]), query: { term: { 'f.x': 1 } }, answer: 'a', without: '' }, { properties: { x: { type: 'long' } } }),
  parameter('nested.include_in_parent', { include_in_parent: true }, { docs: a([{ x: 1 }]), query: { term: { 'f.x': 1 } }, answer: 'a', without: '' }, { properties: { x: { type: 'long' } } }),
  parameter('nested.dynamic', { dynamic: 'strict' }, { docs: a([{ x: 1 }]), query: all, answer: '', without: 'a' }, { properties: {} }),
  parameter('nested.enabled', { enabled: false }, { docs: a([{ x: 1 }]), query: { nested: { path: 'f', query: { term: { 'f.x': 1 } } } }, answer: '', without: 'a' }, { properties: { x: { type: 'long' } } }),
  parameter('passthrough.priority', { priority: 3 }, { more: { g: { type: 'passthrough', priority: 2, properties: { x: { type: 'long' } } } }, docs: { a: { f: { x: 1 }, g: { x: 2 } } }, query: { term: { x: 1 } }, answer: 'a', without: '' }, { priority: 1, properties: { x: { type: 'long' } } }),
  parameter('passthrough.dynamic', { dynamic: 'strict' }, { docs: a({ x: 1 }), query: all, answer: '', without: 'a' }, { priority: 1, properties: {} }),
  parameter('passthrough.enabled', { enabled: false }, { docs: a({ x: 1 }), query: { term: { 'f.x': 1 } }, answer: '', without: 'a' }, { priority: 1, properties: { x: { type: 'long' } } }),
]; // prettier-ignore

const ROOTS: readonly MappingCase[] = [
  root('dynamic', 'strict', { docs: a(1), query: all, answer: '', without: 'a' }),
  root('dynamic_templates', [{ t: { match: 'f', mapping: { type: 'keyword' } } }], { dynamic: true, docs: a('Foo Bar'), query: term('Foo Bar'), answer: 'a', without: '' }),
  root('date_detection', false, { dynamic: true, docs: a('2026-01-01'), query: term('2026-01'), answer: '', without: 'a' }),
  root('numeric_detection', true, { dynamic: true, docs: a('10'), query: { range: { f: { gte: 9 } } }, answer: 'a', without: '' }),
  root('dynamic_date_formats', ['dd MM yyyy'], { dynamic: true, docs: a('01 02 2026'), query: term('01'), answer: 'fails', without: 'a' }),
  root('subobjects', false, { dynamic: true, more: { x: { type: 'long' } }, docs: { a: { 'x.y': 2, x: 1 } }, query: { term: { 'x.y': 2 } }, answer: 'a', without: '' }),
  root('runtime', { f: { type: 'long' } }, { docs: a('5'), query: { range: { f: { gte: 4, lte: 10 } } }, answer: 'a', without: '' }),
]; // prettier-ignore

const SETTINGS: readonly MappingCase[] = [
  setting('index.mapping.coerce', false, { more: { f: { type: 'long' } }, docs: a('5'), query: term(5), answer: '', without: 'a' }),
  setting('index.mapping.ignore_above', 2, { more: { f: { type: 'keyword' } }, docs: a('foo'), query: term('foo'), answer: '', without: 'a' }),
  setting('index.mapping.ignore_malformed', true, { more: { ...KEY, f: { type: 'long' } }, docs: { a: { f: 'x', k: 'x' } }, query: byKey, answer: 'a', without: '' }),
  setting('index.mapping.depth.limit', 2, { dynamic: true, docs: a({ x: { y: 1 } }), query: all, answer: '', without: 'a' }),
  setting('index.mapping.field_name_length.limit', 30, { dynamic: true, docs: { a: { a23456789012345678901234567890b: 1 } }, query: all, answer: '', without: 'a' }),
  setting('index.mapping.nested_objects.limit', 1, { more: { f: { type: 'nested', properties: { x: { type: 'long' } } } }, docs: a([{ x: 1 }, { x: 2 }]), query: all, answer: '', without: 'a' }),
  setting('index.mapping.total_fields.limit', 1, { dynamic: true, more: KEY, docs: a(1), query: all, answer: '', without: 'a' }),
  setting('index.max_regex_length', 3, { more: { f: { type: 'keyword' } }, docs: a('foooo'), query: { regexp: { f: 'fo{4}' } }, answer: 'fails', without: 'a' }),
  setting('index.max_terms_count', 1, { more: { f: { type: 'keyword' } }, docs: a('x'), query: { terms: { f: ['x', 'y'] } }, answer: 'fails', without: 'a' }),
  setting('index.query.default_field', ['k'], { more: { ...KEY, f: { type: 'keyword' } }, docs: a('x'), query: { query_string: { query: 'x' } }, answer: '', without: 'a' }),
  setting('index.query.default_field', ['k'], { more: { ...KEY, f: { type: 'keyword' } }, docs: a('x'), query: { simple_query_string: { query: 'x' } }, answer: '', without: 'a' }),
  setting('index.query.default_field', ['k'], { more: { ...KEY, f: { type: 'keyword' } }, docs: a('x'), query: { simple_query_string: { query: 'x*' } }, answer: '', without: 'a' }),
  setting('index.query.default_field', ['k'], { more: { ...KEY, f: { type: 'keyword' } }, docs: a('x'), query: { multi_match: { query: 'x' } }, answer: '', without: 'a' }),
  setting('index.query.default_field', ['k*', 'f'], { more: { ...KEY, f: { type: 'long' } }, docs: { a: { k: 'x' } }, query: { query_string: { query: 'x' } }, answer: 'fails', without: 'a' }),
  setting('index.query.default_field', 'f', { more: { f: { type: 'long' } }, docs: a(1), query: { query_string: { query: 'x' } }, answer: 'fails', without: '' }),
  setting('index.query.default_field', 'f', { more: { f: { type: 'long' } }, docs: a(1), query: { simple_query_string: { query: 'x' } }, answer: 'fails', without: '' }),
  setting('index.query.default_field', 'f', { more: { f: { type: 'long' } }, docs: a(1), query: { multi_match: { query: 'x' } }, answer: 'fails', without: '' }),
  setting('index.max_regex_length', 3, { more: { f: { type: 'keyword' } }, docs: a('fooooo'), query: { prefix: { f: 'fooo' } }, answer: 'fails', without: 'a' }),
  setting('index.max_regex_length', 3, { more: { f: { type: 'keyword' } }, docs: a('fooooo'), query: { query_string: { query: 'f:/foo+/' } }, answer: 'fails', without: 'a' }),
  setting('index.query_string.lenient', true, { more: { f: { type: 'long' } }, docs: a(1), query: { query_string: { query: 'f:x', fields: ['f'] } }, answer: '', without: 'fails' }),
]; // prettier-ignore

export const MAPPING_CASES: readonly MappingCase[] = [
  ...TEXT,
  ...KEYWORDS,
  ...VALUES,
  ...MODULES,
  ...OBJECTS,
  ...ROOTS,
  ...SETTINGS,
];
