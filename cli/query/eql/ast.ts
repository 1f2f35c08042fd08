import type { Span } from '../../text/span.ts';

/** EQL syntax tree. Every node has the span of its text; names have the span of the name alone. */
interface Node {
  readonly span: Span;
}

export interface Name extends Node {
  readonly text: string;
}

// ---- expressions -------------------------------------------------------------------------------------------------

/** Whole numbers are `integer` (32 bits), `long` (64 bits with or without a sign, bigint) or beyond that `double`, as in Elasticsearch. */
export interface Literal extends Node {
  readonly kind: 'literal';
  readonly type: 'string' | 'integer' | 'long' | 'double' | 'boolean' | 'null';
  readonly value: string | number | bigint | boolean | null;
  /** The token of a string or number as the query has it; absent for a value that was computed. */
  readonly written?: string;
}
/** `name` is the dotted path without back quotes and without `?`. */
export interface FieldRef extends Node {
  readonly kind: 'field';
  readonly name: string;
  readonly optional: boolean;
}
export interface Call extends Node {
  readonly kind: 'call';
  readonly name: Name;
  readonly caseInsensitive: boolean;
  readonly args: readonly Expression[];
}
export interface Unary extends Node {
  readonly kind: 'negate' | 'plus';
  readonly operand: Expression;
}
export interface Arithmetic extends Node {
  readonly kind: 'arithmetic';
  readonly operator: '+' | '-' | '*' | '/' | '%';
  readonly left: Expression;
  readonly right: Expression;
}
export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly left: Expression;
  readonly right: Expression;
  readonly operatorSpan: Span;
}
/** `a in (…)`, `a not in~ (…)`. */
export interface InList extends Node {
  readonly kind: 'in';
  readonly negated: boolean;
  readonly caseInsensitive: boolean;
  readonly operand: Expression;
  readonly items: readonly Expression[];
}
/** `:`, `like`, `like~`, `regex`, `regex~` with one literal or a list. `:` is `{operator: ':', caseInsensitive: true}`. */
export interface Pattern extends Node {
  readonly kind: 'pattern';
  readonly operator: ':' | 'like' | 'regex';
  readonly caseInsensitive: boolean;
  readonly operand: Expression;
  readonly patterns: readonly Literal[];
  readonly operatorSpan: Span;
}
export interface Not extends Node {
  readonly kind: 'not';
  readonly operand: Expression;
}
export interface Logical extends Node {
  readonly kind: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
/** What stands for an expression that could not be parsed, so that the rest of the tree can be used. */
export interface Broken extends Node {
  readonly kind: 'broken';
}

export type Expression =
  Literal | FieldRef | Call | Unary | Arithmetic | Comparison | InList | Pattern | Not | Logical | Broken;

// ---- statements --------------------------------------------------------------------------------------------------

export interface EventFilter extends Node {
  readonly kind: 'event';
  /** Absent for `any`. */
  readonly category?: Name;
  readonly condition: Expression;
}
export interface Duration extends Node {
  readonly amount: number;
  readonly unit: 'ms' | 's' | 'm' | 'h' | 'd';
}
export interface SequenceTerm extends Node {
  readonly kind: 'term';
  readonly missing: boolean;
  readonly filter: EventFilter;
  readonly by: readonly FieldRef[];
  readonly runs: number;
}
export interface Sequence extends Node {
  readonly kind: 'sequence';
  readonly by: readonly FieldRef[];
  readonly maxspan?: Duration;
  readonly terms: readonly SequenceTerm[];
  readonly until?: SequenceTerm;
}
export interface Sample extends Node {
  readonly kind: 'sample';
  readonly by: readonly FieldRef[];
  readonly terms: readonly SequenceTerm[];
}
/** Parsed so that it can be refused by name: `join by … [..] [..]`. */
export interface Join extends Node {
  readonly kind: 'join';
  readonly by: readonly FieldRef[];
  readonly terms: readonly SequenceTerm[];
  readonly until?: SequenceTerm;
}
export interface Pipe extends Node {
  readonly kind: 'pipe';
  readonly name: Name;
  readonly args: readonly Expression[];
}

export interface Statement extends Node {
  readonly body: EventFilter | Sequence | Sample | Join;
  readonly pipes: readonly Pipe[];
}
/** Comments in order; a printer puts them back. */
export interface Comment extends Node {
  readonly text: string;
  readonly block: boolean;
}
