import type { KqlNode } from './ast.ts';

/**
 * The field names and patterns that a query names, in order, each once. Of a nested group only its path: that is all that the
 * detection engine asks the index for (kibana: kuery/utils/get_kql_fields.ts).
 */
export function kqlFieldNames(root: KqlNode): readonly string[] {
  const names = new Set<string>();
  const pending: KqlNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    switch (node.kind) {
      case 'and':
      case 'or':
        pending.push(...[...node.children].reverse());
        break;
      case 'not':
        pending.push(node.child);
        break;
      default: {
        const field = node.kind === 'nested' ? node.path : node.field;
        if (field.kind === 'wildcard') names.add(field.parts.join('*'));
        else if (field.value !== null) names.add(String(field.value));
      }
    }
  }
  return [...names];
}
