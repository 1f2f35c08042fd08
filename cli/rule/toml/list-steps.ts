import type { Json } from '../../text/json.ts';

/** Above this product of lengths, finding what two lists have in common costs more than a rewritten middle. */
const MOST_CELLS = 250_000;

/**
 * The way from one list to another in steps that each change one run of neighbours, so that the entries between two changes keep
 * their place, and what is written beside them. Empty: the lists are equal. The last step is `next`.
 */
export function listSteps(old: readonly Json[], next: readonly Json[]): readonly (readonly Json[])[] {
  if (old.length * next.length > MOST_CELLS) return [next];
  const [a, b] = [old.map(keyOf), next.map(keyOf)];
  const common = commonLengths(a, b);
  const steps: (readonly Json[])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) break;
      if (j === b.length || (i < a.length && at(common, i + 1, j) >= at(common, i, j + 1))) i++;
      else j++;
    }
    steps.push([...next.slice(0, j), ...old.slice(i)]);
  }
  return steps;
}

const keyOf = (one: Json): string => JSON.stringify(one);

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0;

/** For each pair of places, how many entries the rests of both lists have in common in the same order. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const table: number[][] = Array.from({ length: a.length + 1 }, () => []);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (table[i] ??= [])[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1)); // prettier-ignore
  return table;
}
