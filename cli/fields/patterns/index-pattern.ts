import { compileWildcard } from './wildcard.ts';

const compiled = new Map<string, (index: string) => boolean>();

function matcher(pattern: string): (index: string) => boolean {
  let found = compiled.get(pattern);
  if (found === undefined) compiled.set(pattern, (found = compileWildcard(pattern.replace(/[?\\]/g, '\\$&'))));
  return found;
}

/** Backing indices of data streams are searched through the data stream's name: `.ds-logs-x-default-2026.01.01-000001`. */
const dataStreamOf = (index: string): string => /^\.ds-(.+)-\d{4}\.\d{2}\.\d{2}-\d{6}$/.exec(index)?.[1] ?? index;

/**
 * Whether a search over these patterns reaches an index. A pattern may hold several separated by commas; `-pattern` takes
 * out what earlier patterns let in; `cluster:pattern` reaches indices that carry the cluster's name, and bare names too,
 * since fixtures rarely say which cluster they came from.
 */
export function matchesIndex(patterns: readonly string[], index: string): boolean {
  const name = dataStreamOf(index);
  const bare = name.includes(':') ? name.slice(name.indexOf(':') + 1) : name;
  let reached = false;
  for (const entry of patterns)
    for (const written of entry.split(',')) {
      const pattern = written.trim();
      const excluded = pattern.startsWith('-');
      const wanted = excluded ? pattern.slice(1) : pattern;
      if (wanted === '') continue;
      const fits = wanted.includes(':')
        ? matcher(wanted)(name) || matcher(wanted.slice(wanted.indexOf(':') + 1))(bare)
        : matcher(wanted)(name);
      if (fits) reached = !excluded;
    }
  return reached;
}
