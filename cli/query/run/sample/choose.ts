/**
 * The first `limit` ways to take a different item from each list, in the order of the lists. Ways that cannot be finished
 * are cut off as soon as they are taken, so that lists full of the same items do not cost all their permutations.
 */
export function chooseDifferent<T>(lists: readonly (readonly T[])[], limit: number): readonly (readonly T[])[] {
  const found: (readonly T[])[] = [];
  const taken: T[] = [];
  const choose = (from: number): void => {
    for (const item of lists[from] ?? []) {
      if (taken.includes(item)) continue;
      taken.push(item);
      if (from === lists.length - 1) found.push([...taken]);
      else if (canFinish(lists, from + 1, taken)) choose(from + 1);
      taken.pop();
      if (found.length === limit) return;
    }
  };
  if (canFinish(lists, 0, [])) choose(0);
  return found;
}

/** Whether each list from `from` on can give an item of its own beside those taken: a matching of lists and items. */
function canFinish<T>(lists: readonly (readonly T[])[], from: number, taken: readonly T[]): boolean {
  const gone = new Set(taken);
  const owner = new Map<T, number>();
  const give = (list: number, seen: Set<T>): boolean => {
    for (const item of lists[list] ?? []) {
      if (gone.has(item) || seen.has(item)) continue;
      seen.add(item);
      const other = owner.get(item);
      if (other === undefined || give(other, seen)) {
        owner.set(item, list);
        return true;
      }
    }
    return false;
  };
  for (let list = from; list < lists.length; list++) {
    // A list longer than all that can be taken away from it never fails.
    if ((lists[list]?.length ?? 0) >= lists.length) continue;
    if (!give(list, new Set())) return false;
  }
  return true;
}
