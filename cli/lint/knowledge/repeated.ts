import type { PlacedFact, PlacedProblem } from '../check.ts';

/** A problem for each fact whose value an earlier one has, with that one as the related place. */
export function repeated(
  facts: readonly PlacedFact[],
  problem: (
    first: PlacedFact,
    fact: PlacedFact,
  ) => { readonly message: string; readonly why: string; readonly help: string },
): PlacedProblem[] {
  const first = new Map<string, PlacedFact>();
  return facts.flatMap((fact) => {
    const before = first.get(fact.value);
    if (before === undefined) {
      first.set(fact.value, fact);
      return [];
    }
    const related = [{ path: before.path, span: before.span, message: 'first used here' }];
    return [{ path: fact.path, span: fact.span, ...problem(before, fact), related }];
  });
}
