/** A name as it stands in a file name: lower case, runs of other characters than letters, digits and `_` become one `_`. */
export function snakeCase(text: string): string {
  const name = text.toLowerCase().replace(/[^_a-z0-9]+/g, '_');
  let [start, end] = [0, name.length];
  while (name[start] === '_') start++;
  while (end > start && name[end - 1] === '_') end--;
  return name.slice(start, end);
}

/** The file name of a path, without folders and `.toml`. */
export const baseName = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.toml$/, '');
