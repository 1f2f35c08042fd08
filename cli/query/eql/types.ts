import type { Mapping } from '../../fields/mapping.ts';
import { isNumeric, isWhole } from '../../fields/numbers.ts';
import type { Expression } from './ast.ts';
import { resolveField } from './fields.ts';
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
      return signature.result === 'number' ? 'decimal' : signature.result;
    }
    case 'negate':
    case 'plus':
      return typeOf(expression.operand, mapping);
    case 'arithmetic': {
      const left = typeOf(expression.left, mapping);
      const right = typeOf(expression.right, mapping);
      return left === 'decimal' || right === 'decimal'
        ? 'decimal'
        : left === 'null' && right === 'null'
          ? 'null'
          : 'integer';
    }
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

/** Whether the value is known before data is read: literals, unmapped optional fields, and what is made of them. */
export function isConstant(expression: Expression, mapping: Mapping): boolean {
  switch (expression.kind) {
    case 'literal':
      return true;
    case 'field':
      return expression.optional && mapping.field(expression.name) === undefined;
    case 'call':
      return expression.args.every((one) => isConstant(one, mapping));
    case 'negate':
    case 'plus':
    case 'not':
      return isConstant(expression.operand, mapping);
    case 'arithmetic':
    case 'comparison':
    case 'and':
    case 'or':
      return isConstant(expression.left, mapping) && isConstant(expression.right, mapping);
    case 'in':
      return isConstant(expression.operand, mapping) && expression.items.every((one) => isConstant(one, mapping));
    case 'pattern':
      return isConstant(expression.operand, mapping);
    case 'broken':
      return false;
  }
}
