import type { Expression } from './ast.ts';

/** The operands of a chain of `and` or of `or`, from left to right, without recursion. */
export function flatten(expression: Expression, kind: 'and' | 'or'): readonly Expression[] {
  const found: Expression[] = [];
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === kind) pending.push(next.right, next.left);
    else found.push(next);
  }
  return found;
}
