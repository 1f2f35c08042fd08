import type { KqlNode } from '../../../query/kql/ast.ts';
import type { Demand, LimitOf } from './demand.ts';

/** What the values of a KQL query ask for beyond the limits. Spans are offsets in the query. */
export const kqlDemands = (nodes: readonly KqlNode[], limitOf: LimitOf): readonly Demand[] =>
  nodes.flatMap((node) => {
    if (node.kind !== 'is' || node.field.kind !== 'literal' || typeof node.field.value !== 'string') return [];
    const { value } = node;
    const field = node.field.value;
    const text = value.kind === 'wildcard' ? value.parts.join('') : typeof value.value === 'string' ? value.value : '';
    const least = text.length;
    return least > limitOf(field) ? [{ field, least, span: value.span }] : [];
  });
