import type { Json, JsonObject } from '../text/json.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { MappedText } from '../text/mapped-text.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Span } from '../text/span.ts';

export type RuleType =
  'query' | 'saved_query' | 'eql' | 'esql' | 'threshold' | 'threat_match' | 'machine_learning' | 'new_terms';
export type RuleLanguage = 'eql' | 'kuery' | 'lucene' | 'esql';
export type RuleSeverity = 'low' | 'medium' | 'high' | 'critical';

/** A path inside a TOML document: table names, keys, and indices of arrays. */
export type Pointer = readonly (string | number)[];

export interface ThreatItem {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}
export interface ThreatTechnique extends ThreatItem {
  readonly subtechnique?: readonly ThreatItem[];
}
export interface Threat {
  readonly framework: string;
  readonly tactic: ThreatItem;
  readonly technique?: readonly ThreatTechnique[];
}

/** `[metadata]`. Dates as written, `YYYY/MM/DD`. */
export interface RuleMetadata {
  readonly creation_date: string;
  readonly updated_date: string;
  readonly maturity?: 'development' | 'experimental' | 'beta' | 'production' | 'deprecated';
  readonly integration?: string | readonly string[];
  readonly min_stack_version?: string;
  readonly min_stack_comments?: string;
  readonly [key: string]: Json | undefined;
}

/**
 * `[rule]`, as the schema of its type has let it through. The keys are those of the file (snake case, as in Kibana's
 * API); what is not listed here by name is reached through the index signature.
 */
export interface RuleBody {
  readonly name: string;
  readonly rule_id: string;
  readonly description: string;
  readonly type: RuleType;
  readonly risk_score: number;
  readonly severity: RuleSeverity;
  readonly author: readonly string[];
  readonly version?: number;
  readonly language?: RuleLanguage;
  readonly query?: string;
  readonly index?: readonly string[];
  readonly data_view_id?: string;
  readonly filters?: readonly Json[];
  readonly tags?: readonly string[];
  readonly threat?: readonly Threat[];
  readonly from?: string;
  readonly to?: string;
  readonly interval?: string;
  readonly note?: string;
  readonly setup?: string;
  readonly references?: readonly string[];
  readonly false_positives?: readonly string[];
  readonly license?: string;
  readonly max_signals?: number;
  readonly timestamp_override?: string;
  readonly timestamp_field?: string;
  readonly event_category_override?: string;
  readonly tiebreaker_field?: string;
  readonly threat_query?: string;
  readonly threat_language?: RuleLanguage;
  readonly threat_index?: readonly string[];
  readonly [key: string]: unknown;
}

/** A rule that has passed its schema. */
export interface Rule {
  readonly metadata: RuleMetadata;
  readonly body: RuleBody;
  /** `[transform]`, if there is one. */
  readonly transform?: JsonObject;
  /** `rule.version` of the file, else the version lock's, else absent. */
  readonly version?: number;
  readonly versionSource?: 'file' | 'lock';
}

/**
 * A rule file as read: always there, however broken. `document` is undefined if the TOML does not parse, `rule` if the
 * schema refuses it; `problems` then says why. One bad file never hides another.
 */
export interface RuleFile {
  readonly path: string;
  /** The file as it was read, where it was read from one. */
  readonly bytes?: Uint8Array;
  /** Hash of those bytes: the same digest and path, the same file. */
  readonly digest?: string;
  readonly source: SourceFile;
  readonly document?: JsonObject | undefined;
  readonly rule?: Rule | undefined;
  readonly problems: readonly Diagnostic[];
  /** Where a key stands (`['rule','name']` → the span of `name`), or of its nearest ancestor that is in the file. */
  readonly keySpan: (pointer: Pointer) => Span;
  /** Where a value stands, quotes included. */
  readonly valueSpan: (pointer: Pointer) => Span;
  /** A string value with the place of each of its characters; undefined if there is no string at that path. */
  readonly text: (pointer: Pointer) => MappedText | undefined;
}
