import type { Mapping } from '../../fields/mapping.ts';
import { QueryFailure } from '../failure.ts';
import type { Comparison, Expression, Literal } from './ast.ts';
import { calculate, negate } from './functions/arithmetic.ts';
import { signatureOf } from './signatures.ts';
import { isConstant, isInt, typeOf } from './types.ts';
import { literalOf, valueOf, type EqlValue } from './value.ts';
import { compareWith, isNull } from './evaluate.ts';

const isLiteral = (node: Expression): node is Literal => node.kind === 'literal';

const FLIPPED: Readonly<Record<Comparison['operator'], Comparison['operator']>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/**
 * What becomes of a comparison whose sides are folded already. `before` is the comparison as it was: only a side that was
 * constant from the start makes a null test (elasticsearch: x-pack/plugin/eql/.../optimizer/Optimizer.java
 * ReplaceNullChecks runs before anything is simplified).
 */
export function foldComparison(folded: Comparison, before: Comparison, mapping: Mapping): Expression {
  let { left, right, operator } = folded;
  const { span } = folded;
  const boolean = (value: boolean | null): Literal => literalOf(value, span);
  const equality = operator === '==' || operator === '!=';
  const nullLeft = isNull(left);
  if (nullLeft || isNull(right)) {
    const constant = isConstant(nullLeft ? before.left : before.right, mapping);
    if (!equality || !constant) return boolean(null);
    const other = nullLeft ? right : left;
    if (isLiteral(other)) return boolean((other.value === null) === (operator === '=='));
    return { ...folded, left: other, right: literalOf(null, (nullLeft ? left : right).span) };
  }
  if (isLiteral(left) && !isLiteral(right)) {
    [left, right] = [right, left];
    operator = FLIPPED[operator];
  }
  if (isLiteral(left) && isLiteral(right)) return literalOf(compareWith(operator, valueOf(left), valueOf(right)), span);
  if (equality && isLiteral(right) && typeof right.value === 'boolean' && isPredicate(left)) {
    const positive = right.value === (operator === '==');
    return positive ? { ...left, span } : { kind: 'not', operand: left, span };
  }
  return simplify({ ...folded, operator, left, right }, mapping);
}

/** A boolean function or predicate: for these, not for fields, `p == false` means `not p`. */
function isPredicate(node: Expression): boolean {
  switch (node.kind) {
    case 'call':
      return signatureOf(node.name.text)?.result === 'boolean';
    case 'comparison':
    case 'in':
    case 'pattern':
    case 'not':
    case 'and':
    case 'or':
      return true;
    default:
      return false;
  }
}

/**
 * Moves constants around one field to the right, where whole numbers make that exact and nothing overflows: `f + 2 == 41`
 * becomes `f == 39`, `-f > 5` becomes `f < -5` (elasticsearch: x-pack/plugin/ql/.../optimizer/OptimizerRules.java
 * SimplifyComparisonsArithmetics).
 */
function simplify(comparison: Comparison, mapping: Mapping): Comparison {
  let current = comparison;
  for (;;) {
    const next = moveSign(current) ?? moveConstant(current, mapping);
    if (next === undefined) return current;
    current = next;
  }
}

/** A calculation that may overflow; undefined: it does, so the constant stays where it is. */
function attempt(work: () => EqlValue): EqlValue | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof QueryFailure) return undefined;
    throw error;
  }
}

function moveSign(comparison: Comparison): Comparison | undefined {
  const { left, right, operator } = comparison;
  if (left.kind !== 'negate' || !isLiteral(right)) return undefined;
  const value = valueOf(right);
  if (typeof value !== 'bigint' && typeof value !== 'number') return undefined;
  const negated = attempt(() => negate(value, isInt(right) ? 32 : 64));
  if (negated === undefined) return undefined;
  const moved = literalOf(negated, right.span, !isInt(right));
  return { ...comparison, left: left.operand, right: moved, operator: FLIPPED[operator] };
}

function moveConstant(comparison: Comparison, mapping: Mapping): Comparison | undefined {
  const { left: sum, right } = comparison;
  if (sum.kind !== 'arithmetic' || !isLiteral(right)) return undefined;
  const { left: a, right: b } = sum;
  const known = isLiteral(b) ? b : isLiteral(a) ? a : undefined;
  if (known === undefined) return undefined;
  const [bound, constant] = [valueOf(right), valueOf(known)];
  if (typeof bound !== 'bigint' || typeof constant !== 'bigint') return undefined;
  const other = known === b ? a : b;
  const whole = typeOf(other, mapping) === 'integer';
  const move = (value: EqlValue | undefined, operator = comparison.operator): Comparison | undefined =>
    value === undefined
      ? undefined
      : { ...comparison, operator, left: other, right: literalOf(value, right.span, width === 64) };
  const width = isInt(known) && isInt(right) ? 32 : 64;
  const turned = constant < 0n ? FLIPPED[comparison.operator] : comparison.operator;
  switch (sum.operator) {
    case '+':
      return whole ? move(attempt(() => calculate('-', bound, constant, width))) : undefined;
    case '-':
      if (!whole) return undefined;
      return known === b
        ? move(attempt(() => calculate('+', bound, constant, width)))
        : move(
            attempt(() => calculate('-', constant, bound, width)),
            FLIPPED[comparison.operator],
          );
    case '*':
      if (constant === 0n || (whole && bound % constant !== 0n)) return undefined;
      return move(whole ? bound / constant : Number(bound) / Number(constant), turned);
    case '/':
      return whole || known !== b || constant === 0n ? undefined : move(Number(bound) * Number(constant), turned);
    case '%':
      return undefined;
  }
}
