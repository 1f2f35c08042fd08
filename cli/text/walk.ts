import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files below a path with one of the endings, sorted; a link that leads in a circle is entered once. */
export function walk(path: string, ending: RegExp): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = (at: string): void => {
    let stat;
    try {
      stat = statSync(at);
    } catch {
      return;
    }
    if (stat.isDirectory()) {
      const real = realpathSync(at);
      if (seen.has(real)) return;
      seen.add(real);
      for (const name of readdirSync(at).sort()) if (name !== 'node_modules' && name !== '.git') visit(join(at, name));
    } else if (ending.test(at)) found.push(at);
  };
  visit(path);
  return found;
}
