import type { Arithmetic, Call, Expression, InList, Literal, Pattern } from './ast.ts';
import { exactPattern } from './script-pattern.ts';
import { literalOf, textOf, valueOf } from './value.ts';

/** Functions that are only another spelling of an operator. */
const OPERATORS: Readonly<Record<string, Arithmetic['operator']>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
};

/** The operator that a function stands for: `add` is `+`. */
export const operatorOf = (name: string): Arithmetic['operator'] | undefined => {
  const key = name.toLowerCase();
  return Object.hasOwn(OPERATORS, key) ? OPERATORS[key] : undefined;
};

/**
 * One node in the terms that are planned: lists after `:`, `like` and `in~` are alternatives of which each is a unit of its
 * own, a list after `regex` is one expression joined with bars, `add(a, b)` is `a + b`, `wildcard(f, …)` is `f like (…)`, a
 * plus sign is nothing, and a pattern without wildcards that ignores case is a comparison that ignores case
 * (elasticsearch: x-pack/plugin/eql/.../parser/ExpressionBuilder.java, .../string/Match.java, Wildcard.java).
 */
export function desugar(node: Expression): Expression {
  switch (node.kind) {
    case 'plus':
      return desugar(node.operand);
    case 'call':
      return desugarCall(node);
    case 'pattern':
      return desugarPattern(node);
    case 'in':
      return node.caseInsensitive ? desugarInsensitive(node) : node;
    default:
      return node;
  }
}

function desugarCall(node: Call): Expression {
  const [left, right, ...rest] = node.args;
  const operator = operatorOf(node.name.text);
  if (operator !== undefined && left !== undefined && right !== undefined)
    return { kind: 'arithmetic', operator, left, right, span: node.span };
  if (node.name.text.toLowerCase() !== 'wildcard' || left === undefined || right === undefined) return node;
  const patterns = [right, ...rest].filter((one): one is Literal => one.kind === 'literal');
  if (patterns.length !== node.args.length - 1) return node;
  return desugarPattern({
    kind: 'pattern',
    operator: 'like',
    caseInsensitive: node.caseInsensitive,
    operand: left,
    patterns,
    operatorSpan: node.name.span,
    span: node.span,
  });
}

/** A literal behind `like` or `regex` as text: `like 5` means `like "5"`. */
export function patternText(literal: Literal): string {
  const value = valueOf(literal);
  return value === null ? '' : textOf(value);
}

function desugarPattern(node: Pattern): Expression {
  const [first] = node.patterns;
  if (first === undefined) return node;
  if (node.patterns.length === 1) return insensitiveEquality(node, first) ?? node;
  if (node.operator === 'regex') {
    const joined = node.patterns.map(patternText).join('|');
    const pattern = { ...node, patterns: [literalOf(joined, node.span)] };
    return insensitiveEquality(pattern, literalOf(joined, node.span)) ?? pattern;
  }
  return anyOf(
    node.patterns.map((one) => desugarPattern({ ...node, patterns: [one], span: one.span })),
    node,
  );
}

/** `f : "a"`, `f like~ "a"` and `f regex~ "a"` compare as `f in~ ("a")` does. */
function insensitiveEquality(node: Pattern, only: Literal): InList | undefined {
  if (!node.caseInsensitive) return undefined;
  const exact = exactPattern(node.operator, patternText(only));
  if (exact === undefined) return undefined;
  const items = [literalOf(exact, only.span)];
  return { kind: 'in', negated: false, caseInsensitive: true, operand: node.operand, items, span: node.span };
}

function desugarInsensitive(node: InList): Expression {
  if (node.negated) return { kind: 'not', operand: { ...node, negated: false }, span: node.span };
  if (node.items.length === 1) return node;
  return anyOf(
    node.items.map((one): InList => ({ ...node, items: [one], span: one.span })),
    node,
  );
}

const anyOf = (parts: readonly Expression[], whole: Expression): Expression =>
  parts.reduce((left, right): Expression => ({ kind: 'or', left, right, span: whole.span }));
