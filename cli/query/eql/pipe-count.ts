import { QueryFailure } from '../failure.ts';
import type { Expression } from './ast.ts';
import { foldConstant } from './fold.ts';

/**
 * How many results a pipe lets through: a whole number from 0 to 2147483647, written as one or computed from others, as in
 * `head 2 * 5`. Undefined: anything else, which Elasticsearch refuses (elasticsearch: x-pack/plugin/eql/.../parser/
 * LogicalPlanBuilder.java, pipeIntArgument; LogicalPlanTests.java, testFoldedHeadTailValidValue).
 */
export function pipeCount(expression: Expression): number | undefined {
  if (!isWholeArithmetic(expression)) return undefined;
  try {
    const value = foldConstant(expression);
    return typeof value === 'bigint' && value >= 0n && value <= 2147483647n ? Number(value) : undefined;
  } catch (caught) {
    if (caught instanceof QueryFailure) return undefined;
    throw caught;
  }
}

function isWholeArithmetic(node: Expression): boolean {
  switch (node.kind) {
    case 'literal':
      return node.type === 'integer' || node.type === 'long';
    case 'negate':
    case 'plus':
      return isWholeArithmetic(node.operand);
    case 'arithmetic':
      return isWholeArithmetic(node.left) && isWholeArithmetic(node.right);
    default:
      return false;
  }
}
