import type { RuleCheck } from '../../check.ts';
import { kqlOf } from '../../knowledge/kql.ts';
import { isLoneWildcard } from '../../../query/kql/ast.ts';

export const check: RuleCheck = {
  id: 'query/free-text',
  severity: 'warning',
  summary: 'Every value of a KQL query has a field.',
  run(subject) {
    const query = kqlOf(subject);
    if (query === undefined) return [];
    return query.nodes.flatMap((node) => {
      if (node.kind !== 'is' || node.field.kind !== 'literal' || node.field.value !== null) return [];
      if (isLoneWildcard(node.value)) return [];
      const written = query.text.slice(node.span.start, node.span.end);
      const compares = /[^=!<>]==?[^=]/.test(written);
      return [
        {
          message: `${JSON.stringify(written)} is looked for in every field`,
          why: 'a value without a field matches wherever any of its words stands in an event',
          help: compares ? 'write field: value; "=" is an ordinary character in KQL' : 'write field: value',
          span: query.place(node.span),
        },
      ];
    });
  },
};
