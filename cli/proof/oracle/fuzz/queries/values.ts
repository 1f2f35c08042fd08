import type { Json } from '../../../../text/json.ts';
import type { Random } from '../random.ts';
import { dateMath } from '../values/date-math.ts';
import { DATE_TEXTS } from '../values/dates.ts';
import { NUMBER_TEXTS, NUMBERS } from '../values/numbers.ts';
import { ADDRESSES, BLOCKS, BOOLEANS, RANGE_ENDS } from '../values/others.ts';
import { num } from '../values/num.ts';
import { nearMiss } from '../values/near-misses.ts';
import { phrase } from '../values/phrases.ts';
import { takenValues } from '../values/taken.ts';
import { TEXTS } from '../values/texts.ts';

/** A text of a clause that takes texts, which may be written as a number, too. */
export const textOrNumber = (text: (random: Random) => string, random: Random): Json =>
  random.weighted<Json>([
    [24, () => text(random)],
    [1, () => random.pick(NUMBERS)],
    [0.2, () => random.chance(0.5)],
  ]);

/**
 * A factor of the score, which a clause takes or refuses. Not among them are those that a float does not hold, which fail only where
 * the clause finds something.
 */
export const factor = (random: Random): Json =>
  random.pick([2, '1.5', 0, num('-0.0'), num('-0'), '-0', -1, '', true, 'x', num('1e-50'), num('-1e-50')]);

/** A constant that a clause on a field of this type, and with this format of dates, is given. */
export function constantFor(type: string, random: Random, format?: string): Json {
  const taken = takenValues(type, format);
  return random.weighted<Json>([
    [taken === undefined ? 0 : format === undefined ? 8 : 16, () => random.usual(taken ?? [])],
    [12, () => fitting(type, random)],
    [0.5, () => random.usual(TEXTS)],
    [0.4, () => random.usual(NUMBERS)],
    [0.2, () => random.chance(0.5)],
  ]);
}

function fitting(type: string, random: Random): Json {
  switch (type) {
    case 'keyword':
    case 'flattened':
    case 'flattened key':
      return random.weighted<Json>([
        [8, () => random.usual(TEXTS)],
        [0.5, () => nearMiss(random.usual(TEXTS), random)],
        [1, () => random.usual(NUMBERS)],
      ]);
    case 'text':
      return random.weighted<Json>([
        [3, () => phrase(random)],
        [2, () => random.usual(TEXTS)],
      ]);
    case 'boolean':
      return random.pick(BOOLEANS);
    case 'ip':
      return random.weighted<Json>([
        [2, () => random.usual(ADDRESSES)],
        [1, () => random.pick(BLOCKS)],
      ]);
    case 'date':
    case 'date_nanos':
      return random.weighted<Json>([
        [4, () => random.usual(DATE_TEXTS)],
        [2, () => dateMath(random)],
        [1.5, () => random.usual(NUMBERS)],
      ]);
    case 'geo_point':
    case 'binary':
      return random.usual(TEXTS);
    default: {
      const ends = RANGE_ENDS[type];
      if (ends !== undefined) return random.pick(ends);
      return random.weighted<Json>([
        [3, () => random.usual(NUMBERS)],
        [1.5, () => random.usual(NUMBER_TEXTS)],
      ]);
    }
  }
}
