import { isLoneWildcard, type KqlNode } from '../../../query/kql/ast.ts';
import type { RuleCheck } from '../../check.ts';
import { holdsList } from '../../knowledge/kql-fields.ts';
import { everyNode, kqlOf } from '../../knowledge/kql.ts';

const nameOf = (node: KqlNode): string | undefined =>
  node.kind === 'is' && node.field.kind === 'literal' && typeof node.field.value === 'string'
    ? node.field.value
    : undefined;

/** Fields of which a list of conditions only wants that they are there. */
const present = (parts: readonly KqlNode[]): ReadonlySet<string | undefined> =>
  new Set(parts.filter((part) => part.kind === 'is' && isLoneWildcard(part.value)).map(nameOf));

export const check: RuleCheck = {
  id: 'query/not-on-list',
  severity: 'info',
  summary: 'No field that holds lists has to be there and must not have some values, which leaves out whole events.',
  run(subject) {
    const query = kqlOf(subject);
    if (query === undefined) return [];
    return query.nodes.flatMap((node) => {
      if (node.kind !== 'and') return [];
      const there = present(node.children);
      return node.children.flatMap((part) => {
        if (part.kind !== 'not') return [];
        const names = new Set(
          everyNode(part.child)
            .map(nameOf)
            .filter((one) => one !== undefined),
        );
        const [name] = names;
        if (name === undefined || names.size > 1 || !there.has(name) || !holdsList(name)) return [];
        return [
          {
            message: `one of these values in ${name} is enough to leave the event out`,
            why: `${name} holds a list; "${name}: * and not ${name}: x" does not mean "some value other than x"`,
            help: 'keep it if that is meant; KQL cannot ask for "a value other than x" in a list, so name the values that are looked for',
            span: query.place(part.span),
          },
        ];
      });
    });
  },
};
