import type { Mapping } from '../../fields/mapping.ts';
import { cover } from '../../text/span.ts';
import type { Arithmetic, Call, Comparison, Expression, InList, Literal, Pattern } from './ast.ts';
import { calculate } from './functions/arithmetic.ts';
import { compareWith, compileExpression, isNull } from './evaluate.ts';
import { flatten } from './parse.ts';
import { exactPattern, fitsAll } from './script-pattern.ts';
import { signatureOf } from './signatures.ts';
import { isConstant } from './types.ts';
import { literalOf, valueOf, type EqlValue } from './value.ts';

/** The value of a constant expression. Throws a QueryFailure where Elasticsearch would fail (overflow, `number("x")`). */
export function foldConstant(expression: Expression): EqlValue {
  const folded = fold(expression, NOTHING_MAPPED);
  return folded.kind === 'literal' ? valueOf(folded) : compileExpression(folded, undefined).evaluate([]);
}

const NOTHING_MAPPED: Mapping = {
  field: () => undefined,
  matching: () => [],
  names: () => [],
  multiFields: () => [],
  analyzer: () => undefined,
  describe: () => [],
};

const isLiteral = (node: Expression): node is Literal => node.kind === 'literal';
const boolean = (value: boolean | null, at: Expression): Literal => literalOf(value, at.span);

/**
 * What Elasticsearch's optimiser makes of a condition before any data is read: constants folded with three-valued logic,
 * unmapped optional fields as null, null tests, patterns that fit one string or every string
 * (elasticsearch: x-pack/plugin/eql/.../optimizer/Optimizer.java). Spans stay those of the source.
 */
export function fold(expression: Expression, mapping: Mapping): Expression {
  switch (expression.kind) {
    case 'literal':
    case 'broken':
      return expression;
    case 'field':
      return expression.optional && mapping.field(expression.name) === undefined
        ? literalOf(null, expression.span)
        : expression;
    case 'and':
    case 'or':
      return foldChain(expression, mapping);
    case 'not': {
      const operand = fold(expression.operand, mapping);
      if (isLiteral(operand)) return boolean(operand.value === null ? null : operand.value !== true, expression);
      return { ...expression, operand };
    }
    case 'comparison':
      return foldComparison(expression, mapping);
    case 'in':
      return foldIn(expression, mapping);
    case 'pattern':
      return foldPattern(expression, mapping);
    case 'call':
      return foldCall(expression, mapping);
    case 'negate':
    case 'plus': {
      const operand = fold(expression.operand, mapping);
      return constant({ ...expression, operand }, isLiteral(operand));
    }
    case 'arithmetic': {
      const [left, right] = [fold(expression.left, mapping), fold(expression.right, mapping)];
      if (isNull(left) || isNull(right)) return literalOf(null, expression.span);
      return constant({ ...expression, left, right }, isLiteral(left) && isLiteral(right));
    }
  }
}

function constant(expression: Expression, known: boolean): Expression {
  return known ? literalOf(compileExpression(expression, undefined).evaluate([]), expression.span) : expression;
}

/**
 * `null and C` is null and `null or C` is C; false and true decide as usual. Negation is not pushed inwards
 * (elasticsearch: OptimizerRules.java PruneFilters).
 */
function foldChain(expression: Expression & { kind: 'and' | 'or' }, mapping: Mapping): Expression {
  const { kind } = expression;
  const decides = kind === 'or';
  const rest: Expression[] = [];
  let sawNull = false;
  for (const part of flatten(expression, kind)) {
    const folded = fold(part, mapping);
    if (!isLiteral(folded)) rest.push(folded);
    else if (folded.value === decides) return boolean(decides, expression);
    else if (folded.value === null) sawNull = true;
  }
  if (kind === 'and' && sawNull) return boolean(null, expression);
  const [first, ...others] = rest;
  if (first === undefined) return boolean(sawNull ? null : !decides, expression);
  return others.reduce((left, right): Expression => ({ kind, left, right, span: cover(left.span, right.span) }), first);
}

const FLIPPED: Readonly<Record<Comparison['operator'], Comparison['operator']>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function foldComparison(expression: Comparison, mapping: Mapping): Expression {
  let [left, right] = [fold(expression.left, mapping), fold(expression.right, mapping)];
  let { operator } = expression;
  if (isLiteral(left) && !isLiteral(right)) {
    [left, right] = [right, left];
    operator = FLIPPED[operator];
  }
  const equality = operator === '==' || operator === '!=';
  if (isLiteral(left) && isLiteral(right)) {
    if (equality && (isNull(left) || isNull(right))) {
      const both = isNull(left) && isNull(right);
      return boolean(operator === '==' ? both : !both, expression);
    }
    const value = compareWith(operator, valueOf(left), valueOf(right));
    return literalOf(value, expression.span);
  }
  if (isLiteral(right) && right.value === null && !equality) return boolean(null, expression);
  if (equality && isLiteral(right) && typeof right.value === 'boolean' && isPredicate(left)) {
    const positive = right.value === (operator === '==');
    return positive ? { ...left, span: expression.span } : { kind: 'not', operand: left, span: expression.span };
  }
  return simplifyArithmetic({ ...expression, operator, left, right }, mapping);
}

/** A boolean function or predicate: for these, not for fields, `p == false` means `not p`. */
function isPredicate(node: Expression): boolean {
  if (node.kind === 'call') return signatureOf(node.name.text)?.result === 'boolean';
  return (
    node.kind === 'comparison' ||
    node.kind === 'in' ||
    node.kind === 'pattern' ||
    node.kind === 'not' ||
    node.kind === 'and' ||
    node.kind === 'or'
  );
}

/** `f + 2 == 41` becomes `f == 39` where whole numbers make that exact (OptimizerRules.java SimplifyComparisonsArithmetics). */
function simplifyArithmetic(expression: Comparison, mapping: Mapping): Expression {
  const { left, right } = expression;
  if (left.kind !== 'arithmetic' || !isLiteral(right) || typeof valueOf(right) !== 'bigint') return expression;
  const moved = moveConstant(left, right, expression.operator, mapping);
  return moved === undefined ? expression : simplifyArithmetic({ ...expression, ...moved }, mapping);
}

function moveConstant(
  sum: Arithmetic,
  right: Literal,
  operator: Comparison['operator'],
  mapping: Mapping,
): Pick<Comparison, 'left' | 'right' | 'operator'> | undefined {
  const [a, b] = [sum.left, sum.right];
  const known = isLiteral(b) ? b : isLiteral(a) ? a : undefined;
  const other = known === b ? a : b;
  if (known === undefined || isConstant(other, mapping) || (other.kind !== 'field' && other.kind !== 'arithmetic'))
    return undefined;
  const [x, c] = [valueOf(right), valueOf(known)];
  if (typeof x !== 'bigint' || typeof c !== 'bigint') return undefined;
  try {
    if (sum.operator === '+') return { left: other, right: literalOf(calculate('-', x, c), right.span), operator };
    if (sum.operator === '-')
      return known === b
        ? { left: other, right: literalOf(calculate('+', x, c), right.span), operator }
        : { left: other, right: literalOf(calculate('-', c, x), right.span), operator: FLIPPED[operator] };
  } catch {
    return undefined;
  }
  return undefined;
}

function foldIn(expression: InList, mapping: Mapping): Expression {
  if (expression.negated) {
    const positive = fold({ ...expression, negated: false }, mapping);
    if (isLiteral(positive)) return boolean(positive.value === null ? null : positive.value !== true, expression);
    return { kind: 'not', operand: positive, span: expression.span };
  }
  const operand = fold(expression.operand, mapping);
  const items = expression.items.map((item) => fold(item, mapping));
  if (isNull(operand)) return boolean(null, expression);
  return constant({ ...expression, operand, items }, isLiteral(operand) && items.every(isLiteral));
}

/**
 * Each pattern by itself: one that fits every string is a null test, one that fits a single string an equality. Only a
 * case-sensitive equality is a null test in turn, which is why `?u like "a"` is false and `?u : "a"` is null.
 */
function foldPattern(expression: Pattern, mapping: Mapping): Expression {
  const operand = fold(expression.operand, mapping);
  const { operator, caseInsensitive } = expression;
  if (expression.patterns.length > 1) {
    if (isNull(operand)) return boolean(null, expression);
    return constant({ ...expression, operand }, isLiteral(operand));
  }
  const [only] = expression.patterns;
  const text = typeof only?.value === 'string' ? only.value : '';
  if (fitsAll(operator, text)) {
    const test: Comparison = {
      kind: 'comparison',
      operator: '!=',
      left: operand,
      right: literalOf(null, expression.span),
      operatorSpan: expression.operatorSpan,
      span: expression.span,
    };
    return foldComparison(test, mapping);
  }
  const exact = exactPattern(operator, text);
  if (exact !== undefined && !caseInsensitive) {
    const equality: Comparison = {
      kind: 'comparison',
      operator: '==',
      left: operand,
      right: literalOf(exact, only?.span ?? expression.span),
      operatorSpan: expression.operatorSpan,
      span: expression.span,
    };
    return foldComparison(equality, mapping);
  }
  if (isNull(operand)) return boolean(null, expression);
  return constant({ ...expression, operand }, isLiteral(operand));
}

function foldCall(expression: Call, mapping: Mapping): Expression {
  const args = expression.args.map((arg) => fold(arg, mapping));
  return constant({ ...expression, args }, args.every(isLiteral));
}
