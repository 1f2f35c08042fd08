import type { Random } from '../random.ts';
import { WORDS } from './texts.ts';

/** Few words, so that those of a query often stand in a document: apart, in another order, twice. */
export const FEW: readonly string[] = ['quick', 'brown', 'fox', 'quick', 'foo', 'a', 'Fox', 'foxes'];

/** Two or three words, all of which many documents have. */
export const shortPhrase = (random: Random): string => random.picks(FEW, random.int(2, 3)).join(' ');

/** Words of full text, joined as people and programs do. */
export const phrase = (random: Random): string =>
  random.chance(0.6)
    ? random.picks(FEW, random.int(1, 5)).join(' ') + (random.chance(0.1) ? ' ' : '')
    : random.picks(WORDS, random.int(1, 4)).join(random.pick([' ', ' ', ' ', ', ', '  ', '-']));
