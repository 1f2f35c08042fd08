import type { Explanation } from './explanation.ts';

const least = (numbers: readonly number[]): number => Math.min(Infinity, ...numbers);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/**
 * How many predicates have to turn so that the explained query comes out as wanted: all that fail of "and", the least of
 * "or"; for the opposite of a match the least of "and" and all of "or".
 */
export function distance(explanation: Explanation, wanted = true): number {
  if (explanation.held === wanted) return 0;
  const { query, children } = explanation;
  if (children.length === 0) return 1;
  if (query.kind !== 'bool') return Math.max(1, least(children.map((child) => distance(child, wanted))));
  const excluded = new Set(query.mustNot ?? []);
  const optional = new Set(query.should ?? []);
  const some = children.filter((child) => optional.has(child.query));
  const all = children.filter((child) => !optional.has(child.query));
  // A child under "not" has to come out the other way.
  const away = (child: Explanation): number => distance(child, excluded.has(child.query) ? !wanted : wanted);
  const required = (query.must?.length ?? 0) + (query.filter?.length ?? 0) > 0;
  const counts = some.length > 0 && (!required || query.minimumShouldMatch !== undefined);
  const needed = counts ? some.map((child) => distance(child, wanted)) : [];
  if (wanted) return Math.max(1, sum(all.map(away)) + (counts ? least(needed) : 0));
  return Math.max(1, Math.min(least(all.map(away)), counts ? sum(needed) : Infinity));
}
