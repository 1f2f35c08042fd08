import type { RuleCheck } from '../../check.ts';
import { kqlOf, opposites } from '../../knowledge/kql.ts';
import { printKql } from '../../../query/kql/print.ts';

export const check: RuleCheck = {
  id: 'query/always-true',
  severity: 'warning',
  summary: 'No part of the query holds for every event.',
  run(subject) {
    const query = kqlOf(subject);
    if (query === undefined) return [];
    return query.nodes.flatMap((node) => {
      const found = node.kind === 'or' ? opposites(node.children) : undefined;
      if (found === undefined) return [];
      return [
        {
          message: `every event fits ${printKql(found.part)} or ${printKql(found.negation)}`,
          why: 'the conditions are joined with "or", so this part of the query excludes nothing',
          help: 'for exclusions write "and not (a or b)", or "not a and not b"',
          span: query.place(found.negation.span),
          related: [{ span: query.place(found.part.span), message: 'the other condition' }],
        },
      ];
    });
  },
};
