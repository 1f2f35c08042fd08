import type { Field } from '../../../fields/mapping.ts';
import { isNumeric, limitsOf } from '../../../fields/numbers.ts';
import { equalNumber } from '../../../fields/query-numbers.ts';
import type { KqlNode } from '../../../query/kql/ast.ts';
import type { RuleCheck } from '../../check.ts';
import { mappedField } from '../../knowledge/kql-fields.ts';
import { kqlOf } from '../../knowledge/kql.ts';

/** Why a field never holds the value that it is compared with; undefined where it may, or where the search fails. */
function reason(field: Field, node: KqlNode): string | undefined {
  if (node.kind !== 'is' || node.value.kind !== 'literal' || node.value.value === null) return undefined;
  const text = String(node.value.value);
  if (isNumeric(field.type) && equalNumber(field.type, text, 'term', field.scalingFactor) === 'nothing') {
    const limits = limitsOf(field.type);
    return limits === undefined
      ? `${field.name} holds no number of this size (${field.typeName})`
      : `${field.name} holds whole numbers from ${limits.min} to ${limits.max} only (${field.typeName})`;
  }
  return undefined;
}

export const check: RuleCheck = {
  id: 'query/impossible-value',
  severity: 'error',
  summary: 'Every value of a KQL query is one that its field can hold.',
  run(subject, context) {
    const query = kqlOf(subject);
    if (query === undefined) return [];
    const mapping = context.mapping(subject.rule, subject.file.path);
    return query.nodes.flatMap((node) => {
      const field = mappedField(node, mapping);
      const why = field === undefined ? undefined : reason(field, node);
      if (why === undefined || node.kind !== 'is') return [];
      return [
        {
          message: `${field?.name ?? ''} can never have this value`,
          why: `${why}; the condition matches nothing, and its negation everything`,
          help: 'correct the value, or use a range',
          span: query.place(node.value.span),
        },
      ];
    });
  },
};
