import type { Explanation } from './explanation.ts';

/** How many predicates stand between an event and a match: failed leaves under "all of", the least under "any of". */
export function distance(explanation: Explanation, wanted = true): number {
  if (explanation.held === wanted) return 0;
  const { query, children } = explanation;
  if (children.length === 0) return 1;
  if (query.kind !== 'bool') return Math.max(1, ...children.map((child) => distance(child, wanted)));
  let all = 0;
  let any = Infinity;
  const excluded = new Set(query.mustNot ?? []);
  const optional = new Set(query.should ?? []);
  const required = (query.must?.length ?? 0) + (query.filter?.length ?? 0) > 0;
  for (const child of children) {
    if (excluded.has(child.query)) all += distance(child, !wanted);
    else if (optional.has(child.query)) any = Math.min(any, distance(child, wanted));
    else all += distance(child, wanted);
  }
  if (!wanted)
    return Math.max(1, Math.min(any, ...children.map((child) => distance(child, excluded.has(child.query)))));
  const optionalCounts = optional.size > 0 && (!required || query.minimumShouldMatch !== undefined);
  return Math.max(1, all + (optionalCounts && any !== Infinity ? any : 0));
}
