import { leastLengthOfRegexp } from '../../../fields/patterns/regexp-length.ts';
import { leastLengthOfWildcard } from '../../../fields/patterns/wildcard.ts';
import type { LuceneNode } from '../../../query/lucene/ast.ts';
import type { Demand, LimitOf } from './demand.ts';

/** What the clauses of a Lucene query ask for beyond the limits. Spans are offsets in the query. */
export function luceneDemands(root: LuceneNode, limitOf: LimitOf): readonly Demand[] {
  const demands: Demand[] = [];
  const pending: { readonly node: LuceneNode; readonly field: string | undefined }[] = [
    { node: root, field: undefined },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next;
    const field = node.field ?? next.field;
    if (node.kind === 'group') pending.push(...node.clauses.map((clause) => ({ node: clause.node, field })));
    else if (field !== undefined) {
      const least = leastOf(node);
      if (least > limitOf(field)) demands.push({ field, least, span: node.span });
    }
  }
  return demands;
}

function leastOf(node: LuceneNode): number {
  switch (node.kind) {
    case 'text':
    case 'phrase':
    case 'prefix':
      return node.text.length;
    case 'wildcard':
      return leastLengthOfWildcard(node.pattern);
    case 'regexp':
      return leastLengthOfRegexp(node.pattern);
    default:
      return 0;
  }
}
