import type { RuleCheck } from '../../check.ts';
import { kqlOf, opposites } from '../../knowledge/kql.ts';
import { isLoneWildcard, type KqlNode } from '../../../query/kql/ast.ts';
import { printKql } from '../../../query/kql/print.ts';

/** `f: value` beside `not f: *`: what has a value has one. */
function absent(parts: readonly KqlNode[]): { readonly part: KqlNode; readonly negation: KqlNode } | undefined {
  for (const negation of parts) {
    if (negation.kind !== 'not' || negation.child.kind !== 'is' || !isLoneWildcard(negation.child.value)) continue;
    const field = printKql(negation.child);
    const part = parts.find(
      (one) => (one.kind === 'is' || one.kind === 'range') && exists(one) === field && !isNull(one),
    );
    if (part !== undefined) return { part, negation };
  }
  return undefined;
}

const exists = (node: KqlNode): string =>
  node.kind === 'is' || node.kind === 'range'
    ? printKql({ kind: 'is', field: node.field, value: LONE, span: node.span })
    : '';

const LONE = { kind: 'wildcard', parts: ['', ''], span: { start: 0, end: 0 } } as const;

const isNull = (node: KqlNode): boolean =>
  (node.kind === 'is' || node.kind === 'range') && node.field.kind === 'literal' && node.field.value === null;

export const check: RuleCheck = {
  id: 'query/contradiction',
  severity: 'error',
  summary: 'No two conditions of the query exclude each other.',
  run(subject) {
    const query = kqlOf(subject);
    if (query === undefined) return [];
    return query.nodes.flatMap((node) => {
      if (node.kind !== 'and') return [];
      const found = opposites(node.children) ?? absent(node.children);
      if (found === undefined) return [];
      return [
        {
          message: `no event can fit both ${printKql(found.part)} and ${printKql(found.negation)}`,
          why: 'the conditions are joined with "and", so this part of the query never holds',
          help: 'take one of them out, or join them with "or"',
          span: query.place(found.negation.span),
          related: [{ span: query.place(found.part.span), message: 'the other condition' }],
        },
      ];
    });
  },
};
