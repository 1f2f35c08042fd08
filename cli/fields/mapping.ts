import type { Json } from '../text/json.ts';

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

/** One field of a mapping, with the parameters that decide what a query on it means. */
export interface Field {
  /** Full dotted name. */
  readonly name: string;
  readonly type: FieldType;
  /** The type as the mapping writes it. */
  readonly typeName: string;
  readonly ignoreAbove?: number;
  readonly ignoreMalformed?: boolean;
  /** Whether numbers may be written as text and lose fractions; default true. */
  readonly coerce?: boolean;
  readonly nullValue?: Json;
  /** Name of the normalizer: `lowercase`, or one declared in the index settings. */
  readonly normalizer?: string;
  /** Name of the analyzer of a text field; default `standard`. */
  readonly analyzer?: string;
  /** Date format; default `strict_date_optional_time||epoch_millis`. */
  readonly format?: string;
  readonly scalingFactor?: number;
  /** The value of a constant_keyword, once one is configured. */
  readonly constant?: string;
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
  readonly splitQueriesOnWhitespace?: boolean;
  /** `enabled: false` objects and their children hold nothing that can be searched. */
  readonly disabled?: boolean;
  /** Types that other searched indices give to the same name, if they differ in family. */
  readonly conflictsWith?: readonly FieldType[];
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
  /** Leaf fields (multi-fields included, containers not) whose name fits a pattern in which `*` stands for any run. */
  matching(pattern: string): readonly Field[];
  /** All leaf names, sorted: for suggestions and for `dac mapping`. */
  names(): readonly string[];
  /** Direct multi-fields of a field, such as `process.name.text` for `process.name`. */
  multiFields(name: string): readonly Field[];
  analyzer(name: string): AnalyzerDefinition | undefined;
  /** The index patterns or tables that stand behind it, for messages: `logs-endpoint.events.process* (endpoint 9.1)`. */
  describe(): readonly string[];
}
