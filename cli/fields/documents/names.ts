/**
 * Names that Elasticsearch keeps for itself at the top of a document, those of the metadata fields of the core server;
 * `_doc_count` is one that documents write.
 */
const METADATA = new Set([
  '_id', '_index', '_source', '_routing', '_ignored', '_ignored_source', '_field_names', '_seq_no', '_version',
  '_nested_path', '_data_stream_timestamp',
]); // prettier-ignore

export const isMetadataName = (name: string): boolean => METADATA.has(name);

/** White space of Java's Character.isWhitespace: without no-break spaces, with the separators of ASCII. */
const BLANK = /^[\t-\r\u001c-\u0020\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]*$/;

export const isBlank = (text: string): boolean => BLANK.test(text);

/** The names that a key with dots stands for, or why it is none. */
export type Names = { readonly parts: readonly string[] } | { readonly fault: string };

/**
 * Reads a key: `a.b` is `b` in `a`, and dots at its end are dropped, as Java's split drops them
 * (elasticsearch:libs/x-content/src/main/java/org/elasticsearch/xcontent/DotExpandingXContentParser.java).
 */
export function namesOf(key: string): Names {
  if (key === '') return { fault: 'a name without a character' };
  if (isBlank(key)) return { fault: 'a name of white space only' };
  if (!key.includes('.')) return { parts: [key] };
  let end = key.length;
  while (key[end - 1] === '.') end--;
  const bare = key.slice(0, end);
  if (bare === '') return { fault: 'a name of dots only' };
  const parts = bare.split('.');
  return parts.some(isBlank) ? { fault: 'a name with nothing between, before or after two of its dots' } : { parts };
}
