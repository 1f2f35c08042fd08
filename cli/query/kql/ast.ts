import type { Span } from '../../text/span.ts';

/** KQL syntax tree, in the shape of Kibana's (kibana: kbn-es-query/src/kuery/node_types), with spans. */
export interface KqlLiteral {
  readonly kind: 'literal';
  readonly value: string | boolean | null;
  readonly quoted: boolean;
  readonly span: Span;
}

/** Pieces of text between stars; the lone `*` is `['', '']`. */
export interface KqlWildcard {
  readonly kind: 'wildcard';
  readonly parts: readonly string[];
  readonly span: Span;
}

export type KqlValue = KqlLiteral | KqlWildcard;

export interface KqlIs {
  readonly kind: 'is';
  /** A literal with value null stands for "no field". */
  readonly field: KqlValue;
  readonly value: KqlValue;
  readonly span: Span;
}

export interface KqlRange {
  readonly kind: 'range';
  readonly field: KqlValue;
  readonly operator: 'gt' | 'gte' | 'lt' | 'lte';
  readonly value: KqlValue;
  readonly span: Span;
}

export interface KqlLogical {
  readonly kind: 'and' | 'or';
  readonly children: readonly KqlNode[];
  readonly span: Span;
}

export interface KqlNot {
  readonly kind: 'not';
  readonly child: KqlNode;
  readonly span: Span;
}

export interface KqlNested {
  readonly kind: 'nested';
  readonly path: KqlValue;
  readonly child: KqlNode;
  readonly span: Span;
}

export type KqlNode = KqlIs | KqlRange | KqlLogical | KqlNot | KqlNested;

export const isLoneWildcard = (value: KqlValue): boolean =>
  value.kind === 'wildcard' && value.parts.length === 2 && value.parts.every((part) => part === '');
