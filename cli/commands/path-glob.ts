import { compileWildcard } from '../fields/patterns/wildcard.ts';

/**
 * Matcher of a path pattern: `*` and `?` inside one name, `**` for any number of folders. A pattern without `/` fits the
 * name of a file in any folder; one that ends in `/` fits everything below.
 */
export function compilePathGlob(pattern: string): (path: string) => boolean {
  const written = pattern.replace(/^\.\//, '').replace(/\/$/, '/**');
  const parts = (written.includes('/') ? written : `**/${written}`).split('/');
  const tests = parts.map((part) => (part === '**' ? undefined : compileWildcard(part)));
  return (path) => {
    const names = path.split('/');
    // Places of the pattern that the names so far can have reached; at most one a part, so no backtracking.
    let reached = closure(new Set([0]), tests);
    for (const name of names) {
      const next = new Set<number>();
      for (const at of reached) {
        if (at >= tests.length) continue;
        const test = tests[at];
        if (test === undefined) next.add(at);
        else if (test(name)) next.add(at + 1);
      }
      reached = closure(next, tests);
    }
    return reached.has(tests.length);
  };
}

function closure(places: Set<number>, tests: readonly unknown[]): Set<number> {
  for (const at of places) if (at < tests.length && tests[at] === undefined) places.add(at + 1);
  return places;
}
