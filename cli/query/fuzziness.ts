import { parseDouble } from '../fields/java-numbers/parse-double.ts';
import { NumberToken, type Json } from '../text/json.ts';

/**
 * Edits of a fuzzy term as Elasticsearch reads them: `AUTO`, `AUTO:low,high`, 0, 1 or 2; undefined: it refuses what is written. A
 * JSON number is cut to a whole one, a text with a fraction is not (elasticsearch: server/.../common/unit/Fuzziness.java).
 */
export function readFuzziness(value: Json): string | number | undefined {
  if (typeof value === 'number') return edits(value);
  if (value instanceof NumberToken) return edits(value.value);
  if (typeof value !== 'string') return undefined;
  const written = value.toUpperCase();
  if (written === 'AUTO') return written;
  const auto = /^AUTO:([+-]?\d+),([+-]?\d+),*$/.exec(written);
  if (auto !== null) {
    const [low, high] = [Number(auto[1]), Number(auto[2])];
    return low >= 0 && low <= high && high <= 2_147_483_647 ? `AUTO:${low},${high}` : undefined;
  }
  const number = parseDouble(value);
  // A positive fraction is refused, a negative one is cut, and what is no number counts as 0
  return number === undefined || number % 1 > 0 ? undefined : edits(Number.isNaN(number) ? 0 : number);
}

function edits(number: number): number | undefined {
  const whole = Math.trunc(number) + 0;
  return whole === 0 || whole === 1 || whole === 2 ? whole : undefined;
}
