import { parseDouble } from '../../java-numbers/parse-double.ts';

/** The words, parentheses and commas of a text in WKT. */
const TOKEN = /[a-zA-Z0-9.+-]+|[^\s]/g;

/**
 * Whether a text begins with a point of the globe: `POINT (lon lat)`, also with a height, or `POINT EMPTY`. What follows it is
 * not looked at (elasticsearch:libs/geo/src/main/java/org/elasticsearch/geometry/utils/WellKnownText.java).
 */
export function isWktPoint(text: string): boolean {
  const tokens = Array.from(text.matchAll(TOKEN), ([token]) => token);
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  if (next().toLowerCase() !== 'point') return false;
  let token = next();
  if (token.toLowerCase() === 'z') token = next();
  if (token.toLowerCase() === 'empty') return true;
  if (token !== '(') return false;
  const numbers: number[] = [];
  for (token = next(); token !== ')'; token = next()) {
    const number = /^[a-zA-Z0-9.+-]+$/.test(token) ? parseDouble(token) : undefined;
    if (number === undefined || numbers.length === 3) return false;
    numbers.push(number);
  }
  const [lon, lat] = numbers;
  return lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
