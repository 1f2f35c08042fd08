import type { KqlNode } from '../../../query/kql/ast.ts';
import type { RuleCheck } from '../../check.ts';
import { mappedField } from '../../knowledge/kql-fields.ts';
import { kqlOf } from '../../knowledge/kql.ts';

const textOf = (node: KqlNode): string =>
  node.kind !== 'is' ? '' : node.value.kind === 'wildcard' ? node.value.parts.join('*') : String(node.value.value);

export const check: RuleCheck = {
  id: 'query/case-ignored',
  severity: 'info',
  summary: 'Values of a field that is indexed in lower case are written in lower case.',
  run(subject, context) {
    const query = kqlOf(subject);
    const upper = query === undefined ? [] : query.nodes.filter((node) => /\p{Lu}/u.test(textOf(node)));
    if (query === undefined || upper.length === 0) return [];
    const mapping = context.mapping(subject.rule, subject.file.path);
    const found = upper.filter((node) => mappedField(node, mapping)?.normalizer === 'lowercase');
    const [first] = found;
    if (first?.kind !== 'is') return [];
    const name = mappedField(first, mapping)?.name ?? '';
    const others = found.length === 1 ? '' : `, as for ${found.length - 1} more of this query`;
    return [
      {
        message: `upper and lower case are the same for this value${others}`,
        why: `${name} is indexed in lower case, and so is what it is compared with`,
        help: 'write it in lower case; for a comparison letter by letter use the field without the suffix',
        span: query.place(first.value.span),
      },
    ];
  },
};
