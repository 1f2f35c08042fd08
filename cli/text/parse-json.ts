/** A run of digits that a double may not hold exactly, outside of strings. */
const LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/**
 * JSON.parse, but whole numbers of sixteen and more digits come as strings of their digits: a double cannot hold them all,
 * and Elasticsearch reads both forms alike. Throws what JSON.parse throws.
 */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  // The text has to be JSON first, so that the message of a fault speaks of what the user wrote.
  const plain: unknown = JSON.parse(text);
  const exact = text.replace(LONG_NUMBER, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
  return exact === text ? plain : JSON.parse(exact);
}
