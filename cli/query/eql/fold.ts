import type { Mapping } from '../../fields/mapping.ts';
import { cover } from '../../text/span.ts';
import { QueryFailure } from '../failure.ts';
import type { Call, Comparison, Expression, InList, Literal, Logical, Pattern } from './ast.ts';
import { desugar, patternText } from './desugar.ts';
import { compileExpression, isNull } from './evaluate.ts';
import { exactField, NOTHING_MAPPED, resolveField } from './fields.ts';
import { flatten } from './flatten.ts';
import { foldComparison } from './fold-comparison.ts';
import { exactPattern, fitsAll } from './script-pattern.ts';
import { isInt, isUnmappedOptional } from './types.ts';
import { literalOf, valueOf, type EqlValue } from './value.ts';

/** The value of a constant expression. Throws a QueryFailure where Elasticsearch would fail (overflow, `number("x")`). */
export function foldConstant(expression: Expression): EqlValue {
  const folded = fold(expression, NOTHING_MAPPED);
  if (folded.kind === 'literal') return valueOf(folded);
  throw new QueryFailure('the expression is not constant', { span: folded.span });
}

const isLiteral = (node: Expression): node is Literal => node.kind === 'literal';
const boolean = (value: boolean | null, at: Expression): Literal => literalOf(value, at.span);
const not = (value: Literal, at: Expression): Literal =>
  boolean(value.value === null ? null : value.value !== true, at);

/**
 * What Elasticsearch's optimiser makes of a condition before any data is read: constants folded with three-valued logic,
 * unmapped optional fields as null, null tests, patterns that fit one string or every string
 * (elasticsearch: x-pack/plugin/eql/.../optimizer/Optimizer.java). Spans stay those of the source.
 *
 * Not done: `f == 1 or f == 2` stays two comparisons where Elasticsearch makes a list of them. The events found are the
 * same, and an explanation can speak of each.
 */
export function fold(expression: Expression, mapping: Mapping): Expression {
  const node = desugar(expression);
  switch (node.kind) {
    case 'literal':
    case 'broken':
    case 'plus':
      return node;
    case 'field':
      return isUnmappedOptional(node, mapping) ? literalOf(null, node.span) : node;
    case 'and':
    case 'or':
      return foldChain(node, mapping);
    case 'not': {
      const operand = fold(node.operand, mapping);
      if (isLiteral(operand)) return not(operand, node);
      return operand.kind === 'not' ? operand.operand : { ...node, operand };
    }
    case 'comparison': {
      const [left, right] = [fold(node.left, mapping), fold(node.right, mapping)];
      return foldComparison({ ...node, left, right }, node, mapping);
    }
    case 'in':
      return foldIn(node, mapping);
    case 'pattern':
      return foldPattern(node, mapping);
    case 'call':
      return foldCall(node, mapping);
    case 'negate': {
      const operand = fold(node.operand, mapping);
      return constant({ ...node, operand }, isLiteral(operand));
    }
    case 'arithmetic': {
      const [left, right] = [fold(node.left, mapping), fold(node.right, mapping)];
      // A constant goes to the right of a sum or product, from where a comparison can take it.
      const swapped = (node.operator === '+' || node.operator === '*') && isLiteral(left) && !isLiteral(right);
      const [first, second] = swapped ? [right, left] : [left, right];
      return constant({ ...node, left: first, right: second }, isLiteral(left) && isLiteral(right));
    }
  }
}

/** A node whose operands are known, as its value. A failure gets the place of the node. */
function constant(node: Expression, known: boolean): Expression {
  if (!known) return node;
  try {
    return literalOf(compileExpression(node, undefined).evaluate([]), node.span, !isInt(node));
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    throw error.at(node.span);
  }
}

/**
 * `null and C` is null and `null or C` is C; false and true decide as usual. Negation is not pushed inwards
 * (elasticsearch: OptimizerRules.java PruneFilters). Every part is folded, for a part that fails fails the search wherever
 * it stands.
 */
function foldChain(expression: Logical, mapping: Mapping): Expression {
  const { kind } = expression;
  const decides = kind === 'or';
  const rest: Expression[] = [];
  let decided = false;
  let sawNull = false;
  for (const part of flatten(expression, kind)) {
    const folded = fold(part, mapping);
    if (!isLiteral(folded)) rest.push(...flatten(folded, kind));
    else if (folded.value === decides) decided = true;
    else if (folded.value === null) sawNull = true;
  }
  if (decided) return boolean(decides, expression);
  if (kind === 'and' && sawNull) return boolean(null, expression);
  const [first, ...others] = rest;
  if (first === undefined) return boolean(sawNull ? null : !decides, expression);
  return others.reduce((left, right): Expression => ({ kind, left, right, span: cover(left.span, right.span) }), first);
}

/** Nulls alone in a list make it null, whatever stands before it (elasticsearch: x-pack/plugin/ql/.../comparison/In.java). */
function foldIn(node: InList, mapping: Mapping): Expression {
  if (node.negated) {
    const positive = foldIn({ ...node, negated: false }, mapping);
    return isLiteral(positive) ? not(positive, node) : { kind: 'not', operand: positive, span: node.span };
  }
  const operand = fold(node.operand, mapping);
  const items = node.items.map((item) => fold(item, mapping));
  if (isNull(operand) || (!node.caseInsensitive && items.every(isNull))) return boolean(null, node);
  return constant({ ...node, operand, items }, isLiteral(operand) && items.every(isLiteral));
}

/**
 * A pattern that fits every string is a null test, one that fits a single string an equality. Only a case-sensitive
 * equality is a null test in turn, which is why `?u like "a"` is false and `?u : "a"` is null.
 */
function foldPattern(node: Pattern, mapping: Mapping): Expression {
  const operand = fold(node.operand, mapping);
  const [only] = node.patterns;
  const text = only === undefined ? '' : patternText(only);
  if (fitsAll(node.operator, text))
    return isLiteral(operand) ? boolean(operand.value !== null, node) : { ...node, operand };
  const exact = exactPattern(node.operator, text);
  if (exact !== undefined) {
    const before: Comparison = {
      kind: 'comparison',
      operator: '==',
      left: node.operand,
      right: literalOf(exact, only?.span ?? node.span),
      operatorSpan: node.operatorSpan,
      span: node.span,
    };
    return foldComparison({ ...before, left: operand }, before, mapping);
  }
  if (isNull(operand)) return boolean(null, node);
  return constant({ ...node, operand }, isLiteral(operand));
}

function foldCall(node: Call, mapping: Mapping): Expression {
  const args = node.args.map((arg) => fold(arg, mapping));
  const [only] = args;
  if (node.name.text.toLowerCase() === 'string' && only !== undefined && isKeyword(only, mapping)) return only;
  return constant({ ...node, args }, args.every(isLiteral));
}

/** A field on which `string(…)` changes nothing, so that it is taken away (elasticsearch: Optimizer.java PruneCast). */
function isKeyword(node: Expression, mapping: Mapping): boolean {
  if (node.kind !== 'field') return false;
  const resolved = resolveField(mapping, node.name);
  if (resolved.kind !== 'field' || exactField(mapping, resolved.field).kind !== 'field') return false;
  return /^(keyword|wildcard|constant_keyword)$/.test(resolved.field.type);
}
