import type { Mapping } from '../../fields/mapping.ts';
import { isNumeric, isWhole } from '../../fields/numbers.ts';
import type { Expression } from './ast.ts';
import { resolveField } from './fields.ts';
import { operatorOf } from './desugar.ts';
import { flatten } from './flatten.ts';
import { signatureOf } from './signatures.ts';

/** Family of the value of an expression; `unknown` where an error has been reported already. */
export type EqlType = 'string' | 'integer' | 'decimal' | 'boolean' | 'ip' | 'date' | 'version' | 'null' | 'unknown';

export const isNumber = (type: EqlType): boolean => type === 'integer' || type === 'decimal';

export function typeOf(expression: Expression, mapping: Mapping): EqlType {
  switch (expression.kind) {
    case 'literal':
      return expression.type === 'long' ? 'integer' : expression.type === 'double' ? 'decimal' : expression.type;
    case 'field': {
      const resolved = resolveField(mapping, expression.name);
      if (resolved.kind === 'unmapped') return expression.optional ? 'null' : 'unknown';
      if (resolved.kind === 'unusable') return 'unknown';
      const { type } = resolved.field;
      if (isNumeric(type)) return isWhole(type) ? 'integer' : 'decimal';
      if (type === 'boolean' || type === 'ip' || type === 'version') return type;
      if (type === 'date' || type === 'date_nanos') return 'date';
      return 'string';
    }
    case 'call': {
      const signature = signatureOf(expression.name.text);
      if (signature === undefined) return 'unknown';
      if (operatorOf(signature.name) !== undefined) {
        const [left, right] = expression.args;
        return left === undefined || right === undefined ? 'unknown' : arithmeticType(left, right, mapping);
      }
      return signature.result === 'number' ? 'decimal' : signature.result;
    }
    case 'negate':
    case 'plus':
      return typeOf(expression.operand, mapping);
    case 'arithmetic':
      return arithmeticType(expression.left, expression.right, mapping);
    case 'comparison':
    case 'in':
    case 'pattern':
    case 'not':
    case 'and':
    case 'or':
      return 'boolean';
    case 'broken':
      return 'unknown';
  }
}

function arithmeticType(left: Expression, right: Expression, mapping: Mapping): EqlType {
  const types = [typeOf(left, mapping), typeOf(right, mapping)];
  if (types.includes('decimal')) return 'decimal';
  return types.every((type) => type === 'null') ? 'null' : 'integer';
}

/**
 * Whether a whole number is a Java int: small literals, positions and lengths, and what is computed of them. Fields come as
 * longs.
 */
export function isInt(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return expression.type === 'integer';
    case 'call':
      return signatureOf(expression.name.text)?.result === 'integer';
    case 'negate':
    case 'plus':
      return isInt(expression.operand);
    case 'arithmetic':
      return isInt(expression.left) && isInt(expression.right);
    default:
      return false;
  }
}

/**
 * Whether the value is known before data is read: literals, unmapped optional fields, and what is made of them. A list of
 * nulls alone decides whatever stands before it (elasticsearch: x-pack/plugin/ql/.../comparison/In.java foldable).
 */
export function isConstant(expression: Expression, mapping: Mapping): boolean {
  switch (expression.kind) {
    case 'literal':
      return true;
    case 'field':
      return isUnmappedOptional(expression, mapping);
    case 'call':
      return expression.args.every((one) => isConstant(one, mapping));
    case 'negate':
    case 'plus':
    case 'not':
      return isConstant(expression.operand, mapping);
    case 'and':
    case 'or':
      return flatten(expression, expression.kind).every((one) => isConstant(one, mapping));
    case 'arithmetic':
    case 'comparison':
      return isConstant(expression.left, mapping) && isConstant(expression.right, mapping);
    case 'in':
      return (
        (!expression.caseInsensitive && expression.items.every((one) => isNullConstant(one, mapping))) ||
        (isConstant(expression.operand, mapping) && expression.items.every((one) => isConstant(one, mapping)))
      );
    case 'pattern':
      return isConstant(expression.operand, mapping);
    case 'broken':
      return false;
  }
}

/** `?f` with `f` in no mapping: the literal null. */
export const isUnmappedOptional = (expression: Expression, mapping: Mapping): boolean =>
  expression.kind === 'field' && expression.optional && mapping.field(expression.name) === undefined;

const isNullConstant = (expression: Expression, mapping: Mapping): boolean =>
  (expression.kind === 'literal' && expression.type === 'null') || isUnmappedOptional(expression, mapping);
