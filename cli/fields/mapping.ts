import type { Json, JsonObject } from '../text/json.ts';
import type { Event } from './event.ts';
import type { StackDifferences } from './stack-differences.ts';

/**
 * Elasticsearch field types that the engine knows. `object` and `nested` are containers.
 * Anything else that a mapping names is kept as `unsupported` with its name in `typeName`.
 */
export type FieldType =
  | 'keyword'
  | 'constant_keyword'
  | 'wildcard'
  | 'text'
  | 'match_only_text'
  | 'long'
  | 'integer'
  | 'short'
  | 'byte'
  | 'unsigned_long'
  | 'double'
  | 'float'
  | 'half_float'
  | 'scaled_float'
  | 'boolean'
  | 'ip'
  | 'date'
  | 'date_nanos'
  | 'version'
  | 'flattened'
  | 'ip_range'
  | 'date_range'
  | 'integer_range'
  | 'long_range'
  | 'double_range'
  | 'float_range'
  | 'geo_point'
  | 'geo_shape'
  | 'binary'
  | 'histogram'
  | 'object'
  | 'nested'
  | 'alias'
  | 'unsupported';

/** The table or declaration that a field came from; printed by `dac mapping` and in "checked:" notes. */
export interface FieldOrigin {
  /** Such as `ecs`, `endpoint.process`, `endgame`, `winlogbeat`, `suite`. */
  readonly source: string;
  /** Version of that table, such as `9.4.0`; empty for a suite. */
  readonly version: string;
}

/** What `dynamic` makes of a name that no field has: a field, nothing, a refusal, or a runtime field. */
export type Dynamic = 'true' | 'false' | 'strict' | 'runtime';

/** What the terms of a field keep; `docs` and `freqs` keep no positions, so that no phrase can be looked for. */
export type TermOptions = 'docs' | 'freqs' | 'positions' | 'offsets';

/** `ignore_above` of a field that has another one in each of several indices. Infinity: none. */
export interface ValueLimits {
  readonly least: number;
  in(index: string): number;
}

/** One field of a mapping, with the parameters that decide what a query on it means. */
export interface Field {
  /** Full dotted name. */
  readonly name: string;
  readonly type: FieldType;
  /** The type as the mapping writes it. */
  readonly typeName: string;
  /** Longest text that can be searched; where the indices differ, the longest that any of them takes. */
  readonly ignoreAbove?: number;
  /** Where the indices differ: the limit of each. */
  readonly limits?: ValueLimits;
  readonly ignoreMalformed?: boolean;
  /** Whether numbers may be written as text and lose fractions; default true. */
  readonly coerce?: boolean;
  readonly nullValue?: Json;
  /** Name of the normalizer: `lowercase`, or one declared in the index settings. */
  readonly normalizer?: string;
  /** Name of the analyzer of a text field, such as `default` where the index settings have one; undefined: `standard`. */
  readonly analyzer?: string;
  /** Name of the analyzer of query text; undefined: `analyzer`. */
  readonly searchAnalyzer?: string;
  /** Name of the analyzer of phrases; undefined: `searchAnalyzer`. */
  readonly searchQuoteAnalyzer?: string;
  /** Positions between the values of a list; default 100. */
  readonly positionIncrementGap?: number;
  /** Whether prefixes of a text are terms of their own. */
  readonly indexPrefixes?: boolean;
  /** Default `positions` of text, `docs` of keyword and flattened. */
  readonly indexOptions?: TermOptions;
  /** Date format; default `strict_date_optional_time||epoch_millis`. */
  readonly format?: string;
  readonly scalingFactor?: number;
  /** The value of a constant_keyword, once one is configured. */
  readonly constant?: string;
  /** Where indices differ in the value of a constant_keyword, or nobody knows it yet: that of each. */
  readonly constants?: (index: string) => string | undefined;
  /** How a release that is asked for reads the values of an address or a date, where that is not as the newest does. */
  readonly differences?: StackDifferences;
  /** Of a runtime field: the field of the same name that documents are written to. */
  readonly shadowed?: Field;
  /** Target of an alias. */
  readonly aliasOf?: string;
  /** For a multi-field (`process.name.text`): the field whose source value it indexes. */
  readonly multiFieldOf?: string;
  /** For a path below a flattened field: the flattened field. The rest of the name is the key. */
  readonly flattenedRoot?: string;
  /** Path of the innermost nested field above, if any. */
  readonly nestedPath?: string;
  readonly includeInParent?: boolean;
  readonly includeInRoot?: boolean;
  /** `index: false` and `doc_values: false`; both default to true. */
  readonly indexed?: boolean;
  readonly docValues?: boolean;
  /** `store: true`, which makes a field exist that has neither an index nor doc values; default false. */
  readonly store?: boolean;
  /** `norms`; default true of text, false of keyword. */
  readonly norms?: boolean;
  /** `fielddata: true` of a text field: its tokens can be grouped by. */
  readonly fielddata?: boolean;
  /** Objects inside each other that a flattened field takes; default 20. */
  readonly depthLimit?: number;
  /** Fields that take the values of this one as well. */
  readonly copyTo?: readonly string[];
  /** Fields whose values are copied into this one, or into the field of which it is a multi-field. */
  readonly copiedFrom?: readonly string[];
  /** Of an object: what happens to unknown names below it; undefined: as in the object above it. */
  readonly dynamic?: Dynamic;
  /** `subobjects` of an object; default true. With false, names below it keep their dots. */
  readonly subobjects?: boolean;
  /** A runtime field: read from the source when a query asks, never indexed. */
  readonly runtime?: boolean;
  readonly splitQueriesOnWhitespace?: boolean;
  /** An object with `enabled: false`, or a name that is kept without being mapped: nothing below it is read. */
  readonly disabled?: boolean;
  /** A field below such an object: it is mapped, so that a query is checked by its type, and never has a value. */
  readonly unread?: boolean;
  /** Why no query can be asked of it, not even whether it exists; such a field is of type `unsupported`. */
  readonly refusal?: string;
  /** Of an `unsupported` field: whether text without a field is looked for in it too. */
  readonly searchedByDefault?: boolean;
  /** Types that other searched indices give to the same name, if they differ in family. */
  readonly conflictsWith?: readonly FieldType[];
  /**
   * No template is known to list the field: ECS or a dynamic template alone has the name, so that an index makes of it what its
   * first document brings.
   */
  readonly open?: boolean;
  readonly origin?: FieldOrigin;
}

/** A custom analyzer of the index settings, as far as it is supported; see `fields/analysis/`. */
export interface AnalyzerDefinition {
  readonly type: 'standard' | 'keyword' | 'whitespace' | 'simple' | 'pattern' | 'unsupported';
  readonly lowercase: boolean;
  /** Java pattern of a pattern analyzer. */
  readonly pattern?: string;
  readonly typeName: string;
}

/**
 * What the root of a mapping and the settings of its index say of documents and queries. Undefined members have
 * Elasticsearch's default.
 */
export interface IndexOptions {
  /** `dynamic` of the root; default `true`. */
  readonly dynamic?: Dynamic;
  readonly dynamicTemplates?: readonly Json[];
  /** Default true. */
  readonly dateDetection?: boolean;
  /** Default false. */
  readonly numericDetection?: boolean;
  readonly dynamicDateFormats?: readonly string[];
  /** `subobjects` of the root; default true. */
  readonly subobjects?: boolean;
  /** `index.query.default_field`; default `*`. */
  readonly defaultField?: readonly string[];
  /** `index.query_string.lenient`; default false. */
  readonly queryStringLenient?: boolean;
  /** Of several indices together: what they do not say alike, so that nothing stands for all of them. */
  readonly differing?: readonly ('defaultField' | 'queryStringLenient')[];
  /** `index.max_regex_length`; default 1000. */
  readonly maxRegexLength?: number;
  /** `index.max_terms_count`; default 65536. */
  readonly maxTermsCount?: number;
  /** `index.mapping.total_fields.limit`; default 1000. */
  readonly totalFieldsLimit?: number;
  /** `index.mapping.total_fields.ignore_dynamic_beyond_limit`; default false. */
  readonly ignoreDynamicBeyondLimit?: boolean;
  /** `index.mapping.depth.limit`; default 20. */
  readonly depthLimit?: number;
  /** `index.mapping.field_name_length.limit`; default none. */
  readonly fieldNameLengthLimit?: number;
  /** Whether each document needs one `@timestamp`, as in data streams; default false. */
  readonly timestampRequired?: boolean;
  /** `index.mapping.nested_objects.limit`; default 10000. */
  readonly nestedObjectsLimit?: number;
}

/** A field that dynamic mapping makes of what a document brings. */
export interface NewField {
  readonly path: string;
  /** As a mapping writes it. */
  readonly body: JsonObject;
  readonly runtime: boolean;
}

/**
 * What an index (or the union of the indices that a rule searches) knows about fields. Meaning depends on it: the same
 * events give other verdicts under another mapping. Lookups are lazy, so that a rule over ten thousand fields costs only
 * the fields that it names.
 */
export interface Mapping {
  /**
   * The field of this exact name: a leaf, a multi-field, an alias, a container, or a path below a flattened field or
   * dynamic object. Undefined means unmapped.
   */
  field(name: string): Field | undefined;
  /**
   * Leaf fields (multi-fields included, containers not) whose name fits a pattern in which `*` stands for any run. Those that
   * can refuse a value are among them only where an index has them for sure.
   */
  matching(pattern: string): readonly Field[];
  /** All leaf names, sorted: for suggestions and for `dac mapping`. */
  names(): readonly string[];
  /** Direct multi-fields of a field, such as `process.name.text` for `process.name`. */
  multiFields(name: string): readonly Field[];
  analyzer(name: string): AnalyzerDefinition | undefined;
  /** How many fields there are, objects and multi-fields included; undefined where nobody counts them. */
  readonly size?: number;
  /** The mapping with fields that documents have made, and with constants that they have set. */
  grown?(fields: readonly NewField[], constants?: ReadonlyMap<string, string>): Mapping;
  /** The mapping of one of the indices, where they differ. */
  at?(index: string): Mapping;
  /** The mapping once these documents are indexed: with the fields that dynamic mapping makes of names that they bring. */
  observing?(events: readonly Event[]): Mapping;
  /** The same for documents that come one after the other. */
  growing?(): GrowingMapping;
  /** Whether an index may have names that fit a pattern, be it that documents bring them: what a dynamic template is for. */
  mayFit?(pattern: string): boolean;
  /** What the root and the settings say; undefined where no index is known. */
  readonly options?: IndexOptions;
  /** The index patterns or tables that stand behind it, for messages: `logs-endpoint.events.process* (endpoint 9.1)`. */
  describe(): readonly string[];
}

/** A mapping that grows with the documents that are indexed. */
export interface GrowingMapping {
  /** As it stands. It is another one after `add` has said that something changed. */
  readonly mapping: Mapping;
  /** Whether anybody has asked `mapping` for a name that documents can bring. */
  readonly watching: boolean;
  /** More documents. Whether they change an answer that `mapping` has given. */
  add(events: readonly Event[]): boolean;
}
