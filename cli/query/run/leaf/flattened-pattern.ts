import type { Field } from '../../../fields/mapping.ts';
import { compileFlattenedTerms, type FlattenedLeaf } from '../../../fields/values/flattened.ts';
import { olderThan } from '../../../fields/version.ts';
import { QueryFailure } from '../../failure.ts';
import { never, type RunContext, type Scope, type Test } from '../context.ts';
import { prefixOf } from '../fields.ts';
import type { LeafClause } from './keyword.ts';
import { wildcardTest } from './patterns.ts';
import { termRules } from './term-rules.ts';

/** First version of which it is not known that it still runs patterns over the terms of all keys. */
const UNKNOWN_SINCE = '9.5';

/**
 * Patterns on a key of a flattened field. The query DSL refuses them. Query strings run them over the raw terms `key\0value`
 * of *all* keys (elasticsearch pull request 138427), which is not what anybody means: where both readings agree on a
 * document the verdict stands. Where they differ, stacks up to 9.4 go by the terms; for a later one, or where none is named, there is
 * no verdict.
 */
export function flattenedPattern(
  field: Field,
  clause: LeafClause,
  context: RunContext,
  scope: Scope,
): Test | undefined {
  if (field.flattenedRoot === undefined || !isPattern(clause)) return undefined;
  if (clause.kind !== 'wildcard' || clause.fromQueryString !== true) {
    throw new QueryFailure(`a pattern cannot be used on ${field.name}`, {
      span: clause.span,
      why: `${field.name} is a key of the flattened field ${field.flattenedRoot}; Elasticsearch refuses the search`,
      help: 'compare with whole values, or with a prefix',
    });
  }
  const root = context.mapping.field(field.flattenedRoot);
  if (root === undefined) return never;
  const terms = compileFlattenedTerms(root, prefixOf(scope));
  const key = field.name.slice(field.flattenedRoot.length + 1);
  const fits = wildcardTest(clause, termRules(context));
  const asTerms = (leaves: readonly FlattenedLeaf[]): boolean =>
    leaves.some((leaf) => fits(`${leaf.key}\0${leaf.text}`));
  if (olderThan(context.stack, UNKNOWN_SINCE)) return (source) => asTerms(terms(source));
  return (source) => {
    const leaves = terms(source);
    const meant = leaves.some((leaf) => leaf.key === key && fits(leaf.text));
    const asRun = asTerms(leaves);
    if (meant !== asRun)
      throw new QueryFailure(`the verdict of the pattern on ${field.name} depends on the stack's version`, {
        span: clause.span,
        why: 'Elasticsearch runs a pattern with a star before its end on the terms of every key of a flattened field',
        help: 'compare with whole values, or with a prefix (one star, at the end)',
      });
    return meant;
  };
}

const isPattern = (clause: LeafClause): boolean =>
  clause.kind === 'wildcard' ||
  clause.kind === 'regexp' ||
  clause.kind === 'fuzzy' ||
  (clause.kind === 'match' && clause.fuzziness !== undefined);
