import type { Random } from '../random.ts';
import { WORDS } from './texts.ts';

/** Few words, so that those of a query often stand in a document: apart, in another order, twice. */
export const FEW: readonly string[] = ['quick', 'brown', 'fox', 'quick', 'foo', 'a', 'Fox', 'foxes'];

/** Words of full text, joined as people and programs do. */
export const phrase = (random: Random): string =>
  random.chance(0.6)
    ? random.picks(FEW, random.int(1, 5)).join(' ') + (random.chance(0.1) ? ' ' : '')
    : random.picks(WORDS, random.int(1, 4)).join(random.pick([' ', ' ', ' ', ', ', '  ', '-']));
