/** A name as it stands in a file name: lower case, runs of other characters than letters, digits and `_` become one `_`. */
export const snakeCase = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^_a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** The file name of a path, without folders and `.toml`. */
export const baseName = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.toml$/, '');
