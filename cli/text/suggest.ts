/** Edit distance with transpositions (optimal string alignment), bounded: returns `limit + 1` as soon as it is exceeded. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return Math.min(previous[b.length] ?? 0, limit + 1);
}

/** The known name that was most likely meant, or undefined. Up to a third of the letters may differ, at most three. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.min(3, Math.floor(word.length / 3)));
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    if (candidate === word) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), Math.min(limit, bestDistance - 1));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
      if (distance === 0) break;
    }
  }
  return best;
}

/** Known names that may have been meant, nearest first, at most three: for `pib` both `pid` and `ppid`. */
export function suggestions(word: string, known: Iterable<string>): readonly string[] {
  const limit = Math.max(1, Math.min(3, Math.floor(word.length / 3)));
  const wanted = word.toLowerCase();
  const found: { readonly name: string; readonly distance: number }[] = [];
  for (const name of known) {
    if (name === word) continue;
    const distance = editDistance(wanted, name.toLowerCase(), limit + 1);
    const near = distance <= limit + 1 && distance * 2 <= Math.max(word.length, name.length);
    if (near) found.push({ name, distance });
  }
  const best = Math.min(...found.map(({ distance }) => distance));
  if (best > limit) return [];
  return found
    .filter(({ distance }) => distance <= best + 1)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `, did you mean "x"?` or nothing: to be put behind a sentence that names an unknown thing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = suggest(word, known);
  return found === undefined ? '' : `, did you mean "${found}"?`;
}
