import type { Expression, FieldRef } from './ast.ts';

/** All fields of an expression, in the order of the text. */
export function fieldsOf(root: Expression): readonly FieldRef[] {
  const found: FieldRef[] = [];
  const pending: Expression[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    switch (node.kind) {
      case 'field':
        found.push(node);
        break;
      case 'call':
        pending.push(...node.args);
        break;
      case 'and':
      case 'or':
      case 'arithmetic':
      case 'comparison':
        pending.push(node.left, node.right);
        break;
      case 'in':
        pending.push(node.operand, ...node.items);
        break;
      case 'not':
      case 'negate':
      case 'plus':
      case 'pattern':
        pending.push(node.operand);
        break;
      case 'literal':
      case 'broken':
        break;
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}
