import type { Json } from '../../../../text/json.ts';
import type { Random } from '../random.ts';
import { DATE_MATH, DATE_TEXTS } from '../values/dates.ts';
import { NUMBER_TEXTS, NUMBERS } from '../values/numbers.ts';
import { ADDRESSES, BLOCKS, BOOLEANS, RANGE_ENDS } from '../values/others.ts';
import { num } from '../values/num.ts';
import { TEXTS, WORDS } from '../values/texts.ts';

/** Words of full text, joined as people and programs do. */
export const phrase = (random: Random): string =>
  random.picks(WORDS, random.int(1, 4)).join(random.pick([' ', ' ', ' ', ', ', '  ', '-']));

/** A text of a clause that takes texts, which may be written as a number, too. */
export const textFor = (texts: readonly string[], random: Random): Json =>
  random.weighted<Json>([
    [20, () => random.pick(texts)],
    [1, () => random.pick(NUMBERS)],
    [0.2, () => random.chance(0.5)],
  ]);

/**
 * A factor of the score, which a clause takes or refuses. Not among them are those that a float does not hold, which fail only where
 * the clause finds something.
 */
export const factor = (random: Random): Json =>
  random.pick([2, '1.5', 0, num('-0.0'), num('-0'), '-0', -1, '', true, 'x', num('1e-50'), num('-1e-50')]);

/** A constant that a clause on a field of this type is given. */
export function constantFor(type: string, random: Random): Json {
  return random.weighted<Json>([
    [12, () => fitting(type, random)],
    [0.5, () => random.pick(TEXTS)],
    [0.4, () => random.pick(NUMBERS)],
    [0.2, () => random.chance(0.5)],
  ]);
}

function fitting(type: string, random: Random): Json {
  switch (type) {
    case 'keyword':
    case 'flattened':
    case 'flattened key':
      return random.weighted<Json>([
        [8, () => random.pick(TEXTS)],
        [1, () => random.pick(NUMBERS)],
      ]);
    case 'text':
      return random.weighted<Json>([
        [3, () => phrase(random)],
        [2, () => random.pick(TEXTS)],
      ]);
    case 'boolean':
      return random.pick(BOOLEANS);
    case 'ip':
      return random.weighted<Json>([
        [2, () => random.pick(ADDRESSES)],
        [1, () => random.pick(BLOCKS)],
      ]);
    case 'date':
    case 'date_nanos':
      return random.weighted<Json>([
        [4, () => random.pick(DATE_TEXTS)],
        [1, () => random.pick(DATE_MATH)],
        [1.5, () => random.pick(NUMBERS)],
      ]);
    case 'geo_point':
    case 'binary':
      return random.pick(TEXTS);
    default: {
      const ends = RANGE_ENDS[type];
      if (ends !== undefined) return random.pick(ends);
      return random.weighted<Json>([
        [3, () => random.pick(NUMBERS)],
        [1.5, () => random.pick(NUMBER_TEXTS)],
      ]);
    }
  }
}
