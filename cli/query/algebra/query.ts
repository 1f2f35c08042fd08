import type { NumberToken } from '../../text/json.ts';
import type { Span } from '../../text/span.ts';

/** A constant in a query. Numbers beyond 2^53 come as bigint. */
export type Scalar = string | number | bigint | boolean | null | NumberToken;

/** A value as a script sees it: doc values of one field, or the result of a function. */
export type ScriptValue = string | number | bigint | boolean | null;

interface Node {
  /** Place in the query text of the construct that this node stands for. Absent in queries that were built by code. */
  readonly span?: Span;
}

interface Leaf extends Node {
  readonly field: string;
  /** A value that the field's type refuses matches nothing instead of failing the search. */
  readonly lenient?: boolean;
}

export interface MatchAll extends Node {
  readonly kind: 'match_all';
}
/** `reason` is what the condition came to nothing by, for explanations: `?u is in no mapping`. */
export interface MatchNone extends Node {
  readonly kind: 'match_none';
  readonly reason?: string;
}
export interface Term extends Leaf {
  readonly kind: 'term';
  readonly value: Scalar;
  readonly caseInsensitive?: boolean;
  /** Prints as `{field: value}`. */
  readonly plain?: boolean;
}
export interface Terms extends Leaf {
  readonly kind: 'terms';
  readonly values: readonly Scalar[];
}
/** `*`, `?` and backslash escapes, as in the wildcard query. */
export interface Wildcard extends Leaf {
  readonly kind: 'wildcard';
  readonly pattern: string;
  readonly caseInsensitive?: boolean;
  /** Came from query text: patterns go through the field's normalizer, and flattened keys accept them. */
  readonly fromQueryString?: boolean;
}
export interface Prefix extends Leaf {
  readonly kind: 'prefix';
  readonly value: string;
  readonly caseInsensitive?: boolean;
  readonly fromQueryString?: boolean;
}
/** Lucene regular expression with all optional operators on, unless `flags` (`INTERVAL|ANYSTRING`, `NONE`) says otherwise. */
export interface Regexp extends Leaf {
  readonly kind: 'regexp';
  readonly pattern: string;
  readonly caseInsensitive?: boolean;
  readonly flags?: string;
  /** Work that making the automaton may take; default 10,000. */
  readonly maxDeterminizedStates?: number;
}
/** A term within some edits of the value, a transposition being one. The value is compared as it is, not analysed. */
export interface Fuzzy extends Leaf {
  readonly kind: 'fuzzy';
  readonly value: string;
  /** `AUTO`, `AUTO:low,high`, 0, 1 or 2. */
  readonly fuzziness: string | number;
  /** Code points at the start that have to be the same. */
  readonly prefixLength?: number;
  readonly transpositions?: boolean;
}
export interface Range extends Leaf {
  readonly kind: 'range';
  /** A null, here and in `lt`, is an open end that leaves out the first value of all, where a type has one. */
  readonly gt?: Scalar;
  readonly gte?: Scalar;
  readonly lt?: Scalar;
  readonly lte?: Scalar;
  readonly format?: string;
  readonly timeZone?: string;
  /** On fields that hold ranges: those that overlap (default), that lie within, or that contain this one. */
  readonly relation?: 'intersects' | 'contains' | 'within';
  /** Written with parameters that are gone since Elasticsearch 9.0, such as `from`. */
  readonly removed?: boolean;
  /** Came from query text, where a range without ends is one of terms or numbers and not an exists query. */
  readonly fromQueryString?: boolean;
}
/** `field` may hold `*`; an object name stands for all below it. */
export interface Exists extends Node {
  readonly kind: 'exists';
  readonly field: string;
}
export interface Ids extends Node {
  readonly kind: 'ids';
  readonly values: readonly string[];
}
export interface Match extends Leaf {
  readonly kind: 'match';
  readonly query: Scalar;
  /** Name of the analyzer of the text; absent: that of the field. */
  readonly analyzer?: string;
  readonly operator?: 'or' | 'and';
  readonly minimumShouldMatch?: string | number;
  readonly zeroTermsQuery?: 'none' | 'all';
  readonly fuzziness?: string | number;
  readonly prefixLength?: number;
  readonly transpositions?: boolean;
}
export interface MatchPhrase extends Leaf {
  readonly kind: 'match_phrase';
  readonly query: Scalar;
  readonly analyzer?: string;
  readonly slop?: number;
  readonly zeroTermsQuery?: 'none' | 'all';
}
export interface MatchPhrasePrefix extends Leaf {
  readonly kind: 'match_phrase_prefix';
  readonly query: Scalar;
  readonly analyzer?: string;
  readonly slop?: number;
  readonly zeroTermsQuery?: 'none' | 'all';
}
export interface MatchBoolPrefix extends Leaf {
  readonly kind: 'match_bool_prefix';
  readonly query: Scalar;
  readonly analyzer?: string;
  readonly operator?: 'or' | 'and';
  readonly minimumShouldMatch?: string | number;
  readonly zeroTermsQuery?: 'none' | 'all';
  /** Of the words that are no prefix. */
  readonly fuzziness?: string | number;
  readonly prefixLength?: number;
  readonly transpositions?: boolean;
}
export interface MultiMatch extends Node {
  readonly kind: 'multi_match';
  readonly query: Scalar;
  readonly analyzer?: string;
  /** Absent: the index's default fields. Patterns allowed. */
  readonly fields?: readonly string[];
  readonly type: 'best_fields' | 'most_fields' | 'phrase' | 'phrase_prefix' | 'bool_prefix';
  readonly operator?: 'or' | 'and';
  readonly lenient?: boolean;
  readonly minimumShouldMatch?: string | number;
  readonly slop?: number;
  readonly zeroTermsQuery?: 'none' | 'all';
  readonly fuzziness?: string | number;
  readonly prefixLength?: number;
  readonly transpositions?: boolean;
}
/** Lucene query text. The parser for it lives in `query/lucene/`; the compiler lowers the node on first use. */
export interface QueryString extends Node {
  readonly kind: 'query_string';
  readonly query: string;
  readonly fields?: readonly string[];
  readonly defaultField?: string;
  readonly defaultOperator?: 'or' | 'and';
  readonly analyzeWildcard?: boolean;
  readonly lenient?: boolean;
  readonly timeZone?: string;
  readonly minimumShouldMatch?: string | number;
  /** `phrase`: bare text is a phrase. Other types differ only in score here. */
  readonly type?: 'best_fields' | 'most_fields' | 'phrase';
  readonly allowLeadingWildcard?: boolean;
  /** Edits of `term~`; default `AUTO`. */
  readonly fuzziness?: string | number;
  readonly phraseSlop?: number;
  /** All special characters count as escaped. */
  readonly escape?: boolean;
}
/** Text in the syntax of simple_query_string (`query/simple/`); lowered as query_string is. */
export interface SimpleQueryString extends Node {
  readonly kind: 'simple_query_string';
  readonly query: string;
  readonly fields?: readonly string[];
  readonly defaultOperator?: 'or' | 'and';
  readonly analyzeWildcard?: boolean;
  readonly lenient?: boolean;
  readonly minimumShouldMatch?: string | number;
  /** Operators that are on, as `AND|PREFIX`, or `NONE`; absent: all of them. */
  readonly flags?: string;
  /** Work that making the automaton may take; default 10,000. */
  readonly maxDeterminizedStates?: number;
}
export interface Bool extends Node {
  readonly kind: 'bool';
  readonly must?: readonly Query[];
  readonly filter?: readonly Query[];
  readonly should?: readonly Query[];
  readonly mustNot?: readonly Query[];
  readonly minimumShouldMatch?: string | number;
  readonly adjustPureNegative?: boolean;
  /** Prints `must_not` as one object instead of a list, as Kibana does for KQL. */
  readonly singleMustNot?: boolean;
}
export interface DisMax extends Node {
  readonly kind: 'dis_max';
  readonly queries: readonly Query[];
}
/** Matches what `query` matches; a clause of its own all the same, which match_all inside of it does not become. */
export interface ConstantScore extends Node {
  readonly kind: 'constant_score';
  readonly query: Query;
}
/** Matches what `positive` matches. `negative` lowers the score and excludes nothing, but fails like any clause. */
export interface Boosting extends Node {
  readonly kind: 'boosting';
  readonly positive: Query;
  readonly negative: Query;
  readonly negativeBoost: number;
}
/** Matches what `query` matches. `filters` choose among functions of the score, and fail like any clause. */
export interface FunctionScore extends Node {
  readonly kind: 'function_score';
  readonly query: Query;
  readonly filters: readonly Query[];
}
export interface Nested extends Node {
  readonly kind: 'nested';
  readonly path: string;
  readonly query: Query;
  readonly ignoreUnmapped?: boolean;
  /** Printed only; scores do not matter here. */
  readonly scoreMode?: string;
}
/**
 * What Elasticsearch would run as a Painless script: true if any combination of values, one per entry of `fields`, makes
 * `test` true. A field without a value contributes the single value null. `fields` has one entry per *occurrence* of a
 * field in the text. `test` may throw a `QueryFailure` (integer overflow, `number("abc")`): the search fails then.
 */
export interface Script extends Node {
  readonly kind: 'script';
  readonly fields: readonly string[];
  readonly test: (values: readonly ScriptValue[]) => boolean;
  /** The expression as written, for explanations and `toDsl`. */
  readonly text: string;
}

/**
 * The one algebra: every language lowers into it, and matching is defined once, over it (`query/run/`). Shaped like
 * Elasticsearch's Query DSL, to which it prints (`query/dsl/`).
 */
export type Query =
  | MatchAll
  | MatchNone
  | Term
  | Terms
  | Wildcard
  | Prefix
  | Regexp
  | Fuzzy
  | Range
  | Exists
  | Ids
  | Match
  | MatchPhrase
  | MatchPhrasePrefix
  | MatchBoolPrefix
  | MultiMatch
  | QueryString
  | SimpleQueryString
  | Bool
  | DisMax
  | ConstantScore
  | Boosting
  | FunctionScore
  | Nested
  | Script;
