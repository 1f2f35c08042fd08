import { isLoneWildcard, type KqlNode } from '../../../query/kql/ast.ts';
import { mappedField } from '../../knowledge/kql-fields.ts';
import type { RuleCheck } from '../../check.ts';
import { kqlOf } from '../../knowledge/kql.ts';

/** Patterns of this kind in one query below which the cost is not worth a word. */
const MANY = 10;

const leads = (node: KqlNode): boolean =>
  node.kind === 'is' && node.value.kind === 'wildcard' && !isLoneWildcard(node.value) && node.value.parts[0] === '';

export const check: RuleCheck = {
  id: 'query/leading-wildcard',
  severity: 'info',
  summary: `No KQL query has ${MANY} patterns or more that begin with a star on keyword fields.`,
  run(subject, context) {
    const query = kqlOf(subject);
    const leading = query === undefined ? [] : query.nodes.filter(leads);
    if (query === undefined || leading.length < MANY) return [];
    const mapping = context.mapping(subject.rule, subject.file.path);
    const slow = leading.filter((node) => mappedField(node, mapping)?.type === 'keyword');
    const [first] = slow;
    if (first?.kind !== 'is' || slow.length < MANY) return [];
    return [
      {
        message: `${slow.length} patterns of the query begin with a star`,
        why: 'for each of them, every value that the field has in the index is looked at, at every run',
        help: 'begin with what is known, ask for whole values, or use a field of type wildcard',
        span: query.place(first.value.span),
      },
    ];
  },
};
