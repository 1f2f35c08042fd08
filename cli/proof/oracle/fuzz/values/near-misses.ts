import type { Random } from '../random.ts';
import { FEW } from './phrases.ts';
import { TEXTS, WORDS } from './texts.ts';

const LETTERS = Array.from('abeoxAZ é1*?\\');

/** One edit of a list of code points: one is taken out, put in, replaced or swapped with its neighbour, or changes its case. */
function edited(points: readonly string[], random: Random): string[] {
  const at = random.int(0, Math.max(0, points.length - 1));
  const [before, here = '', after] = [points.slice(0, at), points[at], points.slice(at + 1)];
  return random.weighted<string[]>([
    [2, () => [...before, ...after]],
    [2, () => [...before, random.pick(LETTERS), here, ...after]],
    [2, () => [...before, random.pick(LETTERS), ...after]],
    [2, () => [...before, ...after.slice(0, 1), here, ...after.slice(1)]],
    [1, () => [...before, here === here.toLowerCase() ? here.toUpperCase() : here.toLowerCase(), ...after]],
  ]);
}

/** A text some edits away from one that documents hold: what `fuzziness` takes for the same, or just not. */
export function nearMiss(text: string, random: Random): string {
  let points = Array.from(text);
  for (let edits = random.int(1, 3); edits > 0; edits--) points = edited(points, random);
  return points.join('');
}

/** A word or a text that documents hold, misspelt. */
export const misspelling = (random: Random): string =>
  nearMiss(
    random.weighted<string>([
      [2, () => random.pick(FEW)],
      [1, () => random.pick(WORDS)],
      [1, () => random.usual(TEXTS)],
    ]),
    random,
  );
